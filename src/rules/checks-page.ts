import type { Rule, Severity } from './rule';

const SEVERITY: { readonly [severity in Severity]: string } = {
  error: 'Error',
  warning: 'Warning',
  info: 'Note',
};

/** What a code means, as Markdown without a heading: the text of `explain` and of its section in `docs/checks.md`. */
export function explanation(rule: Rule): string {
  return [
    `**${rule.title}** (${rule.slug})`,
    '',
    `${SEVERITY[rule.severity]}${rule.gate === undefined ? '' : `; concerns: ${rule.gate}`}.`,
    '',
    `**Why.** ${sentence(rule.why)}`,
    '',
    '**How it shows**',
    '',
    ...rule.shows.map((line) => `- ${line}`),
    '',
    `**Mend it.** ${sentence(rule.fix)}`,
    '',
    '**Read on**',
    '',
    ...rule.links.map((link) => `- <${link}>`),
    '',
  ].join('\n');
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** `docs/checks.md`: one heading a code. */
export function checksPage(rules: readonly Rule[]): string {
  return [
    '# Checks',
    '',
    'One code is one truth about a registry: the constructs, the validation plugin, `gitea-registry check` and every',
    'message speak of it by the same code. `gitea-registry explain REGnnn` prints a section of this page.',
    '',
    'This page is generated from `src/rules/` (`npm run generate`).',
    '',
    ...rules.flatMap((rule) => [`## ${rule.code}`, '', explanation(rule)]),
  ].join('\n');
}
