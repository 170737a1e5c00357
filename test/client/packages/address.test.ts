import * as fc from 'fast-check';
import {
  checkReference,
  packagePath,
  withoutVersion,
  withVersion,
} from '../../../src/client/packages/address';
import type { PackageReference } from '../../../src/declaration/package-reference';
import { thrown } from '../../support/thrown';

const REFERENCE: PackageReference = {
  owner: 'coulomb',
  type: 'generic',
  name: 'tool',
  version: '1',
};

it('escapes each part as one', () => {
  expect(
    packagePath({ owner: 'coulomb', type: 'npm', name: '@scope/lib', version: '1.0.0+b 2' }),
  ).toBe('/api/v1/packages/coulomb/npm/@scope%2Flib/1.0.0+b%202');
});

it('makes paths that give back every part they hold', () => {
  const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(part, part, (name, version) => {
      const reference: PackageReference = { owner: 'coulomb', type: 'maven', name, version };
      try {
        checkReference(reference);
      } catch {
        return;
      }
      const { pathname } = new URL(packagePath(reference), 'https://git.example.org');
      expect(pathname.split('/').slice(-2).map(decodeURIComponent)).toEqual([name, version]);
      expect(pathname.split('/')).toHaveLength(8);
    }),
  );
});

it.each<[string, Partial<PackageReference>, string]>([
  ['an owner with a slash', { owner: 'a/b' }, 'REG320'],
  ['a reserved owner', { owner: 'ghost' }, 'REG320'],
  ['a type in upper case', { type: 'NPM' }, 'REG913'],
  ['a generic name with a blank', { name: 'a b' }, 'REG920'],
  ['an image name in upper case', { type: 'container', name: 'App' }, 'REG470'],
  ['an image version that is no tag', { type: 'container', version: 'a b' }, 'REG470'],
  ['a step', { type: 'npm', name: '..' }, 'REG913'],
  ['a step as version', { version: '.' }, 'REG913'],
  ['an empty version', { version: '' }, 'REG913'],
  ['blanks around a version', { version: '1 ' }, 'REG913'],
  ['two lines', { type: 'npm', name: 'a\nb' }, 'REG913'],
  ['half a character', { type: 'npm', name: '\ud800' }, 'REG913'],
  ['a long name', { type: 'npm', name: 'x'.repeat(256) }, 'REG913'],
])('refuses %s', (_, part, code) => {
  const error = thrown(() => checkReference({ ...REFERENCE, ...part }));
  expect(error.message.endsWith(`(${code})`)).toBe(true);
});

it('takes versions and names Gitea takes', () => {
  checkReference({ ...REFERENCE, version: '1@a/b c' });
  checkReference({ ...REFERENCE, type: 'maven', name: 'com.example:lib' });
  checkReference({
    ...REFERENCE,
    type: 'container',
    name: 'a/b',
    version: `sha256:${'0'.repeat(64)}`,
  });
});

it('takes the version off and asks for one', () => {
  expect(withoutVersion(REFERENCE)).toEqual({ owner: 'coulomb', type: 'generic', name: 'tool' });
  expect(thrown(() => withVersion(withoutVersion(REFERENCE))).message).toBe(
    "package 'coulomb/generic/tool' must name a version: 'OWNER/TYPE/NAME@VERSION' (REG913)",
  );
});
