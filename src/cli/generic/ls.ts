import { partOf } from '../../operate/generic/stored/chunk-names';
import type { GenericContext } from '../../operate/generic/context';
import { genericContext } from '../../operate/generic/context';
import type { GenericPlace, GenericVersion } from '../../operate/generic/place';
import { formatPlace, parsePlace, versionOf } from '../../operate/generic/place';
import type { StoredFile, StoredVersion } from '../../operate/generic/stored/stored-version';
import { existingVersion, meantVersion } from '../../operate/generic/stored/find-version';
import type { PackageVersion } from '../../client/packages/package-version';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import { packageRecord, shownDate } from '../packages/package-record';
import { giveResult } from '../result';
import { withConnection } from '../server/connect';
import { table } from '../table';
import { storedRecord } from './get-text';

/** Options of `generic ls`. */
export interface LsOptions extends ServerOptions {
  readonly output: 'text' | 'json';
  readonly outputFile?: string;
  /** Whether manifests and parts are shown instead of the files they make. */
  readonly all: boolean;
}

/** `gitea-registry generic ls`: generic packages of an owner, versions of one, or files of a version. */
export async function ls(placeText: string, options: LsOptions, io: Io): Promise<void> {
  const place = parsePlace(placeText, 'owner');
  await withConnection(options, io, async ({ target }) => {
    const context = genericContext(target);
    const result =
      place.version === undefined
        ? await versionsText(context, place, options, io)
        : await filesText(context, await meantVersion(context, place), place, options, io);
    await giveResult(result, options.outputFile, io);
  });
}

async function versionsText(
  { packages }: GenericContext,
  { owner, name }: GenericPlace,
  { output }: LsOptions,
  io: Io,
): Promise<string> {
  const found: PackageVersion[] = [];
  const versions =
    name === undefined
      ? packages.list(owner, { type: 'generic' })
      : packages.versions({ owner, type: 'generic', name });
  for await (const version of versions) {
    found.push(version);
  }
  if (output === 'json') {
    return jsonText(found.map(packageRecord));
  }
  if (found.length === 0) {
    io.err(
      `'${name === undefined ? owner : `${owner}/${name}`}' has no generic package that this account may see\n`,
    );
    return '';
  }
  return table(
    ['PACKAGE', 'VERSION', 'CREATED'],
    found.map((one) => [`${one.owner}/${one.name}`, one.version, shownDate(one.createdAt)]),
  );
}

async function filesText(
  context: GenericContext,
  version: GenericVersion,
  place: GenericPlace,
  { output, all }: LsOptions,
  io: Io,
): Promise<string> {
  if (version.version !== place.version) {
    io.err(`${formatPlace(versionOf(place))} is version ${version.version}\n`);
  }
  const found = await existingVersion(context, version);
  const files = all ? found.stored.list.map((file) => ({ ...file, pieces: [file] })) : found.files;
  if (output === 'json') {
    return jsonText({
      schemaVersion: '1',
      target: { host: context.origin.host },
      files: files.map((file) => ({
        ...storedRecord(context.origin, version, file),
        ...partsRecord(file),
      })),
    });
  }
  tellUnfinished(found, io);
  return table(
    ['SIZE', 'SHA256', 'FILE'],
    files.map((file) => [`${file.size}`, file.sha256, `${file.name}${partsText(file)}`]),
  );
}

function partsRecord({ manifest, pieces, fault }: StoredFile): object {
  return {
    ...(manifest && { parts: pieces.length }),
    ...(fault !== undefined && { fault }),
  };
}

function partsText({ manifest, pieces, fault }: StoredFile): string {
  if (!manifest) {
    return '';
  }
  return fault === undefined ? ` (${pieces.length} parts)` : ` (not whole: ${fault})`;
}

/** Parts without a manifest are what an upload left that did not end. */
function tellUnfinished({ files }: StoredVersion, io: Io): void {
  const names = new Set(files.flatMap(({ name }) => partOf(name)?.file ?? []));
  for (const name of names) {
    io.err(
      `there are parts of '${name}' without a manifest: the upload did not end; put it again to finish it, or delete them with generic rm\n`,
    );
  }
}
