import { InvalidArgumentError } from 'commander';

const MEBI = 1024 * 1024;

/** What timers of Node can hold, in seconds: 24 days. */
const LONGEST = Math.floor(0x7fffffff / 1000);

/** Bytes, or MiB. */
export function bytes(text: string): number {
  const match = /^([1-9]\d{0,14})(MiB)?$/.exec(text);
  if (!match) {
    throw new InvalidArgumentError("give bytes, or MiB such as '256MiB'");
  }
  return Number(match[1]) * (match[2] ? MEBI : 1);
}

/** Words separated by commas. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** A duration with units, in milliseconds. */
export function milliseconds(text: string): number {
  const parts = /^(?=.)(?:(\d{1,3})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?$/.exec(text);
  const [hours, minutes, seconds] = (parts ?? []).slice(1).map((part) => Number(part ?? 0));
  const total = hours * 3600 + minutes * 60 + seconds;
  if (!(total > 0 && total <= LONGEST)) {
    throw new InvalidArgumentError("give a duration with units, such as '30s', '5m' or '1h30m'");
  }
  return total * 1000;
}

/** Collects an option that may stand several times. */
export function repeatable<T>(parse: (text: string) => T): (text: string, before?: T[]) => T[] {
  return (text, before = []) => [...before, parse(text)];
}
