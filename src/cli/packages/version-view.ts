import type { Manifest } from '../../client/oci/manifest';
import type { PackageFile, PackageVersion } from '../../client/packages/package-version';
import { escapeControls } from '../../declaration/problem';
import type { Io } from '../io';
import { none } from '../terminal';
import { packageRecord, shownDate } from './package-record';
import { sizeText } from './size-text';

/** One version of a package with what is in it. */
export interface VersionView {
  readonly version: PackageVersion;
  readonly files: readonly PackageFile[];
  /** Of an image, where it could be read. */
  readonly manifest?: Manifest;
}

/** A line of `name  value`. */
type Field = readonly [name: string, value: string];

/** A version for people. */
export function versionText(
  title: string,
  { version, files, manifest }: VersionView,
  io: Io,
): string {
  const by = version.creator ? ` by ${version.creator}` : '';
  return fields(title, [
    ['repository', linkedText(version, io)],
    ['created', `${shownDate(version.createdAt)}${by}`],
    ['files', `${files.length}, ${sizeText(total(files))}`],
    ...(manifest ? imageFields(manifest) : []),
    ...(version.htmlUrl ? [['page', version.htmlUrl] as const] : []),
  ]);
}

/** A version as `--output json` shows it. */
export function versionDocument({ version, files, manifest }: VersionView): object {
  return {
    ...packageRecord(version),
    files: files.length,
    size: total(files),
    ...(manifest && {
      digest: manifest.descriptor.digest,
      mediaType: manifest.mediaType,
      ...(manifest.kind === 'index' && {
        manifests: manifest.manifests.map(({ digest, size, platform }) => ({
          digest,
          size,
          ...(platform && { platform }),
        })),
      }),
    }),
  };
}

/** The repository of a package, for people. */
export function linkedText({ repository }: PackageVersion, io: Io): string {
  return repository
    ? `${repository.fullName}${repository.isPrivate ? ' (private)' : ''}`
    : none(io);
}

/** A title and its fields, values below each other. */
export function fields(title: string, pairs: readonly Field[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  const lines = pairs.map(([name, value]) => `  ${name.padEnd(width)}  ${escapeControls(value)}`);
  return `${[title, ...lines].join('\n')}\n`;
}

function imageFields(manifest: Manifest): Field[] {
  const platforms = platformsOf(manifest);
  return [
    ['digest', manifest.descriptor.digest],
    ['media type', manifest.mediaType],
    ...(platforms.length === 0 ? [] : [['platforms', platforms.join(', ')] as const]),
  ];
}

function platformsOf(manifest: Manifest): string[] {
  const platforms = manifest.kind === 'index' ? manifest.manifests : [];
  return platforms.flatMap(({ platform }) =>
    // Attestations of BuildKit stand in an index as this platform.
    platform === undefined || platform.os === 'unknown'
      ? []
      : [[platform.os, platform.architecture, platform.variant].filter(Boolean).join('/')],
  );
}

function total(files: readonly PackageFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
