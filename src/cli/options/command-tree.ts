import type { Command } from 'commander';
import type { Io } from '../io';

/** What a file that adds commands to the tree is given. Its actions load their modules themselves: help loads none. */
export interface CommandTree {
  readonly tree: Command;
  readonly io: Io;
  /** Arguments without node and script. */
  readonly argv: readonly string[];
  /** Sets the exit code of the run, where it is not 0. */
  readonly end: (code: number) => void;
}
