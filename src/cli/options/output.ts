import type { Command } from 'commander';
import { Option } from 'commander';

/** Adds `--output`; the first form is the default. */
export function output(command: Command, forms: readonly string[]): Command {
  return command.addOption(
    new Option('--output <form>', 'form of the result').choices(forms).default(forms[0]),
  );
}
