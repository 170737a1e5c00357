import { locate } from '../../../src/cli/input/locate';
import { positionAt, TOP } from '../../../src/cli/input/yaml-documents';
import type { Step } from '../../../src/rules/cursor';

const TEXT = `# a comment
kind: ConfigMap
data:
  plain: text
  quoted: "a: 1"
  block: |
    gitea:
      config:
        server:
          ROOT_URL: x
  "dotted.key/name": y
list:
  - name: first
  -
    name: second
`;

function place(steps: readonly Step[][], text = TEXT): string {
  const { line, column } = locate(text, TOP, steps);
  return `${line}:${column}`;
}

it.each<[string, Step[][], string]>([
  ['the key of an entry', [['data', 'plain']], '4:3'],
  ['a key with dots', [['data', 'dotted.key/name']], '11:3'],
  ['the start of a list entry', [['list', 1]], '15:5'],
  ['a key in a list entry', [['list', 1, 'name']], '15:5'],
  ['the nearest place around what is missing', [['data', 'nothing', 'below']], '3:1'],
  ['the last list before an index beyond it', [['list', 7]], '12:1'],
  ['the document for no path', [[]], '2:1'],
  [
    'a place in an embedded document',
    [
      ['data', 'block'],
      ['gitea', 'config', 'server', 'ROOT_URL'],
    ],
    '10:11',
  ],
  ['the first line of an embedded document', [['data', 'block'], ['gitea']], '7:5'],
  ['the key of an embedded text that has no lines of its own', [['data', 'quoted'], ['a']], '5:3'],
])('finds %s', (_, steps, expected) => {
  expect(place(steps)).toBe(expected);
});

it('counts lines from the start of the file, not of the document', () => {
  const text = 'a: 1\n---\nb:\n  c: |\n\n    d: 1\n';
  const start = text.indexOf('---');
  const source = text.slice(start);
  const from = positionAt(text, start);
  expect(locate(source, from, [['b', 'c']])).toEqual({ line: 4, column: 3 });
  expect(locate(source, from, [['b', 'c'], ['d']])).toEqual({ line: 6, column: 5 });
});

it('finds places in JSON', () => {
  expect(place([['host']], '{\n  "host": "x"\n}\n')).toBe('2:3');
});
