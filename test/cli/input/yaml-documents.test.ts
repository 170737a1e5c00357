import fc from 'fast-check';
import { stringify } from 'yaml';
import { positionAt, YamlFault, yamlDocuments } from '../../../src/cli/input/yaml-documents';

function values(text: string): unknown[] {
  return [...yamlDocuments(text)].map(({ value }) => value);
}

function fault(text: string): YamlFault {
  try {
    values(text);
  } catch (error) {
    expect(error).toBeInstanceOf(YamlFault);
    return error as YamlFault;
  }
  throw new Error('no fault found');
}

it('gives every document with its place in the text', () => {
  const text = '# first\na: 1\n---\nb: [2]\n---\n---\nc: {d: 3}\n...\n';
  const documents = [...yamlDocuments(text)];
  expect(documents.map(({ value }) => value)).toEqual([
    { a: 1 },
    { b: [2] },
    undefined,
    { c: { d: 3 } },
  ]);
  expect(documents.map(({ start, end }) => text.slice(start, end))).toEqual([
    'a: 1\n',
    '---\nb: [2]\n',
    '---',
    '---\nc: {d: 3}\n...\n',
  ]);
});

it('reads merge keys as kubectl and helm do', () => {
  expect(values('base: &b { x: 1, y: 2 }\nmore: { <<: *b, y: 3 }\n')).toEqual([
    { base: { x: 1, y: 2 }, more: { x: 1, y: 3 } },
  ]);
});

it('takes two merge keys in one map for no twin', () => {
  expect(() => values('a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: *a\n  <<: *b\n')).not.toThrow();
});

it.each([
  [
    'a key that stands twice',
    'a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n',
    'a key stands twice in one map',
    5,
  ],
  ['a twin in a later document', 'a: 1\n---\nb: 1\nb: 2\n', 'a key stands twice in one map', 4],
  ['brackets without end', 'a: [1\nb: 2\n', 'the indentation does not fit', 2],
  ['an alias without anchor', 'a: *nobody\n', 'an alias has no anchor', 1],
  ['an escape that is none', 'a: "\\xzz"\n', 'is not YAML (BAD_DQ_ESCAPE)', 1],
  ['a tab as indentation', 'a:\n\tb: 1\n', 'a tab indents', 2],
])('refuses %s with its line', (_, text, message, line) => {
  const { message: said, offset } = fault(text);
  expect(said).toBe(message);
  expect(positionAt(text, offset).line).toBe(line);
});

it('refuses nesting without end', () => {
  expect(fault('['.repeat(50_000)).message).toBe('nests too deep to be read');
});

it('refuses a bomb of aliases', () => {
  const lines = ['l0: &l0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level++) {
    const alias = `*l${level - 1}`;
    lines.push(`l${level}: &l${level} [${Array(9).fill(alias).join(', ')}]`);
  }
  expect(fault(lines.join('\n')).message).toBe('holds more aliases than any manifest needs');
});

it('never quotes the text it refuses', () => {
  expect(fault('password: hunter2\n  bad: [hunter2\n').message).not.toContain('hunter2');
});

it('reads a map of a hundred thousand keys', () => {
  const text = Array.from({ length: 100_000 }, (_, index) => `key${index}: ${index}`).join('\n');
  expect(Object.keys(values(text)[0] as object)).toHaveLength(100_000);
});

it('reads what the library prints, whatever the documents hold', () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const map = fc.dictionary(
    fc.string({ minLength: 1 }).filter((key) => key !== '<<' && key !== '__proto__'),
    fc.oneof(scalar, fc.array(scalar)),
    { minKeys: 1 },
  );
  fc.assert(
    fc.property(fc.array(map, { minLength: 1, maxLength: 4 }), (documents) => {
      const text = documents.map((document) => `---\n${stringify(document)}`).join('');
      expect(values(text)).toEqual(documents);
    }),
    { numRuns: 30 },
  );
});

describe('positionAt', () => {
  it.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 2, 1],
    [4, 3, 1],
    [6, 3, 3],
  ])('puts offset %i at line %i, column %i', (offset, line, column) => {
    expect(positionAt('ab\n\ncd', offset)).toEqual({ line, column });
  });
});
