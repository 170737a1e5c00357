import fc from 'fast-check';
import { shellCommands } from '../../../src/rules/read/shell-command';
import { anyText } from '../../support/any-text';

it.each<[string, string, string[][]]>([
  ['words by blanks', 'gitea admin\tuser  create\r', [['gitea', 'admin', 'user', 'create']]],
  ['one command a line', 'a b\n\nc\n', [['a', 'b'], ['c']]],
  ['commands by ; & | and brackets', 'a;b&&c||d|e&(f)', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
  ['a line continued by a backslash', 'a b \\\n  --flag', [['a', 'b', '--flag']]],
  ['single quotes as they are', `a '$x \\ "y"; #'z`, [['a', '$x \\ "y"; #z']]],
  [
    'double quotes with escapes',
    'a "{\\"b\\": \\"$c\\"}" "\\n \\\\"',
    [['a', '{"b": "$c"}', '\\n \\']],
  ],
  ['a single quote inside double quotes', `a "it's" b`, [['a', "it's", 'b']]],
  ['separators inside double quotes', 'a "b; c | (d) # e\nf"', [['a', 'b; c | (d) # e\nf']]],
  ['a line continued inside double quotes', 'a "b\\\nc"', [['a', 'bc']]],
  ['an escaped blank', 'a b\\ c', [['a', 'b c']]],
  ['empty words', `a '' ""`, [['a', '', '']]],
  ['no comments', 'a # b c\nd#e # f', [['a'], ['d#e']]],
  ['a comment at the end', '# a', []],
  ['nothing of nothing', ' \n ;; ', []],
  [
    'a substitution before the command around it',
    'x=$(a b) c',
    [
      ['a', 'b'],
      ['x=$()', 'c'],
    ],
  ],
  ['a substitution inside quotes', 'T="$(a "b c" | d) e"', [['a', 'b c'], ['d'], ['T=$() e']]],
  ['substitutions in substitutions', 'a $(b $(c) d)', [['c'], ['b', '$()', 'd'], ['a', '$()']]],
  [
    'back-ticks',
    'T=`a b` c',
    [
      ['a', 'b'],
      ['T=$()', 'c'],
    ],
  ],
  ['back-ticks inside quotes', 'echo "`a` b"', [['a'], ['echo', '$() b']]],
  [
    'a substitution that is never closed',
    'a $(b "c',
    [
      ['b', 'c'],
      ['a', '$()'],
    ],
  ],
  ['a quote that is never closed', "a 'b; c", [['a', 'b; c']]],
  ['a backslash at the end', 'a \\', [['a', '']]],
  ['a variable in braces', 'a ${B:-all} $C', [['a', '${B:-all}', '$C']]],
])('reads %s', (_, script, commands) => {
  expect(shellCommands(script)).toEqual(commands);
});

it('gives back every word that is quoted as the shell quotes', () => {
  const words = fc.array(anyText(), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(words, (list) => {
      const script = list.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
      expect(shellCommands(script)).toEqual([list]);
    }),
  );
});

it('ends for any script, and holds no more letters than the script', () => {
  const letter = fc.constantFrom(...'ab "\'\\`$()#;|&\n');
  fc.assert(
    fc.property(fc.string({ unit: letter, maxLength: 200 }), (script) => {
      const letters = shellCommands(script).flat().join('').replaceAll('$()', '');
      expect(letters.length).toBeLessThanOrEqual(script.length);
    }),
  );
});

it('reads the first hundred thousand characters, however deep they nest', () => {
  expect(shellCommands(`${' '.repeat(99_999)}abc`)).toEqual([['a']]);
  expect(shellCommands('$('.repeat(60_000))).toHaveLength(50_000);
});
