import { goSeconds } from '../limits/proxy-duration';

/**
 * Seconds Gitea takes a duration of app.ini for: Go's grammar, **a bare number in nanoseconds**. Undefined for what it
 * cannot read and for nothing or zero, where its default stays.
 */
export function iniDurationSeconds(text: string): number | undefined {
  const trimmed = text.trim();
  const seconds = isBareNumber(trimmed) ? Number(trimmed) * 1e-9 : (goSeconds(trimmed) ?? 0);
  return seconds > 0 ? seconds : undefined;
}

/** Whether a duration has no unit, so that Gitea counts nanoseconds. */
export function isBareNumber(text: string): boolean {
  return /^[0-9]{1,18}$/.test(text.trim());
}
