import { serverText } from '../../../client/server-text';
import { isAnswered } from '../../ask';
import { auditedTags } from '../../observe/audited-tags';
import type { BlobAudit, Hole } from '../../observe/blob-audit';
import { blobAudit } from '../../observe/blob-audit';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { listed } from '../access/shown';
import { withoutCode } from '../route/shown';

/** REG735: what is listed is in the store. */
export async function blobsPresent(sight: Sight): Promise<readonly Outcome[]> {
  return audited(sight, 'REG735', 'stored');
}

/** REG727: what a kept index names is there. */
export async function indexesComplete(sight: Sight): Promise<readonly Outcome[]> {
  return audited(sight, 'REG727', 'child');
}

async function audited(sight: Sight, code: string, what: Hole['what']): Promise<Outcome[]> {
  const [{ tags, untold, isAll }, audit] = await Promise.all([
    sight.see(auditedTags),
    sight.see(blobAudit),
  ]);
  if (audit === undefined) {
    return [skipped(code, 'a token to read images with')];
  }
  const holes = audit.holes.filter((hole) => hole.what === what);
  if (holes.length > 0) {
    return [fault(code, holes, audit, isAll)];
  }
  if (tags.length === 0) {
    return nothing(sight, code, untold[0] && withoutCode(untold[0].error));
  }
  if (audit.unclear >= audit.tags) {
    return [skipped(code, `an answer about what is stored: ${audit.unclear} had none`)];
  }
  return [passed(code, `${shownCount(audit)} are there`, noteOf(audit, isAll, untold))];
}

function nothing({ request }: Sight, code: string, why: string | undefined): Outcome[] {
  // Who asked is told; a look in passing finds nothing.
  return request.blobs === true ? [skipped(code, why ?? 'an image of an owner: --owner NAME')] : [];
}

function fault(code: string, holes: readonly Hole[], audit: BlobAudit, isAll: boolean): Outcome {
  const owners = new Set(holes.map(({ repository }) => repository.split('/')[0]));
  const hint =
    owners.size > 1
      ? 'holes in images of several owners point to a refused upload (REG462), holes in all new images to a backup restored that took the blobs before the database'
      : undefined;
  const sample = isAll ? undefined : 'a sample: --blobs asks for every manifest and layer';
  const note = [hint, sample].filter((part) => part !== undefined).join('; ');
  return broken(code, {
    observed: `missing: ${listed(holes.map(shownHole))} (of ${shownCount(audit)})`,
    expected: 'every part that is listed',
    ...(note !== '' && { note }),
  });
}

function shownHole({ repository, tag, kind, reference, seen }: Hole): string {
  const image = serverText(`${repository}:${tag}`, 120);
  const part =
    reference === tag
      ? 'its manifest'
      : `${kind === 'blobs' ? 'blob' : 'manifest'} ${reference.slice(0, 19)}…`;
  return `${image} ${part}${isAnswered(seen) ? `: ${seen.status}` : ''}`;
}

function shownCount({ manifests, blobs, tags }: BlobAudit): string {
  return `${manifests} manifests and ${blobs} blobs of ${tags} tags`;
}

function noteOf(
  { unclear }: BlobAudit,
  isAll: boolean,
  untold: readonly { readonly owner: string }[],
): string | undefined {
  const parts = [
    ...(isAll ? [] : ['a sample: --blobs asks for every manifest and layer']),
    ...(unclear > 0 ? [`${unclear} answers said neither`] : []),
    ...(untold.length > 0
      ? [`not told: packages of ${listed(untold.map(({ owner }) => owner))}`]
      : []),
  ];
  return parts.length > 0 ? parts.join('; ') : undefined;
}
