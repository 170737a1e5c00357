import type { RegistryDeclaration } from '../declaration/model';
import { shellQuoted } from '../declaration/shell-word';
import type { AddedSetting } from './overlay';
import { overlaySettings } from './overlay';
import { releaseValues } from './release-values';
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
  const { gitea, others } = releaseValues(declaration);
  return [
    ...overlaySettings(declaration, added).map(
      (setting) => `--set-string ${shellQuoted(helmSetWord(setting))}\n`,
    ),
    ...valueLeaves({ gitea, ...others }).map(leafLine),
  ].join('');
}

/**
 * A value beside the settings. `--set-json` replaces a list whole, where an index would keep the rest of the base's; and it
 * makes a number what a values file makes of it, which older charts compare with one.
 */
function leafLine({ path, value }: ValueLeaf): string {
  const keys = path.map((step) => escaped(step, IN_KEY)).join('.');
  const [option, word] =
    typeof value === 'string'
      ? ['--set-string', escaped(value, IN_VALUE)]
      : ['--set-json', JSON.stringify(value)];
  return `${option} ${shellQuoted(`${keys}=${word}`)}\n`;
}

/** One setting as helm reads it behind `--set-string`: `gitea.config.<section>.<KEY>=<value>`. */
export function helmSetWord({ section, key, value }: AddedSetting): string {
  return `gitea.config.${escaped(section, IN_KEY)}.${escaped(key, IN_KEY)}=${escaped(value, IN_VALUE)}`;
}

function escaped(text: string, meaningful: RegExp): string {
  return text.replace(meaningful, '\\$&');
}
