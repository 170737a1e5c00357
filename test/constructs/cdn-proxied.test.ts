import type { GiteaRegistryProps } from 'cdk8s-gitea-registry';
import { GiteaRegistry } from 'cdk8s-gitea-registry';
import { emptyChart, minimalProps } from '../support/registries';

function registryOf(props: Partial<GiteaRegistryProps>): GiteaRegistry {
  return new GiteaRegistry(emptyChart(), 'Registry', { ...minimalProps(), ...props });
}

it.each(['git.example.org', 'git.example.org:8443'])(
  'refuses %s as the registry host when a CDN proxies its name, with the way out',
  (host) => {
    expect(() => registryOf({ host, cdnProxied: ['www.example.org', 'git.example.org'] })).toThrow(
      `host '${host}' is behind a CDN, by cdnProxied, which caps the body of one request: large layers cannot be pushed. Declare a host that DNS leads past the CDN, and keep this name as uiHost (REG452)`,
    );
  },
);

it('takes the way out: pages behind the CDN, pushes past it, and the page for teams says so', () => {
  const registry = registryOf({
    host: 'packages.example.org',
    uiHost: 'git.example.org',
    cdnProxied: ['git.example.org'],
  });
  expect(JSON.parse(registry.declaration)).toMatchObject({ cdnProxied: ['git.example.org'] });
  expect(registry.handoff).toContain(
    'only by `packages.example.org`: `git.example.org` is behind a CDN, which cuts large layers',
  );
});

it('says nothing of a CDN where none is declared', () => {
  const registry = registryOf({ cdnProxied: [] });
  expect(JSON.parse(registry.declaration)).not.toHaveProperty('cdnProxied');
  expect(registry.handoff).not.toContain('CDN');
});

it.each(['https://www.example.org', 'www.example.org:443', 'WWW.example.org', ''])(
  "refuses '%s', which is no host name",
  (name) => {
    expect(() => registryOf({ cdnProxied: [name] })).toThrow(/^cdnProxied\[0\] .*\(REG452\)$/);
  },
);
