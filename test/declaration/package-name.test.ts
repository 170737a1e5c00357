import fc from 'fast-check';
import { matches } from '../../src/declaration/grammar';
import {
  ANY_PACKAGE_NAME,
  GENERIC_NAME,
  NPM_NAME,
  packageName,
} from '../../src/declaration/package-name';
import { packageTypes } from '../../src/declaration/package-type';
import { arbitraryPackage } from '../support/arbitraries';

const TYPES = [...new Set([...packageTypes('gitea'), ...packageTypes('forgejo')])];

describe('the name of a package', () => {
  it.each<[type: string, names: string[]]>([
    ['container', ['state-hub', 'team/app', 'a.b_c-d/e', '0', 'a'.repeat(255)]],
    ['generic', ['tool', 'Tool_1.2+x', '..a', '-a', '...', 'a', '7', 'a'.repeat(255)]],
    ['npm', ['lib', '@acme/lib', '@a/b', '-x', 'a.b_c-d', '0', '@a.b_c/d']],
    ['go', ['git.example.org/acme/mod', 'mod', 'example.org/m/v2']],
    ['composer', ['acme/lib']],
    ['conda', ['main/numpy', 'numpy']],
    ['maven', ['org.example:core', 'org.example-core']],
    ['debian', ['libstdc++6', 'a~b']],
    ['helm', ['stack', 'a'.repeat(255)]],
  ])('of type %s may be one of %j', (type, names) => {
    expect(names.filter((name) => !matches(packageName(type), name))).toEqual([]);
  });

  it.each<[type: string, names: string[]]>([
    ['container', ['', 'State-Hub', 'a__b', 'a--b', 'a//b', '/a', 'a/', 'a:1', 'a'.repeat(256)]],
    ['generic', ['', '..', '.', '-', '_', '+', 'a/b', 'a b', 'ü', 'a@b', 'a'.repeat(256)]],
    ['npm', ['', '@acme', '@/lib', 'acme/lib', '@acme/', 'Lib', '.a', '_a', '@a/b/c', 'a@b']],
    ['go', ['', '/a', 'a/', 'a//b', 'a/../b', './a', 'a@b', 'a b', 'a%2Fb']],
    ['composer', ['acme/../lib', 'a?b']],
    ['helm', ['a/b', '.', '..', '', '@a', 'a'.repeat(256), 'a\n', 'a#b']],
    ['arch', ['foo@bar']],
  ])('of type %s is none of %j', (type, names) => {
    expect(names.filter((name) => matches(packageName(type), name))).toEqual([]);
  });

  it('is a name of any type, when it is one of its own', () => {
    fc.assert(
      fc.property(arbitraryPackage, ({ type, name }) => {
        expect(matches(packageName(type), name)).toBe(true);
        expect(matches(ANY_PACKAGE_NAME, name)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never holds what would end it in a path, a query or a reference', () => {
    const around = fc.tuple(fc.string(), fc.constantFrom('?', '#', '%', ' ', '\n', '\\', '@'));
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), around, fc.string(), (type, [a, sign], b) => {
        fc.pre(a !== '');
        expect(matches(packageName(type), a + sign + b)).toBe(false);
        expect(matches(ANY_PACKAGE_NAME, a + sign + b)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('has no part that a path would take for a step', () => {
    for (const step of ['.', '..']) {
      for (const name of [step, `${step}/a`, `a/${step}`, `a/${step}/b`]) {
        expect(TYPES.filter((type) => matches(packageName(type), name))).toEqual([]);
        expect(matches(ANY_PACKAGE_NAME, name)).toBe(false);
      }
    }
  });

  it('is refused in words of its type, with the code that is about it', () => {
    expect(packageName('container').code).toBe('REG470');
    expect(packageName('generic')).toBe(GENERIC_NAME);
    expect(packageName('npm')).toBe(NPM_NAME);
    expect([packageName('go').code, packageName('helm').code]).toEqual(['REG913', 'REG913']);
    expect(packageName('go').allowed).toBe(
      `${packageName('helm').allowed}, parts separated by '/'`,
    );
  });
});
