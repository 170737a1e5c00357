import { ForgeRelease, GiteaRegistry } from 'cdk8s-gitea-registry';
import { rollbackSection } from '../../../src/delivery/handoff/rollback';
import { emptyChart, minimalProps, registryCase, RELEASE } from '../../support/registries';

function rollback(liveConfig: { [path: string]: string } = {}): GiteaRegistry {
  return new GiteaRegistry(emptyChart(), 'Registry', {
    ...minimalProps(),
    release: ForgeRelease.gitea({ ...RELEASE, liveConfig }),
  });
}

const lines = (registry: GiteaRegistry) => rollbackSection(registry._toDeclaration()).lines;

it('writes back the live value where it is known', () => {
  const page = lines(rollback({ 'server.ROOT_URL': 'http://old', 'server.DOMAIN': '' }));
  expect(page).toContain('| `server.ROOT_URL` | `https://git.example.org/` | `http://old` |');
  expect(page).toContain('| `server.DOMAIN` | `git.example.org` | (empty) |');
});

it("writes back what the operator noted where it is not, or Gitea's default where there is one", () => {
  const page = lines(rollback());
  expect(page).toContain(
    '| `packages.ENABLED` | `true` | as noted before the change; `true` if it was never set |',
  );
  expect(page).toContain(
    '| `repository.DISABLED_REPO_UNITS` | (empty) | as noted before the change; (empty) if it was never set |',
  );
  expect(page).toContain(
    '| `server.ROOT_URL` | `https://git.example.org/` | as noted before the change |',
  );
});

it('lists settings of addConfig without their value, the live one included where it is known', () => {
  const registry = rollback({ 'ui.THEMES': 'old' });
  registry.addConfig('ui', 'THEMES', 'hidden-a');
  registry.addConfig('ui', 'REACTIONS', 'hidden-b');
  const page = lines(registry);
  expect(page).toContain('| `ui.THEMES` | set by the app | `old` |');
  expect(page).toContain('| `ui.REACTIONS` | set by the app | as noted before the change |');
  expect(page.join('\n')).not.toContain('hidden');
});

it('lists a reset setting with its default', () => {
  const registry = rollback();
  registry.resetConfig('service', 'REQUIRE_SIGNIN_VIEW', 'false');
  expect(lines(registry)).toContain(
    '| `service.REQUIRE_SIGNIN_VIEW` | `false` | as noted before the change |',
  );
});

it('removes the route and keeps its secret, only where there is a route', () => {
  const routed = lines(registryCase('tls-existing-secret').registry).join('\n');
  expect(routed).toContain('`kubectl delete ingress gitea-registry-v2 -n git`');
  expect(routed).toContain('Keep the Secret `wildcard`');
  expect(lines(rollback()).join('\n')).not.toMatch(/kubectl delete|3\./);
});

it('upgrades with the line of the overlay header, with a file of the operator in place of the overlay', () => {
  const { registry } = registryCase('full');
  const [upgrade] = lines(registry).filter((line) => line.startsWith('sops exec-file'));
  const header = upgrade.replace('rollback-values.yaml', 'helm/forge-registry-values.yaml');
  expect(header).not.toBe(upgrade);
  expect(registry.values).toContain(`#   ${header}\n`);
});
