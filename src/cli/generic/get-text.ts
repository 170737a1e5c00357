import { formatPackageReference } from '../../declaration/package-reference';
import type { TargetState } from '../../operate/generic/get/download';
import type { GetPreview, GetResult, Wanted } from '../../operate/generic/get/get-files';
import type { GenericVersion } from '../../operate/generic/place';
import type { StoredFile } from '../../operate/generic/stored/stored-version';
import { sizeText } from '../packages/size-text';
import { table } from '../table';
import type { FileRecord } from './file-record';
import { failureRecord, fileRecord } from './file-record';

const ACTIONS: { readonly [state in TargetState]: string } = {
  free: 'get',
  equal: 'unchanged',
  taken: 'replace',
};

/** What would be written, for people. */
export function previewText(
  preview: readonly GetPreview[],
  shown: (path: string) => string,
): string {
  return table(
    ['ACTION', 'SIZE', 'PATH'],
    preview.map(({ stored, target, targetState }) => [
      ACTIONS[targetState],
      sizeText(stored.size),
      shown(target),
    ]),
  );
}

/** What would be written, as `--output json` shows it. */
export function previewDocument(
  origin: URL,
  version: GenericVersion,
  preview: readonly GetPreview[],
): object {
  return document(
    origin,
    version,
    preview.map((one) => ({ ...recordOf(origin, version, one), action: ACTIONS[one.targetState] })),
  );
}

/** What became of the files, for people; why some failed is said on stderr. */
export function getText(results: readonly GetResult[], shown: (path: string) => string): string {
  return table(
    ['STATUS', 'SIZE', 'SHA256', 'PATH'],
    results.map(({ status, stored: { size, sha256 }, target }) => [
      status,
      `${size}`,
      sha256,
      shown(target),
    ]),
  );
}

/** What became of the files, as `--output json` shows it. */
export function getDocument(
  origin: URL,
  version: GenericVersion,
  results: readonly GetResult[],
): object {
  return document(
    origin,
    version,
    results.map((result) => ({
      ...recordOf(origin, version, result),
      status: result.status,
      ...(result.status === 'failed' && failureRecord(result.error)),
    })),
  );
}

/** The record of a stored file. */
export function storedRecord(
  origin: URL,
  version: GenericVersion,
  { manifest, ...file }: StoredFile,
): FileRecord {
  return fileRecord(origin, version, { ...file, isInParts: manifest !== undefined });
}

function recordOf(origin: URL, version: GenericVersion, { stored, target }: Wanted): object {
  return { ...storedRecord(origin, version, stored), path: target };
}

function document(origin: URL, version: GenericVersion, files: readonly object[]): object {
  return {
    schemaVersion: '1',
    target: { host: origin.host },
    package: formatPackageReference(version),
    files,
  };
}
