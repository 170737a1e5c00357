import { escapeControls } from '../declaration/problem';

/**
 * Columns that stand below each other; nothing follows the last one. What a server sent can move no cursor.
 *
 * @param rows as many cells each as the head
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map(escapeControls));
  const widths = head.map((_, column) =>
    all.reduce((most, row) => Math.max(most, width(row[column])), 0),
  );
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => padded(cell, widths[column]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function padded(cell: string, to: number): string {
  return cell + ' '.repeat(to - width(cell));
}

function width(text: string): number {
  return [...text].length;
}
