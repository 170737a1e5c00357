import fc from 'fast-check';
import {
  CHART_SOURCE,
  FILE_PATH,
  LABEL,
  LINE_OF_TEXT,
  RECORD,
} from '../../src/declaration/free-text';
import { matches } from '../../src/declaration/grammar';
import { arbitraryLine, arbitraryRecord } from '../support/arbitraries';

describe('a line of text', () => {
  it('may be anything people write on one line', () => {
    fc.assert(fc.property(arbitraryLine, (line) => matches(LINE_OF_TEXT, line)));
    fc.assert(fc.property(arbitraryRecord, (record) => matches(RECORD, record)));
  });

  it('has at most 500 characters, a record 200', () => {
    expect(matches(LINE_OF_TEXT, 'x'.repeat(500))).toBe(true);
    expect(matches(LINE_OF_TEXT, 'x'.repeat(501))).toBe(false);
    expect(matches(RECORD, 'x'.repeat(200))).toBe(true);
    expect(matches(RECORD, 'x'.repeat(201))).toBe(false);
  });

  it.each([
    ['', 'is empty'],
    [' \u00a0', 'is blank'],
    ['a\nb', 'has two lines'],
    ['a\rb', 'returns to its beginning'],
    ['a\tb', 'holds a tab'],
    ['\u001b[31mred', 'colours the terminal'],
    ['a\u009b31m', 'colours the terminal by a C1 control'],
    ['a\u2028b', 'has two lines for JavaScript'],
    ['a\u202eb', 'turns the direction of what follows'],
    ['a\u2066b', 'isolates a direction'],
    ['a\ud83d', 'ends with half a character, which no file in UTF-8 can hold'],
    ['\ude00a', 'begins with half a character'],
  ])('may not be %j: it %s', (line) => {
    expect(matches(LINE_OF_TEXT, line)).toBe(false);
    expect(matches(RECORD, line)).toBe(false);
  });
});

describe('a file path in a printed command', () => {
  it.each([
    'helm/values.sops.yaml',
    '/data/packages',
    '../base.yaml',
    './a',
    '_a',
    'a'.repeat(255),
  ])('may be %j', (path) => {
    expect(matches(FILE_PATH, path)).toBe(true);
  });

  it.each([
    '',
    '-rf',
    '--set',
    'a b',
    'a;b',
    'a$(id)',
    'a`id`',
    "a'b",
    'a*',
    '~/a',
    'a\n',
    'ä',
    'a\\b',
    'a'.repeat(256),
  ])('may not be %j', (path) => {
    expect(matches(FILE_PATH, path)).toBe(false);
  });
});

describe('a chart', () => {
  it.each([
    'oci://docker.gitea.com/charts/gitea',
    'oci://localhost:5000/gitea',
    'gitea-charts/gitea',
    './charts/gitea',
    'gitea',
  ])('may be %j', (chart) => {
    expect(matches(CHART_SOURCE, chart)).toBe(true);
  });

  it.each([
    '',
    'https://dl.gitea.com/charts',
    'oci://',
    'oci://host',
    'a//b',
    'a/',
    'a b',
    'oci://user@host/gitea',
    'a;b',
  ])('may not be %j', (chart) => {
    expect(matches(CHART_SOURCE, chart)).toBe(false);
  });
});

describe('a label', () => {
  it.each(['StateHub', 'a', 'websecure', 'a.b_c-d', 'a'.repeat(63)])('may be %j', (label) => {
    expect(matches(LABEL, label)).toBe(true);
  });

  it.each(['', '-a', 'a-', '.a', 'a_', 'a b', 'a/b', 'ä', 'a\n', 'a'.repeat(64)])(
    'may not be %j',
    (label) => {
      expect(matches(LABEL, label)).toBe(false);
    },
  );
});
