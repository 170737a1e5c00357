import { DURATION } from './go-duration';
import type { Grammar } from './grammar';
import { matches } from './grammar';

/** Lowest and highest number of minute, hour, day of the month, month and day of the week. */
const FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

const WORDS = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

/**
 * A schedule of Gitea's tasks (github.com/robfig/cron/v3): the plain part of its grammar, because Gitea ends at its start
 * over a schedule it cannot read.
 */
export const CRON_SCHEDULE: Grammar = {
  allowed:
    "must be a schedule such as '@midnight', '@every 12h' or '30 3 * * *' (minute, hour, day, month, weekday): Gitea does not start with another",
  code: 'REG621',
  pattern: /^(@[a-z]+( [0-9hms]+)?|[0-9*/,-]+( [0-9*/,-]+){4})$/,
  maxLength: 100,
  accepts: (text) => {
    const every = /^@every (.*)$/.exec(text)?.[1];
    return every === undefined
      ? WORDS.test(text) || text.split(' ').every(isField)
      : matches(DURATION, every);
  },
};

function isField(field: string, index: number): boolean {
  const [lowest, highest] = FIELDS[index] ?? [1, 0];
  return field.split(',').every((range) => {
    const parts = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/([1-9]\d?))?$/.exec(range);
    const from = Number(parts?.[1] ?? lowest);
    const to = Number(parts?.[2] ?? from);
    return parts !== null && lowest <= from && from <= to && to <= highest;
  });
}
