import fc from 'fast-check';
import type { GiteaRegistryProps } from 'cdk8s-gitea-registry';
import { ForgeRelease, GiteaRegistry, PackageSize } from 'cdk8s-gitea-registry';
import { ownedSettings } from '../../src/declaration/owned-settings';
import { bySection, overlaySettings } from '../../src/delivery/overlay';
import { emptyChart, fullProps, minimalProps, RELEASE } from '../support/registries';
import { settings } from '../support/settings';

function declaration(props: Partial<GiteaRegistryProps> = {}) {
  const registry = new GiteaRegistry(emptyChart(), 'Registry', { ...minimalProps(), ...props });
  return registry._toDeclaration();
}

const plain = (props?: Partial<GiteaRegistryProps>) =>
  Object.fromEntries(
    ownedSettings(declaration(props)).map(({ section, key, value }) => [
      `${section}.${key}`,
      value,
    ]),
  );

it('owns a complete set of keys, defaults written out, since app.ini never forgets', () => {
  expect(plain()).toEqual({
    'packages.ENABLED': 'true',
    'packages.LIMIT_SIZE_CONTAINER': '-1',
    'repository.DISABLED_REPO_UNITS': '',
    'server.DOMAIN': 'git.example.org',
    'server.HTTP_PORT': '3000',
    'server.PROTOCOL': 'http',
    'server.ROOT_URL': 'https://git.example.org/',
    'server.SSH_DOMAIN': 'git.example.org',
  });
});

it('owns a key for every limit that is declared, and follows host, ssh domain and port', () => {
  expect(plain({ ...fullProps(), host: 'git.example.org:8443' })).toEqual({
    'packages.ENABLED': 'true',
    'packages.LIMIT_SIZE_CONTAINER': '-1',
    'packages.LIMIT_SIZE_GENERIC': '5 GiB',
    'packages.LIMIT_SIZE_HELM': '500 MB',
    'packages.LIMIT_SIZE_MAVEN': '1500000',
    'packages.LIMIT_SIZE_NPM': '64 MiB',
    'packages.LIMIT_TOTAL_OWNER_COUNT': '5000',
    'packages.LIMIT_TOTAL_OWNER_SIZE': '200 GiB',
    'repository.DISABLED_REPO_UNITS': '',
    'server.DOMAIN': 'git.example.org',
    'server.HTTP_PORT': '3001',
    'server.PROTOCOL': 'http',
    'server.ROOT_URL': 'https://git.example.org:8443/',
    'server.SSH_DOMAIN': 'ssh.example.org',
  });
});

it('takes the port Gitea listens on, never the port of the Service', () => {
  const release = ForgeRelease.gitea({ ...RELEASE, httpService: { name: 'gitea', port: 80 } });
  expect(plain({ release })['server.HTTP_PORT']).toBe('3000');
});

it('says of each owned key what a change does', () => {
  const limits = { others: { npm: PackageSize.mebibytes(1) }, totalOwnerCount: -1 };
  for (const { section, key, effect } of ownedSettings(declaration({ limits }))) {
    expect([section, key, effect]).toEqual([
      section,
      key,
      expect.stringMatching(/^\S.{9,119}[^.]$/),
    ]);
  }
});

it('is sorted by section, then key, whatever was added when', () => {
  fc.assert(
    fc.property(settings, (added) => {
      const paths = overlaySettings(declaration(), added).map(({ section, key }) => [section, key]);
      const sorted = [...paths].sort(([a, x], [b, y]) =>
        a === b ? Number(x > y) - Number(x < y) : Number(a > b) - Number(a < b),
      );
      expect(paths).toEqual(sorted);
      expect(paths).toHaveLength(8 + added.length);
    }),
    { numRuns: 50 },
  );
});

it('holds owned, reset and added settings together', () => {
  const registry = new GiteaRegistry(emptyChart(), 'Registry', minimalProps());
  registry.resetConfig('service', 'REQUIRE_SIGNIN_VIEW', 'false');
  const added = [{ section: 'service', key: 'DISABLE_REGISTRATION', value: 'true' }];
  const overlay = bySection(overlaySettings(registry._toDeclaration(), added));
  expect([...overlay.keys()]).toEqual(['packages', 'repository', 'server', 'service']);
  expect([...overlay.get('service')!]).toEqual([
    ['DISABLE_REGISTRATION', 'true'],
    ['REQUIRE_SIGNIN_VIEW', 'false'],
  ]);
});
