import type { CommandTree } from '../options/command-tree';
import { confirmed } from '../options/confirmed';
import { general } from '../options/general';
import { output } from '../options/output';
import { server } from '../options/server';
import type * as filesCommand from './files';
import type * as lsCommand from './ls';
import type * as rmCommand from './rm';
import type * as showCommand from './show';

const PACKAGE = 'OWNER/TYPE/NAME@VERSION, such as coulomb/container/state-hub@6186a99';

/** Adds `ls`, `show`, `files` and `rm`. */
export function packageCommands({ tree, io, end }: CommandTree): void {
  output(server(general(tree.command('ls'))), ['text', 'json', 'jsonl'])
    .description('list the packages of an owner, or of all declared owners')
    .argument('[owner]', 'user or organization')
    .option('--type <type>', 'only packages of this type, such as container')
    .option('--name <text>', 'only packages whose name holds this text')
    .action((owner, options) => (require('./ls') as typeof lsCommand).ls(owner, options, io));
  output(server(general(tree.command('show'))), ['text', 'json'])
    .description('show a package with its versions, or one version')
    .argument('<package>', `${PACKAGE}; without a version its versions are listed`)
    .action((name, options) => (require('./show') as typeof showCommand).show(name, options, io));
  output(server(general(tree.command('files'))), ['text', 'json'])
    .description('list the files of a version, with checksums')
    .argument('<package>', PACKAGE)
    .action((name, options) =>
      (require('./files') as typeof filesCommand).files(name, options, io),
    );
  output(confirmed(server(general(tree.command('rm')))), ['text', 'json'])
    .description('delete a version, or all versions of a package')
    .argument('<package>', PACKAGE)
    .option('--all-versions', 'delete every version of the package')
    .option('--force', 'delete an image that a tagged index still needs')
    .action(async (name, options) =>
      end(await (require('./rm') as typeof rmCommand).rm(name, options, io)),
    );
}
