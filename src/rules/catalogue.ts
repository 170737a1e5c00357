import { ACCESS_RULES } from './access';
import type { Check } from './check';
import { LIMIT_RULES } from './limits';
import { LINK_RULES } from './links';
import { LIVE_CHECKS } from './live';
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
  ...LINK_RULES,
].sort(byCode);

/** Every truth that has a code: what rules judge, and what only a live server shows. */
export const CHECKS: readonly Check[] = [...RULES, ...LIVE_CHECKS].sort(byCode);

/** The check of a code; undefined for a code there is none of. */
export function checkOf(code: string): Check | undefined {
  return CHECKS.find((check) => check.code === code);
}

function byCode(a: Check, b: Check): number {
  return a.code < b.code ? -1 : 1;
}
