import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { registryJson } from '../../support/registry-json';
import type { Forge } from '../forge';
import { forge } from '../forge';

const setup = forge();

const puller = ({ gitea }: Forge, ...scopes: string[]): { [name: string]: string } => ({
  GITEA_REGISTRY_USER: 'ci',
  GITEA_REGISTRY_TOKEN: gitea.createToken('ci', scopes),
});

function config(host: string, env: { [name: string]: string }): object {
  const { GITEA_REGISTRY_USER: username, GITEA_REGISTRY_TOKEN: password } = env;
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  return { auths: { [host]: { username, password, auth } } };
}

it('gives the docker config of exactly the host, into a pipe', async () => {
  const at = setup();
  const env = puller(at, 'read:package');
  const { code, out, err } = await at.run(['pull-secret'], { env });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toEqual(config(at.host, env));
});

it('writes a file only the user may read, over one that others could, and says how to use it', async () => {
  const at = setup();
  const env = puller(at, 'read:package');
  const file = join(at.folder, 'pull.json');
  writeFileSync(file, 'old', { mode: 0o644 });
  const argv = [
    'pull-secret',
    '-o',
    'pull.json',
    '--name',
    'gitea-pull',
    '--namespace',
    'state-hub',
  ];
  const { code, out, err } = await at.run(argv, { env, outIsTerminal: true });
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toBe(
    'wrote pull.json\nhint: kubectl create secret generic gitea-pull -n state-hub --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=pull.json\n',
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(config(at.host, env));
});

it('gives the Secret around it with --output yaml, labelled, with the scopes of its token', async () => {
  const at = setup();
  const env = puller(at, 'read:package');
  const argv = ['pull-secret', '--output', 'yaml', '--namespace', 'state-hub'];
  const { out } = await at.run(argv, { env });
  const secret = parse(out);
  expect(secret).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'gitea-pull',
      namespace: 'state-hub',
      labels: {
        'app.kubernetes.io/part-of': 'gitea-registry',
        'app.kubernetes.io/managed-by': 'cdk8s-gitea-registry',
      },
      annotations: { 'gitea-registry/token-scopes': 'read:package' },
    },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': expect.any(String) },
  });
  const text = Buffer.from(secret.data['.dockerconfigjson'], 'base64').toString('utf8');
  expect(JSON.parse(text)).toEqual(config(at.host, env));
});

it('passes the rules on pull secrets, which find the same one with another key', async () => {
  const at = setup();
  const port = at.host.split(':')[1];
  const host = `git.example.org:${port}`;
  at.gitea.configure({ rootUrl: `http://${host}` });
  const argv = ['pull-secret', '--output', 'yaml', '--namespace', 'apps'];
  const { out } = await at.run([...argv, '--connect-to', `${host}:127.0.0.1:`], {
    env: { ...puller(at, 'read:package'), GITEA_REGISTRY_URL: `http://${host}` },
  });
  const json = registryJson({ host, sshDomain: 'git.example.org' });
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'gitea-registry',
      namespace: 'git',
      labels: { 'app.kubernetes.io/part-of': 'gitea-registry' },
    },
    data: { 'registry.json': JSON.stringify(json) },
  };
  const findings = async (secret: object): Promise<string[]> => {
    writeFileSync(
      join(at.folder, 'all.yaml'),
      [configMap, secret].map((object) => stringify(object)).join('---\n'),
    );
    const report = await at.run([
      'check',
      'all.yaml',
      '--only',
      'REG54*,REG325',
      '--output',
      'json',
    ]);
    return JSON.parse(report.out)
      .checks.filter(({ status }: { status: string }) => status === 'fail')
      .map(({ code }: { code: string }) => code);
  };
  const secret = parse(out);
  // REG540: no secret with a credential in it belongs into Git.
  const own = await findings(secret);
  const text = Buffer.from(secret.data['.dockerconfigjson'], 'base64').toString('utf8');
  const wrong = text.replace(host, `https://${host}/v2`);
  const other = { '.dockerconfigjson': Buffer.from(wrong).toString('base64') };
  expect(own).not.toContain('REG543');
  expect(await findings({ ...secret, data: other })).toEqual(
    expect.arrayContaining([...own, 'REG543']),
  );
});

it.each(['json', 'yaml'])('is not printed to a terminal as %s', async (form) => {
  const at = setup();
  const env = puller(at, 'read:package');
  const { code, out, err } = await at.run(['pull-secret', '--output', form], {
    env,
    outIsTerminal: true,
  });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('-o FILE');
  expect(at.gitea.requests).toEqual([]);
});

it.each([
  ['write:package', /has write:package, and pulling needs read:package only \(REG314\)/],
  ['all', /has all, or is a password: .*\(REG325\)/],
  ['write:user,read:package', /has write:user, or is a password: .*\(REG325\)/],
  ['public-only,read:package', /limited to public packages.*\(REG314\)/],
])('warns of a token with %s', async (scopes, warning) => {
  const at = setup();
  const { code, err } = await at.run(['pull-secret'], { env: puller(at, ...scopes.split(',')) });
  expect(code).toBe(0);
  expect(err).toMatch(/^warning: the token is more than a pull secret needs: /);
  expect(err).toMatch(warning);
});

it('is not made of a token the registry refuses, unless it is not asked', async () => {
  const at = setup();
  const env = { GITEA_REGISTRY_USER: 'ci', GITEA_REGISTRY_TOKEN: 'wrong-token' };
  const refused = await at.run(['pull-secret'], { env });
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('(REG312)') });
  const before = at.gitea.requests.length;
  expect(await at.run(['pull-secret', '--no-check'], { env })).toMatchObject({ code: 0, err: '' });
  expect(at.gitea.requests).toHaveLength(before);
});

it.each([
  [['--name', 'Gitea Pull'], '--name'],
  [['--namespace', 'a.b'], '--namespace'],
])('refuses %j before it asks', async (argv, option) => {
  const at = setup();
  const { code, err } = await at.run(['pull-secret', ...argv], { env: puller(at, 'read:package') });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(option) });
  expect(at.gitea.requests).toEqual([]);
});

it('asks for a token where there is none', async () => {
  const { code, err } = await setup().run(['pull-secret'], {
    env: { GITEA_REGISTRY_TOKEN: undefined as never },
  });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('there is no token for') });
});
