import { durationSeconds } from '../../declaration/go-duration';
import { iniDurationSeconds } from '../storage/ini-duration';

/** The lowest and the highest number of a field, and the names it takes. */
interface Field {
  readonly lowest: number;
  readonly highest: number;
  readonly names?: readonly string[];
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

const SECOND: Field = { lowest: 0, highest: 59 };

/** Minute, hour, day of the month, month, day of the week. */
const FIELDS: readonly Field[] = [
  { lowest: 0, highest: 59 },
  { lowest: 0, highest: 23 },
  { lowest: 1, highest: 31 },
  { lowest: 1, highest: 12, names: MONTHS },
  { lowest: 0, highest: 6, names: DAYS },
];

const WORDS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** Longer texts are no schedule anybody writes. */
const MOST_CHARACTERS = 256;

/**
 * Whether Gitea's scheduler takes `text` for a schedule (github.com/robfig/cron/v3 through gocron): 5 fields, 6 with
 * seconds, a word or `@every` and a Go duration, after an optional `TZ=`. Six words and more are read with seconds, a
 * time zone counted among them. The name of a zone is not looked at.
 */
export function isCronSchedule(text: string): boolean {
  if (text.length > MOST_CHARACTERS) {
    return false;
  }
  const withSeconds = wordsOf(text).length > 5;
  const zoned = /^(?:CRON_)?TZ=\S* (.*)$/s.exec(text);
  const spec = (zoned?.[1] ?? text).trim();
  return spec.startsWith('@') ? isDescriptor(spec) : areFields(wordsOf(spec), withSeconds);
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function isDescriptor(spec: string): boolean {
  const every = /^@every (.*)$/s.exec(spec)?.[1];
  return every === undefined ? WORDS.includes(spec) : isDuration(every);
}

/** Any Go duration; the scheduler makes at least a second of it. */
function isDuration(text: string): boolean {
  const unsigned = text.replace(/^[+-]/, '');
  const readable = durationSeconds(unsigned) ?? iniDurationSeconds(unsigned);
  return unsigned === '0' || (readable !== undefined && !/^\d+$/.test(unsigned));
}

function areFields(words: readonly string[], withSeconds: boolean): boolean {
  const fields = withSeconds ? [SECOND, ...FIELDS] : FIELDS;
  return (
    words.length === fields.length && words.every((word, index) => isList(word, fields[index]))
  );
}

/** Ranges joined by commas; empty ones between them do not count. */
function isList(word: string, field: Field): boolean {
  return word
    .split(',')
    .filter((range) => range !== '')
    .every((range) => isRange(range, field));
}

/** `*`, `?`, `n`, `n-m`, each with an optional `/step`; `n/step` runs to the end. */
function isRange(range: string, field: Field): boolean {
  const [bounds, step, ...others] = range.split('/');
  const [low, high, ...more] = bounds.split('-');
  if (others.length > 0 || (step !== undefined && !(Number(wholeNumber(step) ?? 0) > 0))) {
    return false;
  }
  if (low === '*' || low === '?') {
    return true;
  }
  const start = valueOf(low, field);
  const end = high === undefined ? start : valueOf(high, field);
  return (
    more.length === 0 &&
    start !== undefined &&
    end !== undefined &&
    start >= field.lowest &&
    end <= field.highest &&
    start <= end
  );
}

function valueOf(word: string, { names, lowest }: Field): number | undefined {
  const index = names?.indexOf(word.toLowerCase()) ?? -1;
  return index < 0 ? wholeNumber(word) : index + lowest;
}

function wholeNumber(word: string): number | undefined {
  return /^\+?\d{1,9}$/.test(word) ? Number(word) : undefined;
}
