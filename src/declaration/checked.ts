import type { Problem } from './problem';
import { DeclarationError } from './problem';
import type { Schema } from './schema';
import { arranged } from './schema';

/**
 * `value`, checked against one part of the declaration.
 *
 * @param path where the value stands, as the message names it
 * @throws DeclarationError
 */
export function checked<T>(schema: Schema<T>, value: unknown, path: string): T {
  const problems: Problem[] = [];
  schema.check(value, path, problems);
  if (problems.length > 0) {
    throw new DeclarationError(problems);
  }
  return arranged(schema, value as T);
}
