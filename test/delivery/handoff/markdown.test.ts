import { code, shell, table } from '../../../src/delivery/handoff/markdown';

it('makes a table whose cells cannot add columns', () => {
  expect(table(['A', 'B'], [['1|2', '`x|y`'], []])).toEqual([
    '| A | B |',
    '| --- | --- |',
    '| 1\\|2 | `x\\|y` |',
    '|  |',
  ]);
});

it('makes a block of shell commands', () => {
  expect(shell('a', 'b')).toEqual(['```sh', 'a', 'b', '```']);
});

it('makes inline code, and says so where there is nothing to show', () => {
  expect(code('a b')).toBe('`a b`');
  expect(code('')).toBe('(empty)');
});
