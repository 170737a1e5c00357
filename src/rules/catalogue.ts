import { ACCESS_RULES } from './access';
import { LIMIT_RULES } from './limits';
import { NAME_RULES } from './names';
import { OBJECT_RULES } from './objects';
import { ROUTE_RULES } from './routes';
import type { Rule } from './rule';
import { STORAGE_RULES } from './storage';
import { VALUE_RULES } from './values';

/** Every rule, by code. */
export const RULES: readonly Rule[] = [
  ...NAME_RULES,
  ...ROUTE_RULES,
  ...ACCESS_RULES,
  ...LIMIT_RULES,
  ...OBJECT_RULES,
  ...VALUE_RULES,
  ...STORAGE_RULES,
].sort((a, b) => (a.code < b.code ? -1 : 1));

/** The rule of a code; undefined for a code no rule has. */
export function ruleOf(code: string): Rule | undefined {
  return RULES.find((rule) => rule.code === code);
}
