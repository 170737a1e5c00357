import type { RegistryDeclaration } from '../declaration/model';
import { shellQuoted } from '../declaration/shell-word';
import type { AddedSetting } from './overlay';
import { overlayValues } from './overlay-values';
import type { ValueLeaf } from './value-leaves';
import { valueLeaves } from './value-leaves';

/** What ends or splits a word of helm's `--set` grammar; a backslash keeps the next character (helm.sh/docs/intro/using_helm). */
const IN_KEY = /[\\.,=[]/g;

/** As {@link IN_KEY}; a value is a list where a brace opens it. */
const IN_VALUE = /[\\,]|^\{/g;

/**
 * The overlay as arguments of `helm upgrade`, for a release that is upgraded without a file of its own: a line is
 * `--set-string` (or `--set-json`) and one single-quoted word, which a POSIX shell and `xargs` read alike. `--set-string`, because `--set`
 * makes numbers, booleans and null of a value. helm lets these arguments win over every `-f`.
 */
export function helmSetLines(
  declaration: RegistryDeclaration,
  added: readonly AddedSetting[] = [],
): string {
  return valueLeaves(overlayValues(declaration, added))
    .map((leaf) => {
      const option = typeof leaf.value === 'string' ? '--set-string' : '--set-json';
      return `${option} ${shellQuoted(helmSetWord(leaf))}\n`;
    })
    .join('');
}

/**
 * One value as helm reads it: text behind `--set-string`, `gitea.config.<section>.<KEY>=<value>`, anything else behind
 * `--set-json`. That replaces a list whole, where an index would keep the rest of the base's; and it makes a number what a
 * values file makes of it, which older charts compare with one.
 */
export function helmSetWord({ path, value }: ValueLeaf): string {
  const keys = path.map((step) => escaped(step, IN_KEY)).join('.');
  const word = typeof value === 'string' ? escaped(value, IN_VALUE) : JSON.stringify(value);
  return `${keys}=${word}`;
}

function escaped(text: string, meaningful: RegExp): string {
  return text.replace(meaningful, '\\$&');
}
