import type { SuppressionDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';
import { suppressionsSchema } from '../declaration/suppression';

/** A finding of a rule that is accepted for now. */
export interface RuleSuppression {
  /** Code of the rule, such as `REG643`. */
  readonly code: string;

  /** The object as the finding names it, `Ingress git/gitea`; `*` stands for any text. */
  readonly object: string;

  /** Why it is accepted. */
  readonly reason: string;

  /** Last day it is accepted, `YYYY-MM-DD`. */
  readonly until: string;
}

/** The part of the declaration that `suppressions` stand for. */
export function suppressionsDeclaration(suppressions: RuleSuppression[]): SuppressionDeclaration[] {
  return checked(
    suppressionsSchema,
    suppressions.map((one) => ({ ...one })),
    'suppressions',
  );
}
