import { limitKey, packageTypes } from '../../src/declaration/package-type';

/** Types with a LIMIT_SIZE_… key in both products. */
const SHARED = [
  ...['alpine', 'arch', 'cargo', 'chef', 'composer', 'conan', 'conda', 'container', 'cran'],
  ...['debian', 'generic', 'go', 'helm', 'maven', 'npm', 'nuget', 'pub', 'pypi', 'rpm'],
  ...['rubygems', 'swift', 'vagrant'],
];

it('knows the types of Gitea, in order', () => {
  expect(packageTypes('gitea')).toEqual(SHARED);
});

it('knows one more of Forgejo, in order', () => {
  expect(packageTypes('forgejo')).toEqual([...SHARED, 'alt'].sort());
});

it('names the key that limits one upload', () => {
  expect(limitKey('container')).toBe('LIMIT_SIZE_CONTAINER');
});
