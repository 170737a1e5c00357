import { ClientError } from '../../../client/error';
import { genericPath } from '../../../client/generic/file-name';
import { similarNames } from '../../../client/packages/similar-names';
import type { GenericContext } from '../context';
import type { GenericPlace, GenericVersion } from '../place';
import { formatPlace, LATEST, versionOf } from '../place';
import type { StoredFile, StoredVersion } from './stored-version';
import { findFile, readVersion } from './stored-version';

/**
 * The version that is meant: for `latest` the highest by SemVer, else the newest.
 *
 * @param place read with a version needed
 * @throws ClientError REG913 when the package has no version
 */
export async function meantVersion(
  { packages, origin }: GenericContext,
  place: GenericPlace,
): Promise<GenericVersion> {
  const version = versionOf(place);
  if (version.version.toLowerCase() !== LATEST) {
    return version;
  }
  const { owner, type, name } = version;
  const latest = await packages.latest({ owner, type, name });
  if (!latest) {
    throw missing(
      `'${owner}/${name}' has no version: it was never put, or its last version was deleted; 'generic ls ${owner}' shows what there is`,
      origin,
      version,
    );
  }
  return { ...version, version: latest.version };
}

/**
 * The files of a version.
 *
 * @throws ClientError REG913 when there is no such version
 */
export async function existingVersion(
  context: GenericContext,
  version: GenericVersion,
): Promise<StoredVersion> {
  const found = await readVersion(context, version);
  if (!found) {
    const { owner, name } = version;
    throw missing(
      `'${formatPlace(version)}' is not there; 'generic ls ${owner}/${name}' shows the versions`,
      context.origin,
      version,
    );
  }
  return found;
}

/**
 * One file of a version.
 *
 * @throws ClientError REG913 when it is not there
 */
export function existingFile(
  context: Pick<GenericContext, 'origin'>,
  version: GenericVersion,
  found: StoredVersion,
  name: string,
): StoredFile {
  const file = findFile(found, name);
  if (!file) {
    throw noFile(context, version, found, name);
  }
  return file;
}

/** What is wrong where a file is not there, with names that are like it. */
export function noFile(
  { origin }: Pick<GenericContext, 'origin'>,
  version: GenericVersion,
  found: StoredVersion,
  name: string,
): ClientError {
  const similar = similarNames(
    name,
    found.files.map((file) => file.name),
  );
  const next =
    similar.length > 0
      ? `there is ${similar.map((other) => `'${other}'`).join(', ')}`
      : `'generic ls ${formatPlace(version)}' shows the files`;
  return missing(`'${formatPlace(version, name)}' is not there; ${next}`, origin, version);
}

/** The server answered, and what was meant is not there. */
function missing(message: string, origin: URL, version: GenericVersion): ClientError {
  const url = new URL(genericPath(version), origin).href;
  return new ClientError(message, 'REG913', { method: 'GET', url, status: 404 });
}

/**
 * Refuses a file in parts that cannot be put together.
 *
 * @throws ClientError REG735
 */
export function checkWhole(version: GenericVersion, { name, fault }: StoredFile): void {
  if (fault !== undefined) {
    throw new ClientError(
      `'${formatPlace(version, name)}' cannot be put together: ${fault}; put it again with --replace`,
      'REG735',
    );
  }
}
