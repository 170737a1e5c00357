import type { Grammar } from './grammar';
import { isWellFormed } from './grammar';

/** app.ini as text: section → key → value, sections in lower case and keys in upper case. */
export type AppIni = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Name of a section. The chart writes it as `GITEA__<SECTION>__KEY`, with `.` and `-` masked; `__` would split it. */
export const INI_SECTION: Grammar = {
  allowed:
    "must be a section of app.ini in lower case, such as 'server' or 'cron.cleanup_packages'",
  code: 'REG620',
  pattern: /^[a-z][a-z0-9]*([._-][a-z0-9]+)*$/,
  maxLength: 100,
};

/**
 * Name of a key. A `.` or `-` would make an invalid shell variable and end the chart's init container; `__` would
 * start another key, and `__FILE` makes environment-to-ini read a file.
 */
export const INI_KEY: Grammar = {
  allowed: "must be a key of app.ini in upper case, such as 'ROOT_URL', without '.', '-' or '__'",
  code: 'REG620',
  pattern: /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/,
  maxLength: 100,
};

/**
 * A value that survives values file → chart → environment → app.ini → the next reading of app.ini: one line,
 * no blanks at its ends (trimmed), not wrapped in matching quotes (lost when read back), not beginning with three quotes
 * (go-ini reads on to the next three, over the keys that follow). U+2028 breaks the chart's
 * rendering; helm drops the whole `gitea.config` over some other non-characters and still exits 0.
 */
export const INI_VALUE: Grammar = {
  allowed:
    'must be one line of text without control characters, without blanks or matching quotes around it and without three quotes at its start: app.ini would lose them',
  code: 'REG620',
  pattern:
    // eslint-disable-next-line no-control-regex
    /^(?!\s)(?!.*\s$)(?!(["'`]).*\1$)(?!""")[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]*$/,
  maxLength: 4096,
  accepts: isWellFormed,
};

/** Splits `section.KEY` at its last dot: sections hold dots, keys do not. */
export function splitIniPath(path: string): { readonly section: string; readonly key: string } {
  const dot = path.lastIndexOf('.');
  return { section: path.slice(0, Math.max(dot, 0)), key: path.slice(dot + 1) };
}
