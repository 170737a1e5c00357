import type { Command } from 'commander';

/** Adds the options of a command that deletes, moves or replaces. */
export function confirmed(command: Command): Command {
  return command
    .option('--yes', 'confirm the plan')
    .option('--dry-run', 'print the plan and write nothing');
}
