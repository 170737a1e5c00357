import { DeclarationError, quote } from '../../declaration/problem';
import { ClientError } from '../../client/error';
import type { Result } from '../../doctor';

/** Codes a wrong HOST, `--publish`, `--link` or `--pull-config` breaks. */
export const INPUT_CODES: readonly string[] = [
  'REG110',
  'REG111',
  'REG320',
  'REG470',
  'REG543',
  'REG913',
  'REG914',
  'REG920',
];

/** A wrong value as a finding, before everything that is seen on the wire. */
export function inputFinding(code: string, observed: string, expected: string): Result {
  return { code, step: 'P1', status: 'fail', observed, expected };
}

/**
 * What a reader of a value threw, as a finding.
 *
 * @param option where the value stands, such as `--publish`
 * @throws `error` itself when it is a fault of ours
 */
export function findingOf(error: unknown, option: string, text: string): Result {
  const observed = `${option} ${quote(text)}`;
  if (error instanceof DeclarationError) {
    const [{ code, allowed }] = error.problems;
    return inputFinding(code, observed, allowed);
  }
  if (error instanceof ClientError) {
    return inputFinding(error.code, observed, rule(error.message));
  }
  throw error;
}

/** What is allowed, without the value before it and the code behind it. */
function rule(message: string): string {
  return message.replace(/^.*? is refused: /, '').replace(/ \(REG\d{3}\)$/, '');
}
