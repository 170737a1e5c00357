import type { Grammar } from './grammar';

const FORM = /^(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?$/;

/** Go keeps nanoseconds in an int64. */
const MAX_SECONDS = 2 ** 63 / 1e9;

/** Seconds of a duration such as `1h30m`, or undefined when `text` is none. */
export function durationSeconds(text: string): number | undefined {
  const parts = text === '' ? null : FORM.exec(text);
  return parts
    ? Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)
    : undefined;
}

/** `seconds` in the form Go and Gitea read: `1h`, `1h30m`, `45s`. */
export function formatDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count}${unit}`)
      .join('') || '0s'
  );
}

/**
 * A Go duration (time.ParseDuration) in whole hours, minutes and seconds. Gitea silently replaces what it
 * cannot read (`7d`) by a default and takes a bare number for nanoseconds, so neither is allowed.
 */
export const DURATION: Grammar = {
  allowed: "must be a duration above zero with units, such as '1h', '90m' or '1h30m'",
  code: 'REG621',
  pattern: /^([0-9]+h)?([0-9]+m)?([0-9]+s)?$/,
  maxLength: 32,
  accepts: (text) => {
    const seconds = durationSeconds(text) ?? 0;
    return seconds > 0 && seconds < MAX_SECONDS;
  },
};
