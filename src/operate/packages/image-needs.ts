import { ClientError } from '../../client/error';
import type { OciClient } from '../../client/oci/oci-client';

/** What reading an image's manifests takes. */
export type ManifestReader = Pick<OciClient, 'getManifest'>;

/** What must be known of an image before a version of it is deleted. */
export interface ImageNeeds {
  /** Digest of the manifest the version holds. */
  readonly digest: string;
  /** Images of the index the version holds; they stay, without a tag. @default - it is no index */
  readonly children?: readonly string[];
  /** Tags of indexes that need the manifest, when no other version holds it. */
  readonly neededBy: readonly string[];
}

/** So many manifests are read at a time. */
const AT_ONCE = 4;

/**
 * What needs the manifest of a version. Gitea checks nothing: a child of an index that is deleted leaves an index that
 * cannot be pulled.
 *
 * @param repository `owner/image`
 * @param version tag or digest to be deleted
 * @param versions all versions of the image: tags and digests
 * @throws ClientError as {@link OciClient.getManifest}
 */
export async function imageNeeds(
  client: ManifestReader,
  repository: string,
  version: string,
  versions: readonly string[],
): Promise<ImageNeeds> {
  const own = await client.getManifest(repository, version);
  const { digest } = own.descriptor;
  const found = {
    digest: digest as string,
    ...(own.kind === 'index' && { children: own.manifests.map((child) => child.digest as string) }),
  };
  const others = versions.filter((other) => other.toLowerCase() !== version.toLowerCase());
  if (others.includes(digest)) {
    return { ...found, neededBy: [] };
  }
  const tagged = await readTags(
    client,
    repository,
    others.filter((other) => !isDigest(other)),
  );
  const isHeld = tagged.some((other) => other.digest === digest);
  const needing = tagged.filter(({ children }) => children.includes(digest));
  return { ...found, neededBy: isHeld ? [] : needing.map(({ tag }) => tag) };
}

/** Whether a version of an image is a digest; tags hold no colon. */
export function isDigest(version: string): boolean {
  return version.includes(':');
}

interface TaggedManifest {
  readonly tag: string;
  readonly digest: string;
  readonly children: readonly string[];
}

async function readTags(
  client: ManifestReader,
  repository: string,
  tags: readonly string[],
): Promise<TaggedManifest[]> {
  const read: TaggedManifest[] = [];
  const left = [...tags];
  const work = async (): Promise<void> => {
    for (let tag = left.shift(); tag !== undefined; tag = left.shift()) {
      const found = await readTag(client, repository, tag);
      if (found) {
        read.push(found);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return read.sort((one, other) => tags.indexOf(one.tag) - tags.indexOf(other.tag));
}

async function readTag(
  client: ManifestReader,
  repository: string,
  tag: string,
): Promise<TaggedManifest | undefined> {
  try {
    const manifest = await client.getManifest(repository, tag);
    const children = manifest.kind === 'index' ? manifest.manifests : [];
    return {
      tag,
      digest: manifest.descriptor.digest,
      children: children.map(({ digest }) => digest),
    };
  } catch (error) {
    // A tag that is gone, or whose manifest is lost, needs nothing.
    if (error instanceof ClientError && error.facts.status === 404) {
      return undefined;
    }
    throw error;
  }
}
