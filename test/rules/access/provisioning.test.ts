import type { Command } from '../../../src/rules/access/provisioning';
import {
  flagOf,
  isForgeResource,
  provisioningCommands,
} from '../../../src/rules/access/provisioning';
import { Cursor } from '../../../src/rules/cursor';
import { Estate } from '../../../src/rules/estate';
import { asManifest } from '../../../src/rules/manifest';
import { manifestsOf } from '../fixture';

const at = new Cursor('');
const command = (...words: readonly string[]): Command => words.map((text) => ({ text, at }));

it.each([
  ['--scopes all', 'all'],
  ['--scopes=all', 'all'],
  ['-scopes all', 'all'],
  ['-scopes=', ''],
  ['--other x --scopes read:package', 'read:package'],
  ['--scopes=a=b', 'a=b'],
])('finds the value of a flag in %j', (words, value) => {
  expect(flagOf(command(...words.split(' ')), 'scopes')?.text).toBe(value);
});

it.each(['--scopes-of all', 'scopes all', '---scopes all', '--scope all', '--scopes'])(
  'finds no value in %j',
  (words) => {
    expect(flagOf(command(...words.split(' ')), 'scopes')).toBeUndefined();
  },
);

it.each([
  ['gitea.m.crossplane.io/v1beta1', true],
  ['organization.gitea.m.crossplane.io/v2', true],
  ['hyperspike.io/v1', true],
  ['notgitea.example.net/v1', false],
  ['x.hyperspike.io/v1', false],
  ['v1', false],
])('tells by %s whether a resource is of an operator for forges: %s', (apiVersion, expected) => {
  expect(isForgeResource(asManifest({ apiVersion, kind: 'Org' }, {}))).toBe(expected);
});

function commandsIn(text: string): string[][] {
  return provisioningCommands(new Estate(manifestsOf(text, 'test.yaml'))).map((words) =>
    words.map((word) => word.text),
  );
}

const pod = (container: string): string =>
  `{ kind: Pod, metadata: { name: a }, spec: { containers: [${container}] } }`;

it('reads a command word by word, and a script among its words as commands', () => {
  const text = pod("{ command: [sh, -c], args: ['a; curl /api/v1/user', x] }");
  expect(commandsIn(text)).toEqual([['sh', '-c', 'x'], ['a'], ['curl', '/api/v1/user']]);
});

it('takes a word with blanks that says nothing to a forge for a word', () => {
  expect(commandsIn(pod("{ args: ['a b', c] }"))).toEqual([['a b', 'c']]);
});

it('reads scripts of ConfigMaps by name or first line, and no other text', () => {
  const text = `
kind: ConfigMap
metadata: { name: a }
data:
  a.sh: x --access-token
  b: |
    #!/bin/sh
    y --access-token
  c: z --access-token
  d.sh: nothing
`;
  expect(commandsIn(text)).toEqual([
    ['x', '--access-token'],
    ['y', '--access-token'],
  ]);
});

it.each([
  'extraContainers',
  'extraInitContainers',
  'preExtraInitContainers',
  'postExtraInitContainers',
])('reads %s of values', (list) => {
  const text = `{ gitea: { config: {} }, ${list}: [{ command: [a, b] }] }`;
  expect(commandsIn(text)).toEqual([['a', 'b']]);
});
