import { PackageOwner, Visibility } from 'cdk8s-gitea-registry';
import { GiteaRegistry } from 'cdk8s-gitea-registry';
import { emptyChart, minimalProps } from '../support/registries';

it('can be an organization or a user of each visibility, its case kept', () => {
  for (const visibility of Object.values(Visibility)) {
    expect(PackageOwner.organization('Coulomb', { visibility })._toDeclaration()).toEqual({
      kind: 'organization',
      name: 'Coulomb',
      visibility,
    });
    expect(PackageOwner.user('dana', { visibility })._toDeclaration().kind).toBe('user');
  }
  expect(Object.values(Visibility)).toEqual(['public', 'limited', 'private']);
});

it.each(['', 'a--b', '-a', 'a b', 'api', 'Ghost', 'a.keys', 'x'.repeat(41)])(
  'throws when Gitea would not accept the name %j',
  (name) => {
    const options = { visibility: Visibility.PUBLIC };
    expect(() => PackageOwner.organization(name, options)).toThrow(/^owner\.name '.*\(REG320\)$/);
    expect(() => PackageOwner.user(name, options)).toThrow(/\(REG320\)$/);
  },
);

it('throws when the visibility is none, as JavaScript allows', () => {
  expect(() => PackageOwner.user('dana', { visibility: 'secret' as never })).toThrow(
    /^owner\.visibility 'secret' must be 'public' or 'limited' or 'private' \(REG660\)$/,
  );
});

it('throws when an owner is declared twice, whatever the case', () => {
  const owners = ['coulomb', 'Coulomb'].map((name) =>
    PackageOwner.organization(name, { visibility: Visibility.PUBLIC }),
  );
  expect(() => new GiteaRegistry(emptyChart(), 'R', { ...minimalProps(), owners })).toThrow(
    /^owners\[1\]\.name 'Coulomb' is declared twice.*\(REG320\)$/,
  );
});
