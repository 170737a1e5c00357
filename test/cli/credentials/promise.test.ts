import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testCertificate } from '../../../src/testing/certificate';
import { registryJson } from '../../support/registry-json';
import type { Forge } from '../forge';
import { forge } from '../forge';

/** What a tampered declaration names: a server that looks like the registry and records what it gets. */
const EVIL = 'evil.example.org';

const certificate = testCertificate({ names: [EVIL] });
const setup = forge({ tls: certificate });

const COMMANDS: readonly (readonly string[])[] = [
  ['ls', 'coulomb'],
  ['ls'],
  ['show', 'coulomb/generic/tools'],
  ['files', 'coulomb/generic/tools@1.0'],
  ['rm', 'coulomb/generic/tools@1.0', '--yes'],
  ['link', 'coulomb/generic/tools', 'state-hub'],
  ['unlink', 'coulomb/generic/tools', '--yes'],
  ['links', 'plan'],
  ['links', 'apply', '--yes'],
  ['generic', 'ls', 'coulomb'],
  ['generic', 'get', 'coulomb/tools@1.0'],
  ['generic', 'put', 'coulomb/tools@1.0', 'dist/registry.json'],
  ['generic', 'rm', 'coulomb/tools@1.0', '--yes'],
  ['login'],
  ['pull-secret'],
];

function tamper({ folder }: Forge): void {
  const json = registryJson({
    host: EVIL,
    sshDomain: EVIL,
    owners: [{ kind: 'organization', name: 'coulomb', visibility: 'public' }],
    links: [{ owner: 'coulomb', type: 'generic', name: 'tools', repository: 'state-hub' }],
  });
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/registry.json'), JSON.stringify(json));
}

/** Runs without naming a host: the declaration in `dist` does. Whatever is dialed leads to the recording server. */
function run(at: Forge, argv: readonly string[], env = {}, stdin = '') {
  writeFileSync(join(at.folder, 'ca.pem'), certificate.ca);
  const dial = ['--ca-file', 'ca.pem', '--connect-to', `::127.0.0.1:${at.host.split(':')[1]}`];
  return at.run([...argv, ...dial], {
    env: { GITEA_REGISTRY_URL: '', GITEA_REGISTRY_TOKEN: undefined as never, ...env },
    stdin,
  });
}

/** Values of Authorization that arrived. */
const sent = ({ gitea }: Forge): string[] =>
  gitea.requests.flatMap(({ headers }) =>
    headers.filter(([name]) => /^authorization$/i.test(name)).map(([, value]) => value),
  );

const auth = (token: string): string => Buffer.from(`ci:${token}`).toString('base64');

it('sends a token to the host once the user names it', async () => {
  const at = setup();
  tamper(at);
  at.addPackage('coulomb/generic/tools', ['1.0']);
  const env = { GITEA_REGISTRY_TOKEN: at.token, GITEA_REGISTRY_USER: 'ci' };
  expect(await run(at, ['ls', 'coulomb', '--registry', EVIL], env)).toMatchObject({
    code: 0,
    err: '',
  });
  expect(sent(at)).toEqual([`Basic ${auth(at.token)}`]);
});

describe.each(COMMANDS.map((argv) => [argv.slice(0, 2).join(' '), argv] as const))(
  '%s',
  (_, argv) => {
    it.each(['the environment', 'a file', 'standard input'])(
      'sends no token of %s to a host that only a declaration names',
      async (source) => {
        const at = setup();
        tamper(at);
        writeFileSync(join(at.folder, 'token'), at.token, { mode: 0o600 });
        const { code, out, err } = await {
          'the environment': () => run(at, argv, { GITEA_REGISTRY_TOKEN: at.token }),
          'a file': () => run(at, [...argv, '--token-file', 'token']),
          'standard input': () => run(at, [...argv, '--token-stdin'], {}, at.token),
        }[source]!();
        expect({ code, out }).toEqual({ code: 2, out: '' });
        expect(err).toContain(`'${EVIL}'`);
        expect(err).toMatch(/--registry evil|login evil/);
        expect(at.gitea.requests).toEqual([]);
      },
    );
  },
);

describe('the docker config', () => {
  function dockerConfig({ folder }: Forge, config: object): { DOCKER_CONFIG: string } {
    mkdirSync(join(folder, 'docker'));
    writeFileSync(join(folder, 'docker/config.json'), JSON.stringify(config));
    return { DOCKER_CONFIG: join(folder, 'docker') };
  }

  it.each([
    ['its own key', EVIL],
    ['an old key with scheme and path', `https://${EVIL}/v2/`],
  ])('gives the entry of %s, although only a declaration names the host', async (_, key) => {
    const at = setup();
    tamper(at);
    at.addPackage('coulomb/generic/tools', ['1.0']);
    const others = {
      'git.example.org': { auth: auth('another') },
      [at.host]: { auth: auth('third') },
    };
    const env = dockerConfig(at, { auths: { ...others, [key]: { auth: auth(at.token) } } });
    expect(await run(at, ['ls', 'coulomb'], env)).toMatchObject({ code: 0, err: '' });
    expect(sent(at)).toEqual([`Basic ${auth(at.token)}`]);
  });

  it.each([
    ['another host', 'git.example.org'],
    ['another port of the host', `${EVIL}:8443`],
    ['a domain above it', 'example.org'],
    ['plain http', `http://${EVIL}`],
    ['an owner of the host (podman)', `${EVIL}/coulomb`],
    ['a path below the host', `https://${EVIL}/forge`],
  ])('gives no entry of %s', async (_, key) => {
    const at = setup();
    tamper(at);
    const env = dockerConfig(at, { auths: { [key]: { auth: auth(at.token) } } });
    await run(at, ['ls', 'coulomb'], env);
    expect(at.gitea.requests.length).toBeGreaterThan(0);
    expect(sent(at)).toEqual([]);
  });
});
