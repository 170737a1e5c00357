import { Command, CommanderError, Option } from 'commander';
import { reportError } from './error-report';
import { EXIT } from './exit';
import type * as handoffCommand from './handoff';
import type { Io } from './io';
import { processIo } from './io';
import type * as valuesCommand from './values';

/** The package refers to itself by name: its own place differs between sources and build. */
const packageVersion = (): string => require('cdk8s-gitea-registry/package.json').version;

const COLORS = ['auto', 'always', 'never'] as const;

const VALUES_FORMATS: readonly valuesCommand.ValuesOptions['format'][] = ['yaml', 'sops-set'];

/** Options every command takes. */
function common(command: Command): Command {
  return command
    .option('--declaration <path>', 'rendered YAML or registry.json, or a folder of them', 'dist')
    .option(
      '--registry <host>',
      'the registry that is meant, by host or URL (or GITEA_REGISTRY_URL)',
    )
    .option('-o, --output-file <file>', 'write the result to a file instead of stdout')
    .addOption(new Option('--color <when>', 'colour of messages').choices(COLORS).default('auto'))
    .option('--debug', 'show stack traces', false);
}

/** The command tree. Each action loads its command, so that help loads nothing else. */
function program(io: Io): Command {
  const tree = new Command('gitea-registry')
    .description('prove, operate and review the package registry of a Gitea or Forgejo release')
    .version(packageVersion(), '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  common(tree.command('values').copyInheritedSettings(tree))
    .description('print the Helm values overlay of the declaration')
    .addOption(
      new Option('--format <form>', 'form of the overlay').choices(VALUES_FORMATS).default('yaml'),
    )
    .option('--file <file>', 'encrypted values file that sops-set lines name')
    .action((options) => (require('./values') as typeof valuesCommand).values(options, io));
  common(tree.command('handoff').copyInheritedSettings(tree))
    .description('print the page for downstream teams')
    .action((options) => (require('./handoff') as typeof handoffCommand).handoff(options, io));
  return tree;
}

/**
 * Runs one command.
 *
 * @param argv arguments without node and script
 * @returns the exit code
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    await program(io).parseAsync([...argv], { from: 'user' });
    return EXIT.FINE;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.FINE : EXIT.USAGE;
    }
    return reportError(error, argv, io);
  }
}

/** Runs the command of this process and ends it. */
export function run(): void {
  process.once('SIGINT', () => process.exit(EXIT.INTERRUPTED));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `gitea-registry … | head` closes the pipe early; that is no failure of ours.
    process.exit(error.code === 'EPIPE' ? EXIT.FINE : EXIT.FAILED);
  });
  void main(process.argv.slice(2), processIo()).then((code) => {
    process.exitCode = code;
  });
}
