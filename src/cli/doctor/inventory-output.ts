import { extname } from 'node:path';
import { quote } from '../../declaration/problem';
import { CommandError } from '../exit';
import type { DoctorCommandOptions } from './options';

/** Where an inventory goes, and its form. */
export interface InventoryOutput {
  readonly form: 'markdown' | 'json';
  /** @default - standard output, behind the report */
  readonly file?: string;
}

const BY_ENDING: { readonly [ending: string]: InventoryOutput['form'] } = {
  '.md': 'markdown',
  '.json': 'json',
};

/**
 * Where the inventory goes; undefined when none is wanted.
 *
 * @throws CommandError (exit 2) for a file of another ending, or a form of the report nothing may stand behind
 */
export function inventoryOutput({
  inventory,
  output,
  outputFile,
}: Pick<DoctorCommandOptions, 'inventory' | 'output' | 'outputFile'>): InventoryOutput | undefined {
  if (!inventory) {
    return undefined;
  }
  if (outputFile === undefined) {
    if (output !== 'text' && output !== 'markdown') {
      throw new CommandError(
        `--inventory with --output ${output} needs a file: give -o FILE, ending in .md or .json`,
      );
    }
    return { form: 'markdown' };
  }
  const form = BY_ENDING[extname(outputFile).toLowerCase()];
  if (form === undefined) {
    throw new CommandError(
      `--output-file ${quote(outputFile)}: with --inventory it is the inventory, and its ending says the form: .md or .json`,
    );
  }
  return { form, file: outputFile };
}
