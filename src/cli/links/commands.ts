import type { Command } from 'commander';
import type { CommandTree } from '../options/command-tree';
import { confirmed } from '../options/confirmed';
import { general } from '../options/general';
import { output } from '../options/output';
import { server } from '../options/server';
import type * as linkCommand from './link';
import type * as linksCommand from './links';
import type * as unlinkCommand from './unlink';

const PACKAGE = 'OWNER/TYPE/NAME, such as coulomb/container/state-hub';

/** Options of a command that plans first. */
function planning(command: Command): Command {
  return output(confirmed(server(general(command))), ['text', 'json']);
}

/** Adds `link`, `unlink` and `links`. */
export function linkCommands({ tree, io, end }: CommandTree): void {
  planning(tree.command('link'))
    .description('link a package to a repository of its owner')
    .argument('<package>', PACKAGE)
    .argument('<repository>', 'its name; the owner is that of the package')
    .option('--move', 'take it from the repository it is linked to')
    .action((name, repository, options) =>
      (require('./link') as typeof linkCommand).link(name, repository, options, io),
    );
  planning(tree.command('unlink'))
    .description('take the link of a package away')
    .argument('<package>', PACKAGE)
    .action((name, options) =>
      (require('./unlink') as typeof unlinkCommand).unlink(name, options, io),
    );
  const links = tree.command('links').description('compare declared links with the server');
  declaredLinks(output(server(general(links.command('plan'))), ['text', 'json']))
    .description('show what links apply would do')
    .action(async (options) =>
      end(await (require('./links') as typeof linksCommand).planned(options, io)),
    );
  declaredLinks(planning(links.command('apply')))
    .description('link every package as the declaration says')
    .action(async (options) =>
      end(await (require('./links') as typeof linksCommand).apply(options, io)),
    );
}

function declaredLinks(command: Command): Command {
  return command.option('--owner <owner>', 'only the links of this owner');
}
