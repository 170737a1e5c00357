import * as fc from 'fast-check';
import { checkGeneric, GENERIC_FILE, genericPath } from '../../../src/client/generic/file-name';
import { matches } from '../../../src/declaration/grammar';
import { thrown } from '../../support/thrown';

const REFERENCE = { owner: 'coulomb', name: 'tool', version: '1.0.0' };

it.each(['f', 'a b.txt', '-_+=:;.()[]{}~!@#$%^& x', '...', 'x'.repeat(255)])(
  'takes file %p',
  (file) => expect(matches(GENERIC_FILE, file)).toBe(true),
);

it.each(['', '.', '..', ' f', 'f ', 'a/b', 'ä', 'a\nb', 'a\n', "it's", 'a*', 'x'.repeat(256)])(
  'refuses file %p',
  (file) => {
    const error = thrown(() => checkGeneric(REFERENCE, { isLatestMeant: false, file }));
    expect(error.message).toMatch(
      /^file name '.*' must be a file name Gitea accepts.*\(REG920\)$/s,
    );
  },
);

it.each([
  [{ owner: 'a b' }, 'REG320'],
  [{ name: 'a b' }, 'REG920'],
  [{ name: '..' }, 'REG920'],
  [{ version: ' 1' }, 'REG920'],
  [{ version: '..' }, 'REG920'],
  [{ version: 'x'.repeat(256) }, 'REG920'],
])('refuses %j', (part, code) => {
  const error = thrown(() => checkGeneric({ ...REFERENCE, ...part }, { isLatestMeant: false }));
  expect(error.message.endsWith(`(${code})`)).toBe(true);
});

it.each(['latest', 'LATEST'])('takes version %s only when it is meant', (version) => {
  const reference = { ...REFERENCE, version };
  expect(() => checkGeneric(reference, { isLatestMeant: true })).not.toThrow();
  expect(thrown(() => checkGeneric(reference, { isLatestMeant: false })).message).toMatch(
    /'latest' has no meaning to the registry.*\(REG920\)$/,
  );
});

it('makes paths that give back version and file', () => {
  const version = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
  const file = fc.string({
    unit: fc.constantFrom(...'-_+=:;.()[]{}~!@#$%^& aZ0'),
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(version, file, (text, name) => {
      const reference = { ...REFERENCE, version: text };
      try {
        checkGeneric(reference, { isLatestMeant: true, file: name });
      } catch {
        return;
      }
      const { pathname } = new URL(genericPath(reference, name), 'https://git.example.org');
      const parts = pathname.split('/').map(decodeURIComponent);
      expect(parts).toEqual(['', 'api', 'packages', 'coulomb', 'generic', 'tool', text, name]);
    }),
  );
});
