import fc from 'fast-check';
import { INI_KEY, INI_SECTION, INI_VALUE } from '../../src/declaration/app-ini';
import { matches } from '../../src/declaration/grammar';
import { carriesCredential, isSecretKey } from '../../src/declaration/secret-keys';
import { anyText } from './any-text';

/** A setting as `addConfig` takes it. */
export interface Setting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** Words YAML 1.1 reads as something else than text, and shapes that look like numbers. */
const WORDS = ['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null', 'nan', 'inf'];

/** `e1` is left out: the `yaml` package alone reads it as a number in its 1.1 mode, against YAML 1.1 and helm. */
const word = fc
  .oneof(fc.constantFrom(...WORDS), fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/))
  .filter((text) => !/^e[0-9]+$/.test(text));

const section = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .chain((words) => fc.constantFrom('.', '_', '-').map((separator) => words.join(separator)))
  .filter((text) => matches(INI_SECTION, text));

const key = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map((words) => words.join('_').toUpperCase())
  .filter((text) => matches(INI_KEY, text));

/** Values that a careless printer of YAML gets wrong. */
const TRAPS = [
  '',
  '-1',
  '1000000',
  '1e6',
  '0x1F',
  '0o17',
  '017',
  '1_000',
  '12:30:45',
  '2001-12-14',
  '.inf',
  '~',
  'yes',
  'No',
  '<<',
  '=',
  '# no comment',
  'a: b',
  'a #b',
  '- a',
  '[a]',
  '{a: b}',
  '&a *a',
  '!!int 3',
  '|',
  '>',
  '%TAG',
  '@a',
  '`a',
  "it's",
  'a "quoted" word',
  'C:\\temp\\n',
  '{{ .Values.x }}',
  '$(id) ${HOME}',
  'é 🙂 中',
];

const value = fc
  .oneof(
    fc.constantFrom(...TRAPS),
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    anyText({ maxLength: 20 }),
    fc.integer().map(String),
    fc.double().map(String),
  )
  .filter((text) => matches(INI_VALUE, text));

/** A value app.ini can hold, whatever it looks like in YAML, JSON or a shell. */
export const iniValue = value;

/** A setting `addConfig` accepts that is none of the keys a minimal declaration writes. */
export const setting: fc.Arbitrary<Setting> = fc
  .record({ section, key, value })
  .filter(
    ({ section: name, key: option, value: text }) =>
      !['server', 'packages', 'repository'].includes(name) &&
      !isSecretKey(name, option) &&
      !carriesCredential(name, text),
  );

/** Settings of different keys. */
export const settings = fc.uniqueArray(setting, {
  maxLength: 12,
  selector: (one) => `${one.section}.${one.key}`,
});
