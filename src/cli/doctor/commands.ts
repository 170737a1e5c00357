import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { matches } from '../../declaration/grammar';
import { OWNER_NAME } from '../../declaration/owner-name';
import { clusterAccess } from '../options/cluster';
import type { CommandTree } from '../options/command-tree';
import { messages } from '../options/general';
import { output } from '../options/output';
import { server } from '../options/server';
import { list, milliseconds, repeatable } from '../options/values';
import { LIVE_FORMATS } from '../report/report';
import type * as doctorCommand from './doctor';
import { namedPath } from './named-path';
import { repositoryName } from './repository';

/** Adds `doctor`. */
export function doctorCommands({ tree, io, argv, end }: CommandTree): void {
  const command = tree
    .command('doctor')
    .description('probe a live registry on every access path and name the first cause')
    .argument('[host]', 'host or URL of the registry (default: as the other commands find it)');
  output(reporting(inCluster(subjects(server(messages(command))))), LIVE_FORMATS).action(
    async (host, options) =>
      end(await (require('./doctor') as typeof doctorCommand).doctor(host, options, io, argv)),
  );
  const requestTimeout = command.options.find(({ long }) => long === '--request-timeout');
  requestTimeout!.description = 'end a request after that time (default: 10s)';
}

function subjects(command: Command): Command {
  return command
    .optionsGroup('What is looked at:')
    .option(
      '--path <name=url>',
      'another way to the same registry, probed beside it; repeatable',
      repeatable(namedPath),
    )
    .option('--publish <image>', 'why pushing [HOST/]OWNER/IMAGE[:TAG] fails')
    .option('--link <link>', 'why linking OWNER/TYPE/NAME=REPO fails')
    .option('--limits', 'probe limits of size and time, which takes up to 75 s')
    .option('--blobs', 'ask for every manifest and layer')
    .option('--owner <name>', 'an owner to look at; repeatable', repeatable(ownerName))
    .option('--pull-config <file>', 'docker config.json with the credential of a pull secret')
    .option(
      '--repository <owner/repo>',
      'the repository git is asked of, with --save and --compare (default: a public one)',
      repositoryName,
    )
    .option('--only <codes>', 'these codes only, such as REG211,REG3*', list)
    .option('--skip <codes>', 'leave these codes out', list)
    .option('--list', 'list the probes and what they send, and send nothing', false)
    .optionsGroup('Options:');
}

/** With one of these the cluster is looked at. */
function inCluster(command: Command): Command {
  return clusterAccess(command.optionsGroup('The cluster, looked at with one of these:'))
    .option(
      '--inventory',
      'record releases, routes, volumes, backups, app.ini: printed, or to -o FILE (.md, .json)',
    )
    .optionsGroup('Options:');
}

function reporting(command: Command): Command {
  return command
    .addOption(
      new Option('--wait [duration]', 'look again while something fails, such as --wait=5m')
        .preset('5m')
        .argParser(waitOrHost),
    )
    .addOption(new Option('--fail-on <severity>', 'what fails the run').choices(['error', 'warn']))
    .option('--config <file>', 'suppressions (default: gitea-registry.yaml, where there is one)')
    .option(
      '-o, --output-file <file>',
      'write a second form at once: .json, .xml (JUnit), .md or .txt; with --inventory, the inventory',
    )
    .option('--save <file>', 'record what git hosting and every check answer, before a change')
    .option('--compare <file>', 'fail where something worked when FILE was saved, and does not now')
    .option('--support-bundle <file>', 'keep all that was seen, redacted, in a .tar.gz');
}

/** commander takes the word after `--wait` for its value; one that looks like a host is the HOST. */
function waitOrHost(text: string): number | string {
  return /[.:[]/.test(text) ? text : milliseconds(text);
}

function ownerName(text: string): string {
  if (!matches(OWNER_NAME, text)) {
    throw new InvalidArgumentError(`it ${OWNER_NAME.allowed}`);
  }
  return text;
}
