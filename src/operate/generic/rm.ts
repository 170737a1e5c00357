import { ClientError } from '../../client/error';
import type { PackageFile } from '../../client/packages/package-version';
import { manifestName } from './stored/chunk-names';
import type { GenericContext } from './context';
import type { GenericVersion } from './place';
import { formatPlace } from './place';
import { existingVersion, noFile } from './stored/find-version';
import type { StoredVersion } from './stored/stored-version';
import { findFile } from './stored/stored-version';

/** What `generic rm` deletes. */
export interface RmPlan {
  readonly version: GenericVersion;
  /** The file that is meant. @default - the whole version */
  readonly file?: string;
  /** What is deleted, in order: the manifest of a split file first, so that no half of it looks whole. */
  readonly deletes: readonly PackageFile[];
  /** Whether the version goes too: it does with its last file. */
  readonly isWholeVersion: boolean;
}

/** What became of one stored file, or of a version. */
export type RmResult = {
  readonly name: string;
} & (
  { readonly status: 'deleted' | 'absent' } | { readonly status: 'failed'; readonly error: Error }
);

/**
 * Looks what there is to delete.
 *
 * @throws ClientError REG913 when there is nothing of that name, and when the version cannot be read
 */
export async function planRm(
  context: GenericContext,
  version: GenericVersion,
  file?: string,
): Promise<RmPlan> {
  const found = await existingVersion(context, version);
  const deletes = file === undefined ? found.stored.list : storedFor(found, file);
  if (file !== undefined && deletes.length === 0) {
    throw noFile(context, version, found, file);
  }
  return {
    version,
    ...(file !== undefined && { file }),
    deletes,
    isWholeVersion: deletes.length === found.stored.list.length,
  };
}

/**
 * Deletes what the plan names.
 *
 * @returns a result for each file, in order; for a whole version one result
 */
export async function applyRm(context: GenericContext, plan: RmPlan): Promise<RmResult[]> {
  const { deleting, signal } = context;
  const { version, file, deletes } = plan;
  if (file === undefined) {
    return [await resultOf(formatPlace(version), () => deleting.deleteVersion(version))];
  }
  const results: RmResult[] = [];
  for (const { name } of deletes) {
    const result = await resultOf(name, () => deleting.deleteFile(version, name));
    results.push(result);
    if (result.status === 'failed' || signal?.aborted) {
      break;
    }
  }
  return results;
}

function storedFor(found: StoredVersion, file: string): readonly PackageFile[] {
  const { stored } = found;
  const logical = findFile(found, file);
  if (logical && !logical.manifest) {
    return logical.pieces;
  }
  const direct = stored.find(file);
  if (!logical && direct) {
    throw new ClientError(
      `'${direct.name}' belongs to a file in parts: delete that file as a whole`,
      'REG920',
    );
  }
  // Without a manifest: what an upload left behind that did not end.
  return [logical?.manifest ?? stored.find(manifestName(file)) ?? [], stored.partsOf(file)].flat();
}

async function resultOf(
  name: string,
  remove: () => Promise<'deleted' | 'absent'>,
): Promise<RmResult> {
  try {
    return { name, status: await remove() };
  } catch (error) {
    return { name, status: 'failed', error: error as Error };
  }
}
