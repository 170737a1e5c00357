import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { CommandTree } from '../options/command-tree';
import { confirmed } from '../options/confirmed';
import { general, messages } from '../options/general';
import { output } from '../options/output';
import { server } from '../options/server';
import { bytes } from '../options/values';
import type * as getCommand from './get';
import type * as lsCommand from './ls';
import type * as putCommand from './put';
import type * as rmCommand from './rm';

const VERSION = 'OWNER/NAME@VERSION, such as coulomb/tool@1.0.0';

/** Most connections to one server; the transport opens no more. */
const MOST_CONNECTIONS = 8;

function connections(text: string): number {
  const count = /^\d$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > MOST_CONNECTIONS) {
    throw new InvalidArgumentError(`give a number from 1 to ${MOST_CONNECTIONS}`);
  }
  return count;
}

/** Adds `generic put`, `get`, `ls` and `rm`. */
export function genericCommands({ tree, io, argv, end }: CommandTree): void {
  const generic = tree.command('generic').description('work with files of generic packages');
  put(generic).action(async (place, files, options) =>
    end(await (require('./put') as typeof putCommand).put(place, files, options, io, argv)),
  );
  get(generic).action(async (place, options) =>
    end(await (require('./get') as typeof getCommand).get(place, options, io, argv)),
  );
  output(server(general(generic.command('ls'))), ['text', 'json'])
    .description('list generic packages, the versions of one, or the files of a version')
    .argument('<place>', 'OWNER, OWNER/NAME or OWNER/NAME@VERSION')
    .option('--all', 'show manifests and parts of files that were put in parts', false)
    .action((place, options) => (require('./ls') as typeof lsCommand).ls(place, options, io));
  output(confirmed(server(general(generic.command('rm')))), ['text', 'json'])
    .description('delete a version, or one file of it')
    .argument('<place>', `${VERSION}; with /FILE that file alone`)
    .action(async (place, options) =>
      end(await (require('./rm') as typeof rmCommand).rm(place, options, io)),
    );
}

function put(generic: Command): Command {
  return output(confirmed(server(general(generic.command('put')))), ['text', 'json'])
    .description('put files into a version; the same content again is fine')
    .argument('<version>', VERSION)
    .argument('<files...>', 'files, or - for standard input with --name')
    .option('--name <file>', 'name of the one file in the package (default: its own)')
    .option('--replace', 'delete a file that is there with other content first', false)
    .option('--chunk-size <size>', 'put larger files in parts of that size, such as 500MiB', bytes);
}

function get(generic: Command): Command {
  return output(messages(server(generic.command('get'))), ['text', 'json'])
    .description('get the files of a version, going on where the last run ended')
    .argument('<place>', `${VERSION}; with /FILE that file alone; latest for the latest version`)
    .option(
      '-o, --output-file <path>',
      'file or folder to write to, - for standard output (default: the working folder)',
    )
    .option('--parallel <count>', 'most connections at once', connections, 4)
    .option('--force', 'replace files that are there with other content', false)
    .option('--dry-run', 'show what would be written', false);
}
