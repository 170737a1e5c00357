import type { Check, Severity } from './check';

const SEVERITY: { readonly [severity in Severity]: string } = {
  error: 'Error',
  warning: 'Warning',
  info: 'Note',
};

/** What a code means, as Markdown without a heading: the text of `explain` and of its section in `docs/checks.md`. */
export function explanation(check: Check): string {
  return [
    `**${check.title}** (${check.slug})`,
    '',
    `${SEVERITY[check.severity]}${check.gate === undefined ? '' : `; concerns: ${check.gate}`}.`,
    '',
    `**Why.** ${sentence(check.why)}`,
    '',
    '**How it shows**',
    '',
    ...check.shows.map((line) => `- ${line}`),
    '',
    `**Mend it.** ${sentence(check.fix)}`,
    '',
    ...(check.unseen === undefined
      ? []
      : [`**Not seen from outside.** ${sentence(check.unseen)}`, '']),
    '**Read on**',
    '',
    ...check.links.map((link) => `- <${link}>`),
    '',
  ].join('\n');
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** `docs/checks.md`: one heading a code. */
export function checksPage(checks: readonly Check[]): string {
  return [
    '# Checks',
    '',
    'One code is one truth about a registry: the constructs, the validation plugin, `gitea-registry check` and every',
    'message speak of it by the same code. `gitea-registry explain REGnnn` prints a section of this page.',
    '',
    'This page is generated from `src/rules/` (`npm run generate`).',
    '',
    ...checks.flatMap((check) => [`## ${check.code}`, '', explanation(check)]),
  ].join('\n');
}
