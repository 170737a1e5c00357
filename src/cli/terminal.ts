import { createColors } from 'picocolors';
import type { Io } from './io';
import type { Status } from './report/report';

/** Colours for one stream: `--color`, then NO_COLOR and FORCE_COLOR, then whether it is a terminal. */
export function colorsFor(
  argv: readonly string[],
  io: Io,
  isTerminal: boolean,
): ReturnType<typeof createColors> {
  return createColors(isColored(argv, io, isTerminal));
}

function isColored(argv: readonly string[], io: Io, isTerminal: boolean): boolean {
  const flag = argv.findLast(
    (word, index) => word.startsWith('--color=') || argv[index - 1] === '--color',
  );
  const when = flag?.replace('--color=', '') ?? 'auto';
  if (when !== 'auto') {
    return when === 'always';
  }
  if (io.env.NO_COLOR) {
    return false;
  }
  return Boolean(io.env.FORCE_COLOR) || (isTerminal && io.env.TERM !== 'dumb');
}

/** Whether the locale shows symbols such as ✔ (POSIX: LC_ALL, then LC_CTYPE, then LANG). */
export function showsUnicode({ env }: Io): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale) && env.TERM !== 'dumb';
}

/** What stands for nothing in a table. */
export function none(io: Io): string {
  return showsUnicode(io) ? '–' : '-';
}

const SYMBOLS: { readonly [status in Status]: readonly [unicode: string, ascii: string] } = {
  pass: ['✔', '[ok]'],
  warn: ['!', '[warn]'],
  fail: ['✖', '[fail]'],
  skip: ['–', '[skip]'],
};

/** Sign of an outcome; without Unicode a word in brackets. */
export function symbolOf(status: Status, unicode: boolean): string {
  return SYMBOLS[status][unicode ? 0 : 1];
}
