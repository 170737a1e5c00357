import { basename, resolve } from 'node:path';
import { checkGeneric } from '../../client/generic/file-name';
import { repeated } from '../../declaration/repeated';
import { quote } from '../../declaration/problem';
import { lookAt } from '../../operate/generic/put/local-file';
import type { PutInput } from '../../operate/generic/put/put-step';
import { spooled } from '../../operate/generic/put/spool';
import type { GenericVersion } from '../../operate/generic/place';
import { CommandError } from '../exit';
import type { Io } from '../io';

/** What was typed. */
export interface NamedFile {
  /** As the user wrote it; `-` for standard input. */
  readonly path: string;
  /** In the package. */
  readonly name: string;
}

/** Options that say what is put. */
export interface InputOptions {
  readonly name?: string;
  readonly replace: boolean;
  readonly chunkSize?: number;
  readonly tokenStdin?: boolean;
}

/** What stands for standard input. */
const STDIN = '-';

/**
 * The files that were typed, with the names they get.
 *
 * @throws CommandError (exit 2) for names that fall together, or standard input without one; ClientError REG920 for a
 *   name Gitea refuses, or `latest` as version
 */
export function namedFiles(
  paths: readonly string[],
  version: GenericVersion,
  { name, tokenStdin }: InputOptions,
): NamedFile[] {
  if (name !== undefined && paths.length > 1) {
    throw new CommandError(`--name ${quote(name)} is for one file, and there are ${paths.length}`);
  }
  if (paths.includes(STDIN) && name === undefined) {
    throw new CommandError("standard input ('-') is put alone, and needs --name FILE");
  }
  if (paths.includes(STDIN) && tokenStdin) {
    throw new CommandError(
      'standard input cannot be both the file and, by --token-stdin, the token',
    );
  }
  const files = paths.map((path) => ({ path, name: name ?? basename(path) }));
  checkGeneric(version, { isLatestMeant: false });
  for (const { name: file } of files) {
    checkGeneric(version, { isLatestMeant: false, file });
  }
  const [twice] = repeated(files, (file) => file.name.toLowerCase());
  if (twice !== undefined) {
    throw new CommandError(
      `${quote(files[twice].path)} and another file would both be ${quote(files[twice].name)}: Gitea ignores folders and case; put one of them with --name`,
    );
  }
  return files;
}

/** Opens what was typed for the time of `work`. @throws LocalError for a file that cannot be read */
export async function withInputs<T>(
  files: readonly NamedFile[],
  { replace, chunkSize }: InputOptions,
  io: Io,
  signal: AbortSignal,
  work: (inputs: readonly PutInput[]) => Promise<T>,
): Promise<T> {
  const [first] = files;
  if (first.path !== STDIN) {
    return work(
      await Promise.all(
        files.map(async ({ path, name }) => ({
          name,
          file: await lookAt(resolve(io.cwd, path), path),
        })),
      ),
    );
  }
  const stdin = io.stdin();
  if (replace || chunkSize !== undefined) {
    // What is deleted before, or split, is read twice.
    return spooled(stdin, (file) => work([{ name: first.name, file }]), signal);
  }
  // Whoever waits for more of it would keep the process alive.
  const end = (): void => void stdin.destroy();
  signal.addEventListener('abort', end);
  try {
    return await work([{ name: first.name, stream: stdin }]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
