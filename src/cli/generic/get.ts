import { existsSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { GenericContext } from '../../operate/generic/context';
import { genericContext } from '../../operate/generic/context';
import type { GetResult, Wanted } from '../../operate/generic/get/get-files';
import { getFiles, previewFiles } from '../../operate/generic/get/get-files';
import { getStream } from '../../operate/generic/get/get-stream';
import { partialPath } from '../../operate/generic/get/partial-file';
import type { GenericVersion } from '../../operate/generic/place';
import { formatPlace, parsePlace, versionOf } from '../../operate/generic/place';
import {
  existingFile,
  existingVersion,
  meantVersion,
} from '../../operate/generic/stored/find-version';
import { CommandError, EXIT } from '../exit';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import { Progress } from '../progress';
import { withConnection } from '../server/connect';
import { getDocument, getText, previewDocument, previewText } from './get-text';
import type { Meant } from './get-target';
import { makeFolders, targetsOf } from './get-target';
import { withLocalErrors } from './local-errors';

/** Options of `generic get`. */
export interface GetOptions extends ServerOptions {
  readonly output: 'text' | 'json';
  /** File or folder to write to, `-` for standard output. */
  readonly outputFile?: string;
  readonly parallel: number;
  readonly force: boolean;
  readonly dryRun: boolean;
}

/**
 * `gitea-registry generic get`: files of a version, whole and right or not at all under their name.
 *
 * @returns the exit code: 1 when a file could not be got
 */
export async function get(
  placeText: string,
  options: GetOptions,
  plainIo: Io,
  argv: readonly string[],
): Promise<number> {
  const place = parsePlace(placeText, 'version');
  const isStream = options.outputFile === '-';
  refuseStreamOf(place.file, isStream, options);
  const progress = new Progress(plainIo, argv);
  const { io } = progress;
  try {
    return await withConnection(options, io, async ({ target }) => {
      // A terminal that shows the file has no place for a line about it.
      const context = genericContext(
        target,
        isStream && plainIo.outIsTerminal ? undefined : progress,
      );
      const version = await meantVersion(context, place);
      if (version.version !== versionOf(place).version) {
        io.err(`${formatPlace(versionOf(place))} is version ${version.version}\n`);
      }
      return withLocalErrors(async () => {
        const meant = await meantFiles(context, version, place.file);
        if (!isStream) {
          return carryOut(context, version, meant, options, io);
        }
        if (!options.dryRun) {
          await getStream(context, version, meant.files[0], plainIo.stdout());
        }
        io.err(
          `${place.file}: sha256 ${meant.files[0].sha256}${options.dryRun ? '' : ', as listed'}\n`,
        );
        return EXIT.FINE;
      });
    });
  } finally {
    progress.close();
  }
}

function refuseStreamOf(file: string | undefined, isStream: boolean, { output }: GetOptions): void {
  if (isStream && file === undefined) {
    throw new CommandError("'-o -' is for one file: name it as OWNER/NAME@VERSION/FILE");
  }
  if (isStream && output === 'json') {
    throw new CommandError(
      "'-o -' gives the file itself to standard output: take --output json away",
    );
  }
}

async function meantFiles(
  context: GenericContext,
  version: GenericVersion,
  file: string | undefined,
): Promise<Meant> {
  const found = await existingVersion(context, version);
  return file === undefined
    ? { files: found.files, isOneFile: false }
    : { files: [existingFile(context, version, found, file)], isOneFile: true };
}

async function carryOut(
  context: GenericContext,
  version: GenericVersion,
  meant: Meant,
  options: GetOptions,
  io: Io,
): Promise<number> {
  const wanted = await targetsOf(meant, options.outputFile, io);
  const isJson = options.output === 'json';
  if (options.dryRun) {
    const preview = await previewFiles(context, wanted);
    io.out(
      isJson
        ? jsonText(previewDocument(context.origin, version, preview))
        : previewText(preview, shownIn(io)),
    );
    return !options.force && preview.some(({ targetState }) => targetState === 'taken')
      ? EXIT.FAILED
      : EXIT.FINE;
  }
  await makeFolders(wanted.map(({ target }) => dirname(target)));
  const { parallel, force } = options;
  const results = await getFiles(context, version, wanted, { parallel, force });
  io.out(
    isJson
      ? jsonText(getDocument(context.origin, version, results))
      : getText(results, shownIn(io)),
  );
  tellFailures(results, io);
  context.signal?.throwIfAborted();
  return results.some(({ status }) => status === 'failed') ? EXIT.FAILED : EXIT.FINE;
}

function tellFailures(results: readonly GetResult[], io: Io): void {
  for (const result of results) {
    if (result.status === 'failed') {
      io.err(`${result.stored.name}: ${result.error.message}\n`);
    }
  }
  const kept = results.filter((result) => result.status === 'failed' && hasPartial(result));
  if (kept.length > 0) {
    const places = kept.map(({ target }) => `'${shownIn(io)(partialPath(target))}'`).join(', ');
    io.err(`what came is kept in ${places}: repeat the same command to go on from there\n`);
  }
}

function hasPartial({ target }: Wanted): boolean {
  return existsSync(partialPath(target));
}

/** Paths as short as they can be typed. */
function shownIn({ cwd }: Io): (path: string) => string {
  return (path) => {
    const near = relative(cwd, path);
    return near === '' || near.startsWith('..') ? path : near;
  };
}
