import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { sopsSetLines } from '../../src/delivery/sops-set';
import { overlaySettings } from '../../src/delivery/overlay';
import { registryCase } from '../support/registries';
import type { Setting } from '../support/settings';
import { settings } from '../support/settings';
import { shellWords } from '../support/shell-words';

const FILE = 'helm/gitea-values.sops.yaml';
const declaration = registryCase('minimal').registry._toDeclaration();

const HARD: Setting[] = [
  ["it's", "''"],
  ['a\\nb', '\\'],
  ['"$(id)" `id` $HOME', '!!'],
  ['é 🙂 中', ''],
  ['-1', '%s\\t'],
].flatMap((values, row) =>
  values.map((value, column) => ({ section: `ui.x${row}`, key: `KEY${column}`, value })),
);

/** What the words of one line set. */
function settingOf([program, verb, file, index, value, ...rest]: readonly string[]): Setting {
  expect([program, verb, file, rest]).toEqual(['sops', 'set', FILE, []]);
  const steps = index
    .slice(1, -1)
    .split('][')
    .map((step) => JSON.parse(step));
  expect(index).toBe(steps.map((step) => `[${JSON.stringify(step)}]`).join(''));
  expect(steps.slice(0, 2)).toEqual(['gitea', 'config']);
  expect(steps).toHaveLength(4);
  return { section: steps[2], key: steps[3], value: JSON.parse(value) };
}

const lines = (added: readonly Setting[]): string[] => {
  const text = sopsSetLines(declaration, FILE, added);
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
};

const expected = (added: readonly Setting[]): Setting[] =>
  overlaySettings(declaration, added).map(({ section, key, value }) => ({ section, key, value }));

it('gives one line for each setting of the overlay, owned ones included', () => {
  expect(lines([])).toContain(
    `sops set ${FILE} '["gitea"]["config"]["packages"]["ENABLED"]' '"true"'`,
  );
  expect(lines([])).toContain(
    `sops set ${FILE} '["gitea"]["config"]["repository"]["DISABLED_REPO_UNITS"]' '""'`,
  );
  expect(lines([])).toHaveLength(8);
  expect(sopsSetLines(declaration, FILE)).toBe(sopsSetLines(declaration, FILE, []));
});

it('gives lines whose words are file, index and value as JSON', () => {
  expect(lines(HARD).map((line) => settingOf(shellWords(line)))).toEqual(expected(HARD));
  fc.assert(
    fc.property(settings, (added) => {
      expect(lines(added).map((line) => settingOf(shellWords(line)))).toEqual(expected(added));
    }),
    { numRuns: 40 },
  );
});

it('gives lines that a real shell splits the same way', () => {
  const added = [...HARD, ...fc.sample(settings, 30).flat()].filter(
    ({ section, key }, index, all) =>
      all.findIndex((one) => one.section === section && one.key === key) === index,
  );
  const script = `sops() { printf '%s\\0' sops "$@"; printf '\\n\\0'; }\n${sopsSetLines(declaration, FILE, added)}`;
  const output = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  const words = output.split('\n\0').filter((line) => line !== '');
  expect(words.map((line) => settingOf(line.split('\0').slice(0, -1)))).toEqual(expected(added));
});
