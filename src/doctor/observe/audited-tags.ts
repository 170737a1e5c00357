import type { PackageVersion } from '../../client/packages/package-version';
import type { ClientError } from '../../client/error';
import type { Observation, Sight } from '../sight';
import { lookedAtOwners } from './looked-at-owners';
import { ownerPackages } from './owner-packages';

/** A tag the API lists. */
export interface AuditedTag {
  /** `owner/image`, the owner in lower case. */
  readonly repository: string;
  readonly tag: string;
}

/** Tags that are looked into, and owners whose packages are not told. */
export interface AuditedTags {
  readonly tags: readonly AuditedTag[];
  readonly untold: readonly { readonly owner: string; readonly error: ClientError }[];
  /** Whether these are all tags there are. */
  readonly isAll: boolean;
}

/** Tags of an owner that stand for all of them. */
const SAMPLED_TAGS = 3;

/** Most owners a sample is taken of. */
const SAMPLED_OWNERS = 10;

/** The newest tags of each owner, of different images where there are; every tag when blobs are asked for. */
export const auditedTags: Observation<AuditedTags> = async (sight) => {
  const isAll = sight.request.blobs === true;
  const owners = lookedAtOwners(sight.request);
  const looked = isAll ? owners : owners.slice(0, SAMPLED_OWNERS);
  const list = await sight.see(ownerPackages);
  const listed = await Promise.all(
    looked.map(async (owner) => ({ owner, ...(await list(owner)) })),
  );
  return {
    tags: listed.flatMap(({ value }) => {
      const tags = (value?.versions ?? []).filter(isTag);
      return (isAll ? tags : sampled(tags)).map(auditedTag);
    }),
    untold: listed.flatMap(({ owner, error }) => (error ? [{ owner, error }] : [])),
    isAll,
  };
};

/** Whether anybody wants the store looked at, or an owner is known to take a sample of. */
export function isAudited({ request }: Sight): boolean {
  return request.blobs === true || lookedAtOwners(request).length > 0;
}

/** An image without a tag has its digest for a version. */
function isTag({ type, version }: PackageVersion): boolean {
  return type === 'container' && !version.startsWith('sha256:');
}

function sampled(tags: readonly PackageVersion[]): readonly PackageVersion[] {
  const names = new Set<string>();
  const firsts = tags.filter(({ name }) => !names.has(name) && names.add(name));
  const rest = tags.filter((tag) => !firsts.includes(tag));
  return [...firsts, ...rest].slice(0, SAMPLED_TAGS);
}

function auditedTag({ owner, name, version }: PackageVersion): AuditedTag {
  return { repository: `${owner.toLowerCase()}/${name}`, tag: version };
}
