import fc from 'fast-check';
import {
  mintingWarning,
  pullWarnings,
  requireScope,
} from '../../../src/operate/token/package-scope';

const allows = (use: 'read' | 'write', ...scopes: string[]): boolean => {
  try {
    requireScope({ scopes }, use, 'work');
    return true;
  } catch {
    return false;
  }
};

it.each([
  [['read:package'], true, false],
  [['write:package'], true, true],
  [['all'], true, true],
  [['read:user', 'write:package'], true, true],
  [['read:user'], false, false],
  [['write:user'], false, false],
  [['public-only'], false, false],
  [['read:packages'], false, false],
])('knows that %j may read: %s, and write: %s', (scopes, reads, writes) => {
  expect([allows('read', ...scopes), allows('write', ...scopes)]).toEqual([reads, writes]);
});

it('allows what the server does not tell, and a password on Forgejo', () => {
  expect(() => requireScope({}, 'write', 'work')).not.toThrow();
  expect(() => requireScope({ scopes: [] }, 'write', 'work')).not.toThrow();
});

it('is silent about one token only: read:package and nothing else', () => {
  const scope = fc.constantFrom(
    'all',
    'public-only',
    'read:package',
    'write:package',
    'read:user',
    'write:user',
    'write:admin',
  );
  fc.assert(
    fc.property(fc.uniqueArray(scope, { minLength: 1 }), (scopes) => {
      const isPlain = scopes.every((each) => each === 'read:package');
      expect(pullWarnings({ scopes }).length > 0).toBe(!isPlain);
      expect(pullWarnings({ scopes }).every((text) => /\(REG(314|325)\)$/.test(text))).toBe(true);
    }),
  );
});

it.each([
  [['all'], true],
  [['write:user'], true],
  [['write:package', 'read:user'], false],
  [undefined, false],
])('knows that %j can make tokens: %s', (scopes, expected) => {
  expect(mintingWarning({ scopes }) !== undefined).toBe(expected);
});
