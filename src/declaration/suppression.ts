import { RECORD } from './free-text';
import type { Grammar } from './grammar';
import type { SuppressionDeclaration } from './model';
import { list, object, text } from './schema';

/** Code of one rule. */
export const RULE_CODE: Grammar = {
  allowed: "must be the code of one rule, such as 'REG631'",
  code: 'REG660',
  pattern: /^REG[1-9][0-9][0-9]$/,
};

/** An object as findings name it; `*` stands for any text. */
export const OBJECT_PATTERN: Grammar = {
  allowed:
    "must be an object as findings name it, such as 'Deployment git/gitea'; '*' stands for any text",
  code: 'REG660',
  pattern: /^[!-~]([ -~]*[!-~])?$/,
  maxLength: 300,
};

const REASON: Grammar = {
  ...RECORD,
  allowed: 'must say why the finding is accepted, in one line of at most 200 characters',
};

/** A day of the Gregorian calendar (ISO 8601), checked without a clock. */
export const DAY: Grammar = {
  allowed: "must be the last day it is accepted, such as '2027-03-31'",
  code: 'REG660',
  pattern: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
  accepts: (text) => {
    const [year, month, day] = text.split('-').map(Number);
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
  },
};

/** Most suppressions of one registry or file. */
export const MOST_SUPPRESSIONS = 20;

/** Findings that are accepted. */
export const suppressionsSchema = list(
  object<SuppressionDeclaration>({
    code: text(RULE_CODE),
    object: text(OBJECT_PATTERN),
    reason: text(REASON),
    until: text(DAY),
  }),
  MOST_SUPPRESSIONS,
);
