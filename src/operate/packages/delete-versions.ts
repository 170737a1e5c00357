import { ClientError } from '../../client/error';
import type { PackagesClient } from '../../client/packages/packages-client';
import type { PackageReference } from '../../declaration/package-reference';
import { failsForAll } from '../fails-for-all';
import { isDigest } from './image-needs';

/** What became of one version. */
export type DeleteResult = { readonly version: string } & (
  | { readonly outcome: 'deleted' | 'absent' }
  | { readonly outcome: 'failed'; readonly error: ClientError }
  /** The run ended before it. */
  | { readonly outcome: 'not-reached' }
);

/** Versions in the order in which they can go: a tag before the manifests its index needs. */
export function deletionOrder(versions: readonly string[]): string[] {
  return [...versions.filter((each) => !isDigest(each)), ...versions.filter(isDigest)];
}

/**
 * Deletes versions one after the other; one that fails stops no other, unless it would fail for all, or the others are
 * what an index still needs.
 *
 * @param signal ends the run between two versions
 * @returns a result for each version, in order
 */
export async function deleteVersions(
  client: Pick<PackagesClient, 'delete'>,
  reference: PackageReference,
  versions: readonly string[],
  signal?: AbortSignal,
): Promise<DeleteResult[]> {
  const results: DeleteResult[] = [];
  let isOver = false;
  for (const version of versions) {
    isOver ||= signal?.aborted === true || (isDigest(version) && results.some(keepsTag));
    const result: DeleteResult = isOver
      ? { version, outcome: 'not-reached' }
      : await deleteOne(client, { ...reference, version });
    isOver ||= result.outcome === 'failed' && failsForAll(result.error);
    results.push(result);
  }
  return results;
}

/** An index whose tag could not be deleted still needs its manifests. */
function keepsTag({ version, outcome }: DeleteResult): boolean {
  return outcome === 'failed' && !isDigest(version);
}

async function deleteOne(
  client: Pick<PackagesClient, 'delete'>,
  reference: PackageReference & { readonly version: string },
): Promise<DeleteResult> {
  const { version } = reference;
  try {
    return { version, outcome: await client.delete(reference) };
  } catch (error) {
    if (!(error instanceof ClientError)) {
      throw error;
    }
    return { version, outcome: 'failed', error };
  }
}
