import type { Command } from 'commander';
import { Option } from 'commander';

const COLORS = ['auto', 'always', 'never'] as const;

/** Options of messages. */
export function messages(command: Command): Command {
  return command
    .addOption(new Option('--color <when>', 'colour of messages').choices(COLORS).default('auto'))
    .option('--debug', 'show stack traces, and the requests a command makes', false);
}

/** Options of messages and results. */
export function general(command: Command): Command {
  return messages(
    command.option('-o, --output-file <file>', 'write the result to a file instead of stdout'),
  );
}

/** Options that say which registry is meant. */
export function meantRegistry(command: Command): Command {
  return command
    .option('--declaration <path>', 'rendered YAML or registry.json, or a folder of them', 'dist')
    .option(
      '--registry <host>',
      'the registry that is meant, by host or URL (or GITEA_REGISTRY_URL)',
    );
}

/** Options of every command that reads a declaration. */
export function declared(command: Command): Command {
  return meantRegistry(general(command));
}
