import type { Io } from './io';
import { jsonText } from './json';
import { giveResult } from './result';

/** Form and place of the result of a command that plans first. */
export interface PlanOutput {
  readonly output: 'text' | 'json';
  /** @default - stdout */
  readonly outputFile?: string;
}

/** Shows a plan to people: as the first part of a text, else beside the result. */
export function showPlan(plan: string, { output, outputFile }: PlanOutput, io: Io): void {
  const isResult = output === 'text' && outputFile === undefined;
  (isResult ? io.out : io.err)(plan);
}

/** Gives the result of `--dry-run`, after {@link showPlan}: the plan itself. */
export async function givePlan(
  plan: string,
  document: object,
  { output, outputFile }: PlanOutput,
  io: Io,
): Promise<void> {
  if (output === 'json') {
    await giveResult(jsonText(document), outputFile, io);
  } else if (outputFile !== undefined) {
    await giveResult(plan, outputFile, io);
  }
}
