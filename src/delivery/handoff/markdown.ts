/** One part of the page: a second-level heading and its lines. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** A Markdown table; `|` inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** A fenced block of shell commands. */
export function shell(...lines: readonly string[]): string[] {
  return ['```sh', ...lines, '```'];
}

/** `text` as inline code. */
export function code(text: string): string {
  return text === '' ? '(empty)' : `\`${text}\``;
}
