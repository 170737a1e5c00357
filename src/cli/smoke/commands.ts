import type { Command } from 'commander';
import { clusterAccess } from '../options/cluster';
import type { CommandTree } from '../options/command-tree';
import { messages } from '../options/general';
import { output } from '../options/output';
import { server } from '../options/server';
import { bytes } from '../options/values';
import { LIVE_FORMATS } from '../report/report';
import type * as clusterCommand from './cluster/cluster';
import type * as smokeCommand from './smoke';

/** Bytes of the layer when nobody asks for more: enough for the 1 MiB that nginx takes by default. */
const SIZE = 8 * 1024 * 1024;

/** Adds `smoke`. */
export function smokeCommands({ tree, io, argv, end }: CommandTree): void {
  const command = tree
    .command('smoke')
    .description('push a test image, pull and compare it, and delete it again')
    .argument('[host]', 'host or URL of the registry (default: as the other commands find it)');
  output(inCluster(server(messages(command))), LIVE_FORMATS)
    .option('--owner <owner>', 'user or organization that gets the test packages')
    .option('--size <size>', 'size of the layer, sent in one request, such as 64MiB', bytes, SIZE)
    .option('--dry-run', 'show what would be sent', false)
    .option('-o, --output-file <file>', 'write the result to a file instead of stdout')
    .action(async (host, options) =>
      end(
        options.cluster === undefined
          ? await (require('./smoke') as typeof smokeCommand).runSmoke(host, options, io, argv)
          : await (require('./cluster/cluster') as typeof clusterCommand).clusterSmoke(
              host,
              options,
              io,
              argv,
            ),
      ),
    );
}

function inCluster(command: Command): Command {
  return clusterAccess(
    command
      .optionsGroup('Pull test in a cluster:')
      .option('--cluster <namespace>', 'print a Pod that pulls an image there, instead')
      .option('--apply', 'create the Pod, watch its pull, and delete it (default: within 2m)')
      .option('--image <reference>', 'HOST/OWNER/NAME:TAG to pull (default: a verified image)')
      .option(
        '--pull-secret <name>',
        'Secret in the namespace (default: the declared ones of the namespace)',
      ),
  ).optionsGroup('Options:');
}
