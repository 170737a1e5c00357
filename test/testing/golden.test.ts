import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chart } from 'cdk8s';
import { ApiObject } from 'cdk8s';
import { expectGolden } from 'cdk8s-gitea-registry/testing/golden';
import { emptyChart } from '../support/registries';
import { environmentVariable, temporaryFolder } from '../support/temporary';
import { messageOf, thrown } from '../support/thrown';

const folder = temporaryFolder();
const updateGolden = environmentVariable('UPDATE_GOLDEN');
const file = (): string => join(folder(), 'deep', 'chart.yaml');

function chart(...names: string[]): Chart {
  const made = emptyChart();
  for (const name of names) {
    new ApiObject(made, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  }
  return made;
}

const TEXT = `apiVersion: v1
kind: ConfigMap
metadata:
  name: one
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: two
`;

function write(text: string): void {
  mkdirSync(join(folder(), 'deep'));
  writeFileSync(file(), text);
}

it('passes when the chart renders the file', () => {
  write(TEXT);
  expect(() => expectGolden(chart('one', 'two'), file())).not.toThrow();
});

it('writes the file, with its folder, when UPDATE_GOLDEN is set', () => {
  updateGolden('1');
  expectGolden(chart('one', 'two'), file());
  expect(readFileSync(file(), 'utf8')).toBe(TEXT);
  updateGolden(undefined);
  expect(() => expectGolden(chart('one', 'two'), file())).not.toThrow();
});

it('does not write when UPDATE_GOLDEN is empty', () => {
  updateGolden('');
  expect(() => expectGolden(chart('one'), file())).toThrow();
  expect(existsSync(file())).toBe(false);
});

it('names the first line that differs, with both forms of it', () => {
  write(TEXT);
  expect(messageOf(() => expectGolden(chart('one', 'three'), file()))).toBe(
    [
      `'${file()}' differs at line 9; review it, then UPDATE_GOLDEN=1 accepts the new rendering`,
      '-   name: two',
      '+   name: three',
    ].join('\n'),
  );
});

it('names the end where the file is longer', () => {
  write(`${TEXT}more\n`);
  expect(messageOf(() => expectGolden(chart('one', 'two'), file()))).toContain(
    'differs at line 10; review it, then UPDATE_GOLDEN=1 accepts the new rendering\n- more\n+ ',
  );
});

it('names the end where the rendering is over first', () => {
  write(`${TEXT}\n`);
  expect(messageOf(() => expectGolden(chart('one', 'two'), file()))).toMatch(
    /differs at line 11;.*\n- \n\+ \(end of file\)$/,
  );
});

it('names the end where the rendering is longer or the file lacks its last line end', () => {
  write(TEXT.slice(0, TEXT.indexOf('---')));
  expect(messageOf(() => expectGolden(chart('one', 'two'), file()))).toMatch(
    /differs at line 5;.*\n- \n\+ ---$/,
  );
  writeFileSync(file(), TEXT.trimEnd());
  expect(messageOf(() => expectGolden(chart('one', 'two'), file()))).toMatch(
    /differs at line 10;.*\n- \(end of file\)\n\+ $/,
  );
});

it('tells how to make the file where there is none, and keeps the cause', () => {
  const error = thrown(() => expectGolden(chart('one'), file()));
  expect(error.message).toBe(
    `golden file '${file()}' cannot be read; write it with UPDATE_GOLDEN=1`,
  );
  expect(error.cause).toMatchObject({ code: 'ENOENT' });
});

it('runs the validations of the chart', () => {
  const invalid = chart('one');
  invalid.node.addValidation({ validate: () => ['not like this'] });
  updateGolden('1');
  expect(() => expectGolden(invalid, file())).toThrow(/not like this/);
  expect(existsSync(file())).toBe(false);
});
