import type { Grammar } from '../../src/declaration/grammar';
import { matches } from '../../src/declaration/grammar';
import type { Problem } from '../../src/declaration/problem';
import { describeProblem } from '../../src/declaration/problem';
import type { Schema } from '../../src/declaration/schema';
import {
  arranged,
  integer,
  list,
  map,
  object,
  oneOf,
  optional,
  text,
  yesOrNo,
} from '../../src/declaration/schema';

const WORD: Grammar = {
  allowed: 'must be a word',
  code: 'REG111',
  pattern: /^[a-z0-9]+$/,
  maxLength: 50,
  accepts: (word) => word !== 'never',
};

const TOKEN = '0123456789abcdef0123456789abcdef01234567';

/** The sentences about `value`, as people read them. */
function sentences<T>(schema: Schema<T>, value: unknown, path = 'x'): string[] {
  const problems: Problem[] = [];
  schema.check(value, path, problems);
  return problems.map(describeProblem);
}

describe('a grammar', () => {
  it('is its length, its pattern and what the pattern cannot say', () => {
    expect(matches(WORD, 'word')).toBe(true);
    expect(matches(WORD, 'Word')).toBe(false);
    expect(matches(WORD, 'never')).toBe(false);
    expect(matches(WORD, 'z'.repeat(50))).toBe(true);
    expect(matches(WORD, 'z'.repeat(51))).toBe(false);
    expect(matches({ allowed: '', code: '', pattern: /^z*$/ }, 'z'.repeat(9999))).toBe(true);
  });
});

describe('text', () => {
  it.each([
    ['word', []],
    ['Word', ["x 'Word' must be a word (REG111)"]],
    ['never', ["x 'never' must be a word (REG111)"]],
    [5, ['x 5 must be a word (REG660)']],
    [null, ['x null must be a word (REG660)']],
    [undefined, ['x is missing: it must be a word (REG660)']],
    [
      TOKEN,
      [
        'x ‹redacted›, 40 characters, looks like a credential; it must be a word. Credentials stay in a Secret (REG544)',
      ],
    ],
  ])('says of %j: %j', (value, said) => {
    expect(sentences(text(WORD), value)).toEqual(said);
  });

  it('lets a revision pass where one belongs, and no other credential', () => {
    const revision = text({ ...WORD, pattern: /^.*$/, holdsRevision: true });
    expect(sentences(revision, TOKEN)).toEqual([]);
    expect(sentences(revision, `token=${TOKEN}`)).toHaveLength(1);
  });

  it('never shows a value that a name beside it may make a secret', () => {
    const hidden = text({ ...WORD, hidden: true });
    expect(sentences(hidden, 'Hunter 2')).toEqual(['x must be a word (REG111)']);
    expect(sentences(hidden, 4711)).toEqual(['x must be a word (REG660)']);
    expect(sentences(hidden, undefined)).toEqual(['x is missing: it must be a word (REG660)']);
    expect(sentences(hidden, 'hunter2')).toEqual([]);
  });

  it('is the same as JSON Schema: pattern, length and what is allowed', () => {
    expect(text(WORD).json()).toEqual({
      type: 'string',
      pattern: '^[a-z0-9]+$',
      maxLength: 50,
      description: 'must be a word',
    });
    expect(text({ allowed: 'a', code: 'b', pattern: /c/ }).json()).not.toHaveProperty('maxLength');
  });
});

describe('integer', () => {
  it.each([
    [1, []],
    [3, []],
    [0, ['x 0 must be a whole number from 1 to 3 (REG220)']],
    [4, ['x 4 must be a whole number from 1 to 3 (REG220)']],
    [1.5, ['x 1.5 must be a whole number from 1 to 3 (REG220)']],
    [NaN, ['x NaN must be a whole number from 1 to 3 (REG220)']],
    ['2', ["x '2' must be a whole number from 1 to 3 (REG660)"]],
    [undefined, ['x is missing: it must be a whole number from 1 to 3 (REG660)']],
  ])('says of %j: %j', (value, said) => {
    expect(sentences(integer(1, 3, 'REG220'), value)).toEqual(said);
  });

  it('breaks the form of the declaration where no code is given', () => {
    expect(sentences(integer(1, 3), 9)).toEqual([
      'x 9 must be a whole number from 1 to 3 (REG660)',
    ]);
    expect(integer(1, 3).json()).toEqual({ type: 'integer', minimum: 1, maximum: 3 });
  });
});

it('oneOf takes its words only and lists them', () => {
  const choice = oneOf('yes', 'no');
  expect(sentences(choice, 'no')).toEqual([]);
  expect(sentences(choice, 'No')).toEqual(["x 'No' must be 'yes' or 'no' (REG660)"]);
  expect(sentences(choice, undefined)).toEqual(["x is missing: it must be 'yes' or 'no' (REG660)"]);
  expect(choice.json()).toEqual({ enum: ['yes', 'no'] });
});

it('yesOrNo takes booleans only', () => {
  expect(sentences(yesOrNo, false)).toEqual([]);
  expect(sentences(yesOrNo, 'true')).toEqual(["x 'true' must be true or false (REG660)"]);
  expect(sentences(yesOrNo, undefined)).toEqual([
    'x is missing: it must be true or false (REG660)',
  ]);
  expect(yesOrNo.json()).toEqual({ type: 'boolean' });
});

describe('list', () => {
  const words = list(text(WORD), 3, 1);

  it.each([
    [['a', 'b'], []],
    [[], ['x a list of 0 must have 1 to 3 entries (REG660)']],
    [['a', 'b', 'c', 'd'], ['x a list of 4 must have 1 to 3 entries (REG660)']],
    [
      ['a', 'B', 1],
      ["x[1] 'B' must be a word (REG111)", 'x[2] 1 must be a word (REG660)'],
    ],
    [{ length: 1 }, ['x an object must be a list (REG660)']],
    ['a', ["x 'a' must be a list (REG660)"]],
    [undefined, ['x is missing: it must be a list (REG660)']],
  ])('says of %j: %j', (value, said) => {
    expect(sentences(words, value)).toEqual(said);
  });

  it('may be empty where nothing else is said', () => {
    expect(sentences(list(text(WORD), 3), [])).toEqual([]);
    expect(words.json()).toMatchObject({ type: 'array', minItems: 1, maxItems: 3 });
  });
});

describe('map', () => {
  const numbers = map(WORD, integer(1, 3), 2);

  it.each([
    [{}, []],
    [{ a: 1, b: 3 }, []],
    [{ a: 9 }, ['x.a 9 must be a whole number from 1 to 3 (REG660)']],
    [{ A: 1 }, ["x key 'A' must be a word (REG111)"]],
    [{ a: 1, b: 1, c: 1 }, ['x an object with 3 entries must have at most 2 (REG660)']],
    [[1], ['x a list must be an object (REG660)']],
    [null, ['x null must be an object (REG660)']],
    [undefined, ['x is missing: it must be an object (REG660)']],
    [JSON.parse('{"__proto__": 1}'), ["x key '__proto__' must be a word (REG111)"]],
  ])('says of %j: %j', (value, said) => {
    expect(sentences(numbers, value)).toEqual(said);
  });

  it('shows neither a credential as key nor what stands at it', () => {
    const [key, member, ...more] = sentences(map(WORD, text(WORD), 2), {
      [TOKEN]: 'password=hunter2',
    });
    expect(key).toMatch(
      /^x key ‹redacted›, 40 characters, looks like a credential; it must be a word/,
    );
    expect(member).toMatch(
      /^‹redacted› ‹redacted›, 16 characters, looks like a credential; it must/,
    );
    expect(more).toEqual([]);
  });

  it('is sorted in canonical order', () => {
    expect(Object.keys(arranged(numbers, { b: 1, a: 2, '0z': 3 }))).toEqual(['0z', 'a', 'b']);
    expect(numbers.json()).toMatchObject({
      type: 'object',
      maxProperties: 2,
      propertyNames: { pattern: '^[a-z0-9]+$' },
      additionalProperties: { type: 'integer' },
    });
  });
});

describe('object', () => {
  interface Pair {
    readonly first: string;
    readonly second?: number;
    readonly third?: { readonly inner: string[] };
  }
  const pair = object<Pair>({
    first: text(WORD),
    second: optional(integer(1, 3)),
    third: optional(object<{ readonly inner: string[] }>({ inner: list(text(WORD), 3) })),
  });
  const KNOWN = 'is not a known field; known here: first, second, third';

  it.each([
    [{ first: 'a' }, []],
    [{ first: 'a', second: 2, third: { inner: ['a'] } }, []],
    [{ first: 'a', second: undefined }, []],
    [{}, ['x.first is missing: it must be a word (REG660)']],
    [
      { first: 'A', second: 9 },
      [
        "x.first 'A' must be a word (REG111)",
        'x.second 9 must be a whole number from 1 to 3 (REG660)',
      ],
    ],
    [{ first: 'a', second: null }, ['x.second null must be a whole number from 1 to 3 (REG660)']],
    [
      { first: 'a', third: { inner: ['a', 'B'] } },
      ["x.third.inner[1] 'B' must be a word (REG111)"],
    ],
    [{ first: 'a', fourth: 'hunter2' }, [`x.fourth ${KNOWN} (REG660)`]],
    [{ first: 'a', 'a b': 1 }, [`x["a b"] ${KNOWN} (REG660)`]],
    [{ first: 'a', 'a\nb': 1 }, [`x["a\\u000ab"] ${KNOWN} (REG660)`]],
    [{ first: 'a', [TOKEN]: 1 }, [`‹redacted› ${KNOWN} (REG660)`]],
    [{ first: 'a', [`\b${TOKEN}`]: 1 }, [`‹redacted› ${KNOWN} (REG660)`]],
    [{ first: 'a', 'Bearer\tabcdefghijklmnopqrst': 1 }, [`‹redacted› ${KNOWN} (REG660)`]],
    [{ first: 'a', toString: 1 }, [`x.toString ${KNOWN} (REG660)`]],
    [JSON.parse('{"first":"a","__proto__":{"second":9}}'), [`x.__proto__ ${KNOWN} (REG660)`]],
    [Object.create({ first: 'a' }), ['x.first is missing: it must be a word (REG660)']],
    [['a'], ['x a list must be an object (REG660)']],
    [undefined, ['x is missing: it must be an object (REG660)']],
  ])('says of %j: %j', (value, said) => {
    expect(sentences(pair, value)).toEqual(said);
  });

  it('is called the declaration where it has no path', () => {
    expect(sentences(pair, 'a', '')).toEqual(["the declaration 'a' must be an object (REG660)"]);
    expect(sentences(pair, {}, '')).toEqual(['first is missing: it must be a word (REG660)']);
    expect(sentences(pair, { first: 'a', 'a b': 1 }, '')).toEqual([`["a b"] ${KNOWN} (REG660)`]);
  });

  it('has its fields in declared order, without those that are absent', () => {
    const shuffled = { third: { inner: [] }, second: undefined, first: 'a' };
    expect(Object.entries(arranged(pair, shuffled))).toEqual([
      ['first', 'a'],
      ['third', { inner: [] }],
    ]);
  });

  it('is closed in JSON Schema, with its mandatory fields named', () => {
    expect(pair.json()).toMatchObject({
      type: 'object',
      required: ['first'],
      additionalProperties: false,
    });
  });
});
