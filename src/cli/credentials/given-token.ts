import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { quote } from '../../declaration/problem';
import type { ServerOptions } from '../options/server';
import { CommandError } from '../exit';
import type { Io } from '../io';
import { checkedSecret } from './secret-text';

/** A token the user gave for this run, still to be read. */
export interface GivenToken {
  /** Where it comes from, in words. */
  readonly from: string;
  /** @throws CommandError (exit 2) when it cannot be read, or is none */
  read(): Promise<string>;
}

/** The ways to give a token, of which one is used. */
export type TokenOptions = Pick<ServerOptions, 'tokenFile' | 'tokenStdin'>;

/** Most bytes that are read where a token is expected. */
const MOST_BYTES = 64 * 1024;

/**
 * The token of GITEA_REGISTRY_TOKEN, `--token-file` or `--token-stdin`.
 *
 * @returns undefined when none is given
 * @throws CommandError (exit 2) when two are: which of them is meant would be a guess
 */
export function givenToken(
  { tokenFile, tokenStdin }: TokenOptions,
  io: Io,
): GivenToken | undefined {
  const { GITEA_REGISTRY_TOKEN: fromEnvironment } = io.env;
  const byOption = tokenFile !== undefined || tokenStdin === true;
  const given = [
    ...(fromEnvironment === undefined || (byOption && fromEnvironment.trim() === '')
      ? []
      : [environmentToken(fromEnvironment)]),
    ...(tokenFile === undefined ? [] : [fileToken(tokenFile, io)]),
    ...(tokenStdin ? [stdinToken(io)] : []),
  ];
  if (given.length > 1) {
    throw new CommandError(
      `a token comes from ${given.map(({ from }) => from).join(' and from ')}: give one of them`,
    );
  }
  return given[0];
}

function environmentToken(text: string): GivenToken {
  const from = 'GITEA_REGISTRY_TOKEN';
  return { from, read: async () => checkedSecret(text, from) };
}

function fileToken(file: string, io: Io): GivenToken {
  const from = `--token-file ${quote(file)}`;
  return {
    from,
    read: async () => {
      const path = resolve(io.cwd, file);
      try {
        const about = await stat(path);
        if (about.isFile() && (about.mode & 0o077) !== 0 && process.platform !== 'win32') {
          io.err(`warning: others may read ${quote(file)}: chmod 600 it\n`);
        }
        if (about.size > MOST_BYTES) {
          throw new CommandError(`${from} holds ${about.size} bytes: no token is that long`);
        }
        return checkedSecret(await readFile(path, 'utf8'), from);
      } catch (cause) {
        if (cause instanceof CommandError) {
          throw cause;
        }
        const { code } = cause as NodeJS.ErrnoException;
        throw new CommandError(`${from} cannot be read: ${code}`, undefined, { cause });
      }
    },
  };
}

function stdinToken(io: Io): GivenToken {
  const from = 'standard input';
  const read = async (): Promise<string> =>
    io.inIsTerminal ? ((await io.ask('Token: ', { hidden: true })) ?? '') : firstBytes(io);
  return { from, read: async () => checkedSecret(await read(), from) };
}

async function firstBytes(io: Io): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of io.stdin()) {
    chunks.push(Buffer.from(chunk as Buffer));
    size += chunks.at(-1)!.length;
    if (size > MOST_BYTES) {
      break;
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}
