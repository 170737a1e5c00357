import { cell } from './markdown';

/**
 * Text of others as code: code hosts make no link, mention or formula of it. Entities alone would not do, they look for
 * `@name` in what is rendered.
 */
export function code(text: string | undefined): string {
  const shown = (text ?? '').trimEnd().split('\n').map(line).join('<br>');
  return shown === '' ? '' : `<code>${shown}</code>`;
}

/** Lines of a snippet keep how far they are moved in. */
function line(text: string): string {
  const [blanks] = /^ */.exec(text)!;
  return `${'&nbsp;'.repeat(blanks.length)}${inert(text)}`;
}

/** Beside what {@link cell} escapes: what makes links (GFM §6.9), mentions, references to issues, formulas. */
function inert(text: string): string {
  return cell(text).replace(/[@:~$]|#(?!\d+;)|(?<=[wW])\./g, (sign) => `&#${sign.charCodeAt(0)};`);
}
