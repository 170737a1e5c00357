import type { RegistryDeclaration } from '../declaration/model';
import { shellQuoted } from '../declaration/shell-word';
import type { AddedSetting } from './overlay';
import { overlaySettings } from './overlay';

/** What ends or splits a word of helm's `--set` grammar; a backslash keeps the next character (helm.sh/docs/intro/using_helm). */
const IN_KEY = /[\\.,=[]/g;

/** As {@link IN_KEY}; a value is a list where a brace opens it. */
const IN_VALUE = /[\\,]|^\{/g;

/**
 * The overlay as arguments of `helm upgrade`, for a release that is upgraded without a file of its own: a line is
 * `--set-string` and one single-quoted word, which a POSIX shell and `xargs` read alike. `--set-string`, because `--set`
 * makes numbers, booleans and null of a value. helm lets these arguments win over every `-f`.
 */
export function helmSetLines(
  declaration: RegistryDeclaration,
  added: readonly AddedSetting[] = [],
): string {
  return overlaySettings(declaration, added)
    .map((setting) => `--set-string ${shellQuoted(helmSetWord(setting))}\n`)
    .join('');
}

/** One setting as helm reads it behind `--set-string`: `gitea.config.<section>.<KEY>=<value>`. */
export function helmSetWord({ section, key, value }: AddedSetting): string {
  return `gitea.config.${escaped(section, IN_KEY)}.${escaped(key, IN_KEY)}=${escaped(value, IN_VALUE)}`;
}

function escaped(text: string, meaningful: RegExp): string {
  return text.replace(meaningful, '\\$&');
}
