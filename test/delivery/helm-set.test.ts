import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { helmSetLines, helmSetWord } from '../../src/delivery/helm-set';
import type { ValueLeaf } from '../../src/delivery/value-leaves';
import { overlaySettings } from '../../src/delivery/overlay';
import { registryCase } from '../support/registries';
import type { Setting } from '../support/settings';
import { setting, settings } from '../support/settings';
import { shellWords } from '../support/shell-words';

type Config = { readonly [name: string]: unknown };

/** What real helm made of arguments: of ours, and of others that show the grammar. */
const recorded: {
  readonly settings: readonly (Setting & { readonly argument: string; readonly made: Config })[];
  /** `made` is null where helm refuses the argument. */
  readonly arguments: readonly { readonly argument: string; readonly made: Config | null }[];
} = JSON.parse(readFileSync(join(__dirname, '../vectors/helm-set.json'), 'utf8'));

const declaration = registryCase('minimal').registry._toDeclaration();

/** Text up to an unescaped character of `ends`, and that character; a backslash keeps the next one. */
function untilOneOf(text: string, from: number, ends: string): [string, number] {
  let read = '';
  let at = from;
  for (; at < text.length && !ends.includes(text[at]); at += 1) {
    at += Number(text[at] === '\\');
    read += text[at] ?? '';
  }
  return [read, at];
}

/** `gitea.config` as helm reads `--set-string`: several settings, lists in braces, escapes; indices are left out. */
function helmReads(argument: string): Config | null {
  const root: { [name: string]: unknown } = {};
  for (let at = 0; at < argument.length; at += 1) {
    let map = root;
    let name: string;
    [name, at] = untilOneOf(argument, at, '=,.');
    for (; argument[at] === '.'; [name, at] = untilOneOf(argument, at + 1, '=,.')) {
      map = (map[name] ??= {}) as typeof root;
    }
    if (argument[at] !== '=') {
      return null;
    }
    if (argument[at + 1] !== '{') {
      [map[name], at] = untilOneOf(argument, at + 1, ',');
      continue;
    }
    const list: string[] = [];
    do {
      const [item, end] = untilOneOf(argument, at + (list.length === 0 ? 2 : 1), ',}');
      list.push(item);
      at = end;
    } while (argument[at] === ',');
    if (at >= argument.length) {
      return null;
    }
    map[name] = list;
    at += 1;
  }
  return (root.gitea as { readonly config: Config }).config;
}

const leafOf = ({ section, key, value }: Setting): ValueLeaf => ({
  path: ['gitea', 'config', section, key],
  value,
});

const configOf = (all: readonly Setting[]): Config => {
  const config: { [section: string]: { [key: string]: string } } = {};
  for (const { section, key, value } of all) {
    (config[section] ??= {})[key] = value;
  }
  return config;
};

it.each(recorded.settings)(
  'writes the argument real helm made the setting of: $argument',
  ({ argument, made, ...one }) => {
    expect(helmSetWord(leafOf(one))).toBe(argument);
    expect(made).toEqual(configOf([one]));
  },
);

it.each([...recorded.arguments, ...recorded.settings])(
  'is proved here by a reader that agrees with real helm on $argument',
  ({ argument, made }) => {
    expect(helmReads(argument)).toEqual(made);
  },
);

it('writes arguments helm reads back as the setting, whatever the value looks like', () => {
  const meaningful = fc.array(fc.constantFrom(...'\\,=.{}[]\'" a'), { maxLength: 12 });
  fc.assert(
    fc.property(setting, meaningful, (one, characters) => {
      for (const value of [one.value, characters.join('')]) {
        expect(helmReads(helmSetWord(leafOf({ ...one, value })))).toEqual(
          configOf([{ ...one, value }]),
        );
      }
    }),
  );
});

it('gives one line for each setting of the overlay, its words ready for helm upgrade', () => {
  expect(helmSetLines(declaration)).toContain(
    "--set-string 'gitea.config.repository.DISABLED_REPO_UNITS='\n",
  );
  fc.assert(
    fc.property(settings, (added) => {
      const lines = helmSetLines(declaration, added).split('\n');
      expect(lines.pop()).toBe('');
      const read = lines.map((line) => {
        const [option, word, ...rest] = shellWords(line);
        expect([option, rest]).toEqual(['--set-string', []]);
        return helmReads(word);
      });
      expect(read).toEqual(overlaySettings(declaration, added).map((one) => configOf([one])));
    }),
    { numRuns: 40 },
  );
});

it('gives lines that bash and xargs split the same way', () => {
  const added = recorded.settings;
  const lines = helmSetLines(declaration, added);
  const expected = overlaySettings(declaration, added).flatMap((one) => [
    '--set-string',
    helmSetWord(leafOf(one)),
  ]);
  const words = (output: string): string[] => output.split('\0').slice(0, -1);
  const script = `printf '%s\\0' ${lines.replaceAll('\n', ' ')}`;
  const bash = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  const xargs = execFileSync('xargs', ['printf', '%s\\0'], { encoding: 'utf8', input: lines });
  expect(words(bash)).toEqual(expected);
  expect(words(xargs)).toEqual(expected);
});
