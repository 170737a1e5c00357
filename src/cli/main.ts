import { Command, CommanderError, Option } from 'commander';
import { accessCommands } from './access/commands';
import type * as checkCommand from './check';
import { refuseSecretArguments } from './credentials/argv';
import { doctorCommands } from './doctor/commands';
import { reportError } from './error-report';
import { EXIT } from './exit';
import type * as explainCommand from './explain';
import { genericCommands } from './generic/commands';
import type * as handoffCommand from './handoff';
import { interrupt } from './interruption';
import type { Io } from './io';
import { processIo } from './io';
import { linkCommands } from './links/commands';
import type { CommandTree } from './options/command-tree';
import { declared, general } from './options/general';
import { bytes, list } from './options/values';
import { packageVersion } from './package-version';
import { packageCommands } from './packages/commands';
import { FORMATS } from './report/report';
import { smokeCommands } from './smoke/commands';
import type * as valuesCommand from './values';

const VALUES_FORMATS: readonly valuesCommand.ValuesOptions['format'][] = [
  'yaml',
  'sops-set',
  'set',
  'env',
  'ini',
];

const MEBI = 1024 * 1024;

function checkOptions(command: Command): Command {
  return general(command)
    .argument('[paths...]', 'files or folders of YAML, - for standard input', ['dist'])
    .addOption(new Option('--output <form>', 'form of the report').choices(FORMATS).default('text'))
    .option('--only <codes>', 'judge these codes only, such as REG211,REG5*', list)
    .option('--skip <codes>', 'leave these codes out', list)
    .addOption(new Option('--fail-on <severity>', 'what fails the run').choices(['error', 'warn']))
    .option('--list', 'list the codes instead of judging', false)
    .option('--config <file>', 'suppressions (default: gitea-registry.yaml, where there is one)')
    .option('--max-bytes <size>', 'largest input', bytes, 256 * MEBI);
}

/** The command tree. Each action loads its command, so that help loads nothing else. */
function program(io: Io, argv: readonly string[], end: (code: number) => void): Command {
  const tree = new Command('gitea-registry')
    .description('prove, operate and review the package registry of a Gitea or Forgejo release')
    .version(packageVersion(), '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  // To make all of them takes as long as to load what one of them needs.
  const meant = GROUPS.filter(({ names }) => names.includes(argv[0]));
  (meant.length > 0 ? meant : GROUPS).forEach(({ add }) => add({ tree, io, argv, end }));
  return tree;
}

/** Commands that are made together, in the order of the help. */
const GROUPS: readonly {
  readonly names: readonly string[];
  readonly add: (commands: CommandTree) => void;
}[] = [
  { names: ['check', 'explain'], add: proveCommands },
  { names: ['doctor'], add: doctorCommands },
  { names: ['smoke'], add: smokeCommands },
  { names: ['values', 'handoff'], add: deliveryCommands },
  { names: ['ls', 'show', 'files', 'rm'], add: packageCommands },
  { names: ['link', 'unlink', 'links'], add: linkCommands },
  { names: ['generic'], add: genericCommands },
  { names: ['login', 'pull-secret'], add: accessCommands },
];

function proveCommands({ tree, io, argv, end }: CommandTree): void {
  checkOptions(tree.command('check'))
    .description('judge rendered YAML, whoever rendered it')
    .action(async (paths, options) =>
      end(await (require('./check') as typeof checkCommand).check(paths, options, io, argv)),
    );
  tree
    .command('explain')
    .description('say what a code means and how to mend it')
    .argument('<code>', 'such as REG211')
    .action((code) => (require('./explain') as typeof explainCommand).explain(code, io));
}

function deliveryCommands({ tree, io }: CommandTree): void {
  declared(tree.command('values'))
    .description('print the settings of the declaration, as Helm values overlay or in another form')
    .addOption(
      new Option(
        '--format <form>',
        'Helm values, sops set lines, --set-string arguments of helm, an env file, or app.ini',
      )
        .choices(VALUES_FORMATS)
        .default('yaml'),
    )
    .option('--file <file>', 'encrypted values file that sops-set lines name')
    .action((options) => (require('./values') as typeof valuesCommand).values(options, io));
  declared(tree.command('handoff'))
    .description('print the page for downstream teams')
    .action((options) => (require('./handoff') as typeof handoffCommand).handoff(options, io));
}

/**
 * Runs one command.
 *
 * @param argv arguments without node and script
 * @returns the exit code
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.FINE;
  try {
    refuseSecretArguments(argv);
    await program(io, argv, (ended) => (code = ended)).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.FINE : EXIT.USAGE;
    }
    return reportError(error, argv, io);
  }
}

/** Runs the command of this process and ends it. */
export function run(): void {
  process.on('SIGINT', () => interrupt((code) => process.exit(code)));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `gitea-registry … | head` closes the pipe early; that is no failure of ours.
    process.exit(error.code === 'EPIPE' ? EXIT.FINE : EXIT.FAILED);
  });
  // Node.js ends with 0 when nothing is left to wait for, also when the command never came to its end.
  process.exitCode = EXIT.FAILED;
  void main(process.argv.slice(2), processIo()).then((code) => {
    process.exitCode = code;
  });
}
