import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  DeclarationError,
  describeProblem,
  escapeControls,
  quote,
  refuse,
} from '../../src/declaration/problem';
import { anyText } from '../support/any-text';
import { thrown } from '../support/thrown';

const TOKEN = '0123456789abcdef0123456789abcdef01234567';

describe('quote', () => {
  it.each([
    ['git.example.org', "'git.example.org'"],
    ['', "''"],
    [42, '42'],
    [-0.5, '-0.5'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [12n, '12'],
    [[1, 2], 'a list'],
    [{ password: 'hunter2' }, 'an object'],
    [() => 'hunter2', 'a function'],
    [Symbol('hunter2'), 'a symbol'],
    [TOKEN, '‹redacted›, 40 characters,'],
    ['see password=hunter2', '‹redacted›, 20 characters,'],
    ['AKIAEXAMPLE:hunter2@s3.example.org', '‹redacted›, 34 characters,'],
    ['alpine:3@sha256:abc', "'alpine:3@sha256:abc'"],
    ['git@git.example.org:owner/repo', "'git@git.example.org:owner/repo'"],
    ['a\nb\u001b[31m', "'a\\u000ab\\u001b[31m'"],
  ])('shows %p as %s', (value, shown) => {
    expect(quote(value)).toBe(shown);
  });

  it('cuts a long text after 120 characters and says so', () => {
    expect(quote('z'.repeat(120))).toBe(`'${'z'.repeat(120)}'`);
    expect(quote('z'.repeat(121))).toBe(`'${'z'.repeat(120)}…'`);
  });

  it('shows nothing of a long text whose credential lies behind the cut or across it', () => {
    for (const before of [100, 121, 500]) {
      expect(quote('z'.repeat(before) + TOKEN)).toBe(`‹redacted›, ${before + 40} characters,`);
    }
  });
});

describe('escapeControls', () => {
  it('makes every text one line that moves no cursor and turns no direction', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(escapeControls(text)).not.toMatch(
          // eslint-disable-next-line no-control-regex
          /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['\r\n', '\\u000d\\u000a'],
    ['\u0000', '\\u0000'],
    ['\u007f\u009f', '\\u007f\\u009f'],
    ['\u2028\u2029', '\\u2028\\u2029'],
    ['\u200e\u200f\u202a\u202e\u2066\u2069', '\\u200e\\u200f\\u202a\\u202e\\u2066\\u2069'],
    ['Zürich 備份 😀', 'Zürich 備份 😀'],
  ])('writes %j as %s', (text, escaped) => {
    expect(escapeControls(text)).toBe(escaped);
  });
});

describe('describeProblem', () => {
  it('names path, value, what is allowed, and the code at the end', () => {
    const problem = { path: 'host', value: 'GIT', allowed: 'must be lower case', code: 'REG111' };
    expect(describeProblem(problem)).toBe("host 'GIT' must be lower case (REG111)");
  });

  it('shows no value when there is none, and undefined when that is the value', () => {
    expect(describeProblem({ path: 'a', allowed: 'is missing', code: 'REG660' })).toBe(
      'a is missing (REG660)',
    );
    expect(
      describeProblem({ path: 'a', value: undefined, allowed: 'must be set', code: 'REG660' }),
    ).toBe('a undefined must be set (REG660)');
  });

  it('hides a path that holds a credential and escapes one that holds a line break', () => {
    expect(
      describeProblem({ path: `owners.${TOKEN}`, allowed: 'is unknown', code: 'REG660' }),
    ).toBe('‹redacted› is unknown (REG660)');
    expect(describeProblem({ path: 'a\nb', allowed: 'is unknown', code: 'REG660' })).toBe(
      'a\\u000ab is unknown (REG660)',
    );
  });
});

describe('DeclarationError', () => {
  const problems = [
    { path: 'host', value: 'X', allowed: 'must be lower case', code: 'REG111' },
    { path: 'owners[0].name', value: TOKEN, allowed: 'looks like a credential', code: 'REG544' },
  ];

  it('has one line for each problem and the code of the first', () => {
    const error = new DeclarationError(problems);
    expect(error.message.split('\n')).toEqual(problems.map(describeProblem));
    expect(error).toMatchObject({ name: 'DeclarationError', code: 'REG111' });
    expect(error.problems).toBe(problems);
    expect(error).toBeInstanceOf(Error);
  });

  it('shows no credential when it is printed uncaught, with its fields and with its cause', () => {
    const error = new DeclarationError(problems);
    const printed = [
      inspect(error),
      inspect(new Error('outer', { cause: error }), { depth: 9 }),
      JSON.stringify(error),
      JSON.stringify({ ...error }),
      `${error.stack}`,
    ].join('\n');
    expect(printed).toContain('owners[0].name ‹redacted›, 40 characters,');
    expect(printed).not.toContain(TOKEN.slice(0, 20));
    expect(printed).not.toContain(TOKEN.slice(20));
  });

  it('is recognized across two copies of the package, and nothing else is', () => {
    class DeclarationErrorOfAnotherCopy extends Error {
      public override readonly name = 'DeclarationError';
    }
    expect(new DeclarationErrorOfAnotherCopy()).toBeInstanceOf(DeclarationError);
    for (const other of [new Error('x'), undefined, null, 'DeclarationError', 42, {}]) {
      expect(other instanceof DeclarationError).toBe(false);
    }
  });

  it('is what refuse throws, with one problem', () => {
    expect(thrown(() => refuse('host', 'X', 'must be lower case', 'REG111'))).toMatchObject({
      name: 'DeclarationError',
      message: "host 'X' must be lower case (REG111)",
      problems: [{ path: 'host', value: 'X', allowed: 'must be lower case', code: 'REG111' }],
    });
  });
});
