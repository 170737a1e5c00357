import { INI_VALUE } from '../../declaration/app-ini';
import { isWellFormed } from '../../declaration/grammar';
import { readBack } from '../read/ini';
import type { Violation } from '../rule';
import { withoutTrailing } from '../read/without-trailing';

/** Why a text below `gitea.config` does not reach app.ini as it stands. */
export type TextFault = Pick<Violation, 'observed' | 'expected' | 'why' | 'fix'>;

/** What is wrong with a text; undefined when Gitea reads it as written. The text itself, perhaps a secret, is not told. */
export function textFault(text: string): TextFault | undefined {
  // A block scalar ends with a line break; empty lines are passed over.
  const value = withoutTrailing(text, '\n');
  if (value.includes('\n')) {
    return {
      observed: `a text of ${value.split('\n').length} lines`,
      expected: 'one line',
      why: 'each line is taken for a setting of its own; a line without `=` ends the init container',
      fix: 'write it in one line; where the setting wants several, mount a file and name it',
    };
  }
  if (readBack(value) !== value.trim()) {
    return {
      observed: 'a text that begins and ends with the same quote',
      expected: 'the text without quotes of its own',
      why: 'app.ini keeps the quotes and its reader drops them: what Gitea reads is not what stands here',
      fix: 'leave out the inner quotes',
    };
  }
  return holdsLostCharacters(value)
    ? {
        observed: 'a text with control or separator characters',
        expected: 'plain characters',
        why: 'U+2028 breaks the rendering of the section; over others helm drops the whole `gitea.config` and still exits 0',
        fix: 'delete the invisible character; typing the value anew is the quickest way',
      }
    : undefined;
}

/** Characters the declaration's own grammar refuses, blanks and quotes at the ends aside. */
function holdsLostCharacters(value: string): boolean {
  return !isWellFormed(value) || !INI_VALUE.pattern.test(`x${value.replaceAll('\t', ' ')}x`);
}
