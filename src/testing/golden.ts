import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Chart } from 'cdk8s';
import { Testing, Yaml } from 'cdk8s';

/**
 * Compares what `chart` renders with a YAML file that people review. With `UPDATE_GOLDEN=1` in the environment
 * the file is written instead.
 *
 * @param chart synthesized with its validations
 * @param file path of the golden file
 * @throws Error naming the first line that differs
 */
export function expectGolden(chart: Chart, file: string): void {
  const manifest = (Testing.synth(chart) as object[])
    .map((object) => Yaml.stringify(object))
    .join('---\n');
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, manifest);
    return;
  }
  const golden = readGolden(file);
  if (golden !== manifest) {
    throw new Error(difference(file, golden.split('\n'), manifest.split('\n')));
  }
}

function readGolden(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`golden file '${file}' cannot be read; write it with UPDATE_GOLDEN=1`, {
      cause,
    });
  }
}

function difference(file: string, golden: readonly string[], rendered: readonly string[]): string {
  const line = rendered.findIndex((text, index) => text !== golden[index]);
  const at = line === -1 ? rendered.length : line;
  return [
    `'${file}' differs at line ${at + 1}; review it, then UPDATE_GOLDEN=1 accepts the new rendering`,
    `- ${golden[at] ?? '(end of file)'}`,
    `+ ${rendered[at] ?? '(end of file)'}`,
  ].join('\n');
}
