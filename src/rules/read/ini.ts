/** One setting of an ini text. */
export interface IniLine {
  /** Section as written; empty for the keys before the first header. */
  readonly section: string;
  /** Key as written. */
  readonly key: string;
  readonly value: string;
  /** Number of its line, from 0. */
  readonly line: number;
}

/** Longest text that is read as ini; app.ini has some hundred lines. */
const MOST_CHARACTERS = 1_000_000;

/**
 * The settings of an app.ini text, as Gitea's and Forgejo's loader reads them (gopkg.in/ini.v1 with
 * `IgnoreContinuation`): case counts, the last of equal keys wins, `#` and `;` begin a comment anywhere, quotes around
 * a value are lost. A line the loader refuses ends start-up there; here it is passed over.
 */
export function iniLines(text: string): IniLine[] {
  const lines = text
    .slice(0, MOST_CHARACTERS)
    .replace(/^\ufeff/, '')
    .split(/(?<=\n)/);
  const settings = new Map<string, IniLine>();
  let section = '';
  for (let line = 0; line < lines.length; line++) {
    const content = lines[line].trimStart();
    if (content.startsWith('[')) {
      section = headerOf(content) ?? section;
      continue;
    }
    const name = /^[#;]/.test(content) ? undefined : keyName(content);
    if (name === undefined) {
      continue;
    }
    const read = valueFrom(lines, line, content.slice(name.length));
    if (read) {
      settings.set(`${section}\n${name.key}`, { section, key: name.key, value: read.value, line });
      line += read.further;
    }
  }
  return [...settings.values()];
}

/** A header ends at the last bracket of its line; `[DEFAULT]` is the part before all headers. */
function headerOf(line: string): string | undefined {
  const name = line.slice(1, Math.max(line.lastIndexOf(']'), 1));
  return name === '' ? undefined : name.replace(/^DEFAULT$/, '');
}

/** The key a line begins with, and how many characters it and the delimiter take. */
function keyName(line: string): { readonly key: string; readonly length: number } | undefined {
  const quote = /^(?:"""(?=[^]{4})|"|`)/.exec(line)?.[0] ?? '';
  const end = quote === '' ? 0 : line.indexOf(quote, quote.length);
  if (end < 0) {
    return undefined;
  }
  const delimiter = line.slice(end + quote.length).search(/[=:]/) + end + quote.length;
  const missing = delimiter < end + quote.length;
  const key = line.slice(quote.length, quote === '' ? delimiter : end).trim();
  // `-` numbers its line; Gitea has no such key.
  return missing || delimiter === 0 || key === '-' ? undefined : { key, length: delimiter + 1 };
}

/** The value that begins in a line, and how many further lines it takes. */
function valueFrom(
  lines: readonly string[],
  line: number,
  rest: string,
): { readonly value: string; readonly further: number } | undefined {
  const text = rest.trimStart();
  const quote = /^(?:"""(?=[^])|`)/.exec(text)?.[0];
  if (quote === undefined) {
    return { value: plainValue(text), further: 0 };
  }
  let value = text.slice(quote.length);
  for (let further = 0; line + further < lines.length; further++) {
    const end = value.lastIndexOf(quote);
    if (end >= 0) {
      return { value: value.slice(0, end), further };
    }
    value += lines[line + further + 1] ?? '';
  }
  return undefined;
}

function plainValue(text: string): string {
  return unquoted(text.replace(/[#;][^]*$/, '').trim());
}

/** Quotes around a value are lost unless the same quote stands inside (ini.v1 hasSurroundedQuote). */
function unquoted(value: string): string {
  return /^'[^']*'$/.test(value) || /^"[^"]*"$/.test(value) ? value.slice(1, -1) : value;
}

/**
 * What Gitea reads after `environment-to-ini` wrote `value` to app.ini: the writer protects `#`, `;` and back-ticks
 * with quotes of its own, and leaves quotes around a value to be lost.
 */
export function readBack(value: string): string {
  return /[`#;\n]/.test(value) ? value : unquoted(value.trim());
}

/**
 * The settings of one section as the charts' init script takes them from a Secret, a ConfigMap or the values: each
 * line is `key=value`, keys in any case, nothing is a comment.
 */
export function sectionLines(text: string): { readonly key: string; readonly value: string }[] {
  return text
    .slice(0, MOST_CHARACTERS)
    .split('\n')
    .flatMap((line) => {
      const equals = line.indexOf('=');
      const key = line.slice(0, Math.max(equals, 0)).trim().toUpperCase();
      // The script ends at any other name: it is none of a shell variable.
      return /^[\w.-]+$/.test(key) ? [{ key, value: readBack(line.slice(equals + 1).trim()) }] : [];
    });
}

const TRUE = new Set([
  '1',
  't',
  'T',
  'true',
  'TRUE',
  'True',
  'y',
  'yes',
  'YES',
  'Yes',
  'on',
  'ON',
  'On',
]);
const FALSE = new Set([
  '0',
  'f',
  'F',
  'false',
  'FALSE',
  'False',
  'n',
  'no',
  'NO',
  'No',
  'off',
  'OFF',
  'Off',
]);

/** A boolean as the loader reads it; undefined for any other text, which leaves the default in force. */
export function iniBoolean(text: string | undefined): boolean | undefined {
  return TRUE.has(text ?? '') ? true : FALSE.has(text ?? '') ? false : undefined;
}
