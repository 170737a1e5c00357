import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { claim } from '../../src/constructs/claims';

it.each([
  ['release', 'git/gitea', 'REG630'],
  ['route of /v2 on', 'git.example.org', 'REG214'],
  ['certificate for', 'git/git-tls', 'REG550'],
] as const)('lets one registry of an app have each %s', (what, value, code) => {
  const app = new App();
  claim(new Construct(app, 'A'), what, value);
  claim(new Construct(app, 'B'), what, `${value}2`);
  expect(() => claim(new Construct(app, 'C'), what, value)).toThrow(
    `${what} '${value}' is declared by 'A' and again by 'C': only one can have it (${code})`,
  );
});

it('knows each app apart', () => {
  claim(new Construct(new App(), 'A'), 'release', 'git/gitea');
  expect(() => claim(new Construct(new App(), 'A'), 'release', 'git/gitea')).not.toThrow();
});

it('lets a registry claim again what it has, after a call that was refused', () => {
  const registry = new Construct(new App(), 'A');
  claim(registry, 'route of /v2 on', 'git.example.org');
  expect(() => claim(registry, 'route of /v2 on', 'git.example.org')).not.toThrow();
});
