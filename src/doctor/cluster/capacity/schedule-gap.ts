const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const WORDS: { readonly [word: string]: number } = {
  '@hourly': HOUR,
  '@daily': DAY,
  '@midnight': DAY,
  '@weekly': 7 * DAY,
  '@monthly': 31 * DAY,
  '@yearly': 366 * DAY,
  '@annually': 366 * DAY,
};

/**
 * Longest time between two runs of a schedule, in milliseconds, rather too long than too short. Undefined for what is
 * no schedule.
 *
 * @param schedule five fields as a CronJob has them, six with seconds first (CloudNativePG), or a word such as `@daily`
 */
export function longestGap(schedule: string): number | undefined {
  const text = schedule.trim();
  if (Object.hasOwn(WORDS, text)) {
    return WORDS[text];
  }
  const fields = text.split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) {
    return undefined;
  }
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields.slice(-5);
  if (!isAny(month)) {
    return 366 * DAY;
  }
  if (!isAny(dayOfMonth)) {
    return 31 * DAY;
  }
  if (!isAny(dayOfWeek)) {
    return 7 * DAY;
  }
  return step(hour, HOUR, DAY) ?? step(minute, MINUTE, HOUR) ?? MINUTE;
}

function isAny(field: string): boolean {
  return /^[*?](\/1)?$/.test(field);
}

/** The gap a field makes: that of its step, of the whole round for a list; none for `*`. */
function step(field: string, unit: number, round: number): number | undefined {
  const every = /^\*\/(\d+)$/.exec(field)?.[1];
  return isAny(field) ? undefined : every === undefined ? round : Number(every) * unit;
}
