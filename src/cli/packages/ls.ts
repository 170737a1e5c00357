import type { PackageVersion } from '../../client/packages/package-version';
import { PackagesClient } from '../../client/packages/packages-client';
import { OWNER_NAME } from '../../declaration/owner-name';
import { checked } from '../../declaration/checked';
import { packageTypes } from '../../declaration/package-type';
import { quote } from '../../declaration/problem';
import { text } from '../../declaration/schema';
import type { RegistryDeclaration } from '../../declaration/model';
import { readDeclaration } from '../declaration-source';
import { CommandError } from '../exit';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import { streamResult } from '../result';
import type { Connection } from '../server/connect';
import { withConnection } from '../server/connect';
import { table } from '../table';
import { none } from '../terminal';
import { packageRecord, shownDate } from './package-record';

/** Options of `ls`. */
export interface LsOptions extends ServerOptions {
  readonly output: 'text' | 'json' | 'jsonl';
  readonly type?: string;
  /** Text the name of a package holds. */
  readonly name?: string;
  readonly outputFile?: string;
}

/** Takes the next part of the result. */
type Write = (part: string) => Promise<void>;

/**
 * `gitea-registry ls`: every version of an owner, or of all declared owners. `jsonl` prints as the pages come and keeps
 * none of them.
 */
export async function ls(owner: string | undefined, options: LsOptions, io: Io): Promise<void> {
  const named = owner === undefined ? undefined : checked(text(OWNER_NAME), owner, 'owner');
  refuseUnknownType(options.type);
  await withConnection(options, io, async (connection) => {
    const owners = named === undefined ? await declaredOwners(connection, options, io) : [named];
    const client = new PackagesClient(connection.target);
    const { type, name } = options;
    let count = 0;
    const versions = async function* (): AsyncGenerator<PackageVersion> {
      for (const each of owners) {
        for await (const version of client.list(each, { type, name })) {
          count++;
          yield version;
        }
      }
    };
    await streamResult(options.outputFile, io, (write) =>
      PRINTERS[options.output](versions(), write, io),
    );
    if (count === 0) {
      io.err(`${emptyHint(owners, options)}\n`);
    }
  });
}

/** The server answers an unknown type with an empty list. */
function refuseUnknownType(type: string | undefined): void {
  const known = [...new Set([...packageTypes('gitea'), ...packageTypes('forgejo')])].sort();
  if (type !== undefined && !known.includes(type)) {
    throw new CommandError(`--type ${quote(type)} is no package type; known: ${known.join(', ')}`);
  }
}

async function declaredOwners(
  { declaration }: Connection,
  options: LsOptions,
  io: Io,
): Promise<string[]> {
  const found: RegistryDeclaration | undefined =
    declaration ??
    (await readDeclaration(options, io).catch((cause) => {
      throw cause instanceof CommandError
        ? new CommandError(
            `name an owner: ls OWNER; without one those of the declaration are listed, and ${cause.message}`,
            cause.exitCode,
            { cause },
          )
        : cause;
    }));
  const owners = found.owners.map(({ name }) => name);
  if (owners.length === 0) {
    throw new CommandError('name an owner: ls OWNER; the declaration has none');
  }
  return owners;
}

const PRINTERS: {
  readonly [output in LsOptions['output']]: (
    versions: AsyncIterable<PackageVersion>,
    write: Write,
    io: Io,
  ) => Promise<void>;
} = {
  jsonl: async (versions, write) => {
    for await (const version of versions) {
      await write(`${JSON.stringify(packageRecord(version))}\n`);
    }
  },
  json: async (versions, write) => {
    const records = [];
    for await (const version of versions) {
      records.push(packageRecord(version));
    }
    await write(jsonText(records));
  },
  text: async (versions, write, io) => {
    const rows: string[][] = [];
    for await (const { owner, type, name, version, repository, createdAt } of versions) {
      const linked = repository?.fullName ?? none(io);
      rows.push([`${owner}/${type}/${name}`, version, linked, shownDate(createdAt)]);
    }
    if (rows.length > 0) {
      await write(table(['PACKAGE', 'VERSION', 'REPOSITORY', 'CREATED'], rows));
    }
  },
};

function emptyHint(owners: readonly string[], { type, name }: LsOptions): string {
  const filter = [
    ...(type === undefined ? [] : [`of type '${type}'`]),
    ...(name === undefined ? [] : [`with '${name}' in its name`]),
  ].join(' ');
  const whose = owners.map((owner) => `'${owner}'`).join(', ');
  return `no package ${filter}${filter && ' '}of ${whose} that this account may see`;
}
