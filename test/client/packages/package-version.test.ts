import {
  packageFiles,
  packageVersion,
  packageVersions,
} from '../../../src/client/packages/package-version';
import { thrown } from '../../support/thrown';

const VERSION = {
  id: 7,
  owner: { id: 1, login: 'coulomb', avatar_url: 'x' },
  repository: null,
  creator: { login: 'ci' },
  type: 'container',
  name: 'team/app',
  version: 'v1',
  created_at: '2026-11-21T10:37:46+01:00',
  html_url: 'https://git.example.org/coulomb/-/packages/container/team%2Fapp/v1',
  added_later: [1],
};

const FILE = { id: 1, name: 'manifest.json', sha256: 'ab' };

it('reads a version and leaves out what it does not know', () => {
  expect(packageVersion(VERSION)).toEqual({
    id: 7,
    owner: 'coulomb',
    type: 'container',
    name: 'team/app',
    version: 'v1',
    createdAt: '2026-11-21T10:37:46+01:00',
    creator: 'ci',
    htmlUrl: VERSION.html_url,
  });
});

it('reads the repository of a version', () => {
  const repository = { full_name: 'coulomb/hub', private: true, permissions: {} };
  expect(packageVersion({ ...VERSION, repository }).repository).toEqual({
    fullName: 'coulomb/hub',
    isPrivate: true,
  });
});

it('needs no creator: the account may be gone', () =>
  expect(packageVersion({ ...VERSION, creator: null })).not.toHaveProperty('creator'));

it.each([
  ['size', { ...FILE, size: 5 }],
  ['Size', { ...FILE, Size: 5 }],
])('reads the size of a file under %s', (_, file) =>
  expect(packageFiles([file])).toEqual([{ ...FILE, size: 5 }]),
);

it('reads the checksums there are', () =>
  expect(packageFiles([{ ...FILE, size: 0, md5: 'm', sha1: 's', sha512: 'l' }])).toEqual([
    { ...FILE, size: 0, md5: 'm', sha1: 's', sha512: 'l' },
  ]));

it.each<[string, unknown, RegExp]>([
  ['a page', '<html>', /sent '<html>' where a package version belongs/],
  ['a list', [VERSION], /sent a list where a package version belongs/],
  ['nothing', null, /sent null where/],
  ['a version without id', { ...VERSION, id: undefined }, /'id' is undefined, not a number/],
  ['a negative id', { ...VERSION, id: -1 }, /'id' is -1, not a number/],
  ['a name that is a number', { ...VERSION, name: 3 }, /'name' is 3, not a text/],
  [
    'an owner that is a text',
    { ...VERSION, owner: 'coulomb' },
    /sent 'coulomb' where 'owner' of a package version/,
  ],
  ['no owner', { ...VERSION, owner: null }, /'owner' is null, not an object/],
  [
    'a date that is none',
    { ...VERSION, created_at: 'yesterday' },
    /'created_at' is 'yesterday', not a date/,
  ],
  ['a repository that is a text', { ...VERSION, repository: 'a/b' }, /where 'repository' of/],
])('refuses %s and says what was seen', (_, value, message) => {
  const error = thrown(() => packageVersion(value));
  expect(error.message).toMatch(message);
  expect(error.message).toMatch(/\(REG910\)$/);
});

it('refuses something that is no list', () => {
  expect(thrown(() => packageVersions({ message: 'x' })).message).toMatch(
    /sent an object where a list of package versions belongs.*\(REG910\)$/,
  );
  expect(thrown(() => packageFiles([7])).message).toMatch(/sent 7 where a package file belongs/);
});

it('shows no credential a wrong answer holds', () => {
  const name = ['0123456789abcdef0123456789abcdef01234567'];
  const error = thrown(() => packageVersion({ ...VERSION, version: { name } }));
  expect(error.message).not.toContain(name[0]);
  expect(thrown(() => packageVersion(name[0])).message).not.toContain(name[0]);
});
