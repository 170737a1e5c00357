import { coherenceProblems } from './coherence';
import type { RegistryDeclaration } from './model';
import type { Problem } from './problem';
import { DeclarationError } from './problem';
import { registrySchema } from './registry-schema';
import { arranged } from './schema';

/** Problems of `value` as a declaration, in document order; empty when it is one. */
export function declarationProblems(value: unknown): Problem[] {
  const problems: Problem[] = [];
  registrySchema.check(value, '', problems);
  return problems.length > 0 ? problems : coherenceProblems(value as RegistryDeclaration);
}

/**
 * `value` as a declaration, in canonical order.
 *
 * @throws DeclarationError naming JSON path, value and what is allowed, for each problem
 */
export function asDeclaration(value: unknown): RegistryDeclaration {
  const problems = declarationProblems(value);
  if (problems.length > 0) {
    throw new DeclarationError(problems);
  }
  return arranged(registrySchema, value as RegistryDeclaration);
}

/**
 * Refuses what no single field shows, in a declaration whose fields are fine already.
 *
 * @throws DeclarationError
 */
export function refuseIncoherent(declaration: RegistryDeclaration): void {
  const problems = coherenceProblems(declaration);
  if (problems.length > 0) {
    throw new DeclarationError(problems);
  }
}

/**
 * Reads the text of a `registry.json`.
 *
 * @throws DeclarationError REG660 when it is not JSON, else as {@link asDeclaration}
 */
export function parseDeclaration(json: string): RegistryDeclaration {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // The parser's own message quotes the text around the fault, which may be a secret.
    throw new DeclarationError([
      { path: 'the declaration', allowed: 'is not JSON', code: 'REG660' },
    ]);
  }
  return asDeclaration(value);
}

/** The text of `registry.json`, the same for equal declarations: what {@link parseDeclaration} reads back as the same declaration. */
export function printDeclaration(declaration: RegistryDeclaration): string {
  return `${JSON.stringify(arranged(registrySchema, declaration), null, 2)}\n`;
}
