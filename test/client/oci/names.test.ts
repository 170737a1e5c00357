import fc from 'fast-check';
import type { ClientError } from '../../../src/client/error';
import { checkedReference, checkedRepository } from '../../../src/client/oci/names';
import type { Naming } from '../../../src/client/oci/names';
import { thrown } from '../../support/thrown';

const codeOf = (name: string, naming: Naming = 'gitea') =>
  (thrown(() => checkedRepository(name, naming)) as ClientError).code;

it.each([
  ['coulomb/app', 'coulomb/app'],
  ['Coulomb/app', 'coulomb/app'],
  ['a/b/c.d/e_f/g-h', 'a/b/c.d/e_f/g-h'],
])('takes %s', (name, expected) => {
  expect(checkedRepository(name, 'gitea')).toBe(expected);
});

it.each([
  ['app', 'REG470'],
  ['', 'REG470'],
  ['coulomb/', 'REG470'],
  ['coulomb/App', 'REG470'],
  ['coulomb/a__b', 'REG470'],
  ['coulomb/a--b', 'REG470'],
  ['coulomb/a.', 'REG470'],
  ['coulomb/a//b', 'REG470'],
  ['coulomb/../../api', 'REG470'],
  ['coulomb/app?x=1', 'REG470'],
  ['coulomb/app%2Fb', 'REG470'],
  ['coulomb/app:v1', 'REG470'],
  [`coulomb/${'a'.repeat(256)}`, 'REG470'],
  ['/app', 'REG320'],
  ['v2/app', 'REG320'],
  ['ghost/app', 'REG320'],
  ['-x/app', 'REG320'],
  ['a..b/app', 'REG320'],
])('refuses %s with %s before a request', (name, code) => {
  expect(codeOf(name)).toBe(code);
});

it('quotes the name and says what is allowed', () => {
  expect(thrown(() => checkedRepository('coulomb/a__b', 'gitea')).message).toBe(
    "repository 'coulomb/a__b' is refused: its image must be an image name Gitea accepts: lower-case letters and digits, single '.', '_' or '-' between them, parts separated by '/' (REG470)",
  );
  expect(thrown(() => checkedRepository('a\u001b[2Jb/c', 'gitea')).message).not.toContain('\u001b');
});

it.each(['app', 'a/b', 'a__b/c--d', 'library/a---b'])('takes %s for another registry', (name) => {
  expect(checkedRepository(name, 'oci')).toBe(name);
});

it.each(['App', 'a/', 'a___b', '_a', 'a/../b', 'a?b'])('refuses %s for any registry', (name) => {
  expect(codeOf(name, 'oci')).toBe('REG470');
});

it.each(['v1', 'V1.0_x-y', '_', 'a'.repeat(128), `sha256:${'0'.repeat(64)}`])(
  'takes the reference %s',
  (reference) => {
    expect(checkedReference(reference)).toBe(reference);
  },
);

it.each([
  '',
  '-bad',
  '.bad',
  'a/b',
  'a'.repeat(129),
  'v1?x',
  `sha256:${'0'.repeat(63)}`,
  `sha256:${'A'.repeat(64)}`,
  `sha512:${'0'.repeat(128)}`,
])('refuses the reference %s', (reference) => {
  expect((thrown(() => checkedReference(reference)) as ClientError).code).toBe('REG470');
});

it('never lets through what would change the path of a URL', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'ab0/._-%?#:@ \\A'), maxLength: 12 }),
      fc.constantFrom<Naming>('gitea', 'oci'),
      (text, naming) => {
        for (const check of [(name: string) => checkedRepository(name, naming), checkedReference]) {
          let name: string;
          try {
            name = check(text);
          } catch {
            continue;
          }
          const { pathname, search, hash } = new URL(`/v2/${name}/x`, 'https://h');
          expect([pathname, search, hash]).toEqual([`/v2/${name}/x`, '', '']);
        }
      },
    ),
    { numRuns: 800 },
  );
});
