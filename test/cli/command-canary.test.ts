import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registryJson } from '../support/registry-json';
import { helperProgram } from './credentials/helper-program';
import type { Forge } from './forge';
import { forge } from './forge';
import type { Run, Surroundings } from './run-command';

const setup = forge();

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Everything that must not be seen of a secret: itself, encoded, and either half. */
function forms(secret: string): string[] {
  const half = Math.floor(secret.length / 2);
  return [
    secret,
    base64(secret),
    base64(`ci:${secret}`),
    base64(`token:${secret}`),
    Buffer.from(secret).toString('base64url'),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('hex'),
    secret.slice(0, half),
    secret.slice(half),
  ];
}

function expectHidden(secret: string, { out, err }: Pick<Run, 'out' | 'err'>, where: string): void {
  const shown = forms(secret).filter((form) => `${out}${err}`.includes(form));
  expect({ where, shown, out: shown.length ? out : '', err: shown.length ? err : '' }).toEqual({
    where,
    shown: [],
    out: '',
    err: '',
  });
}

/** Every command that may hold a token, in its forms; `pull-secret` prints one because it is asked to. */
const COMMANDS: readonly (readonly string[])[] = [
  ['ls', 'coulomb'],
  ['ls', 'coulomb', '--output', 'json'],
  ['ls', 'coulomb', '--output', 'jsonl'],
  ['ls', 'absent'],
  ['show', 'coulomb/container/state-hub'],
  ['show', 'coulomb/generic/tools@1.0', '--output', 'json'],
  ['show', 'coulomb/container/state-hub@v1'],
  ['files', 'coulomb/generic/tools@1.0'],
  ['rm', 'coulomb/generic/tools@1.0', '--dry-run'],
  ['rm', 'coulomb/generic/tools@1.0', '--yes', '--output', 'json'],
  ['rm', 'coulomb/container/state-hub@v1', '--yes'],
  ['link', 'coulomb/container/state-hub', 'state-hub'],
  ['link', 'coulomb/container/state-hub', 'absent', '--move', '--yes', '--output', 'json'],
  ['unlink', 'coulomb/container/state-hub', '--yes'],
  ['links', 'plan', '--declaration', 'registry.json'],
  ['links', 'apply', '--declaration', 'registry.json', '--yes', '--output', 'json'],
  ['login'],
  [
    ...['doctor', '--publish', 'coulomb/state-hub:v1', '--output', 'json'],
    ...['--link', 'coulomb/container/state-hub=state-hub'],
  ],
  ['smoke', '--owner', 'coulomb', '--size', '1KiB', '--output', 'markdown'],
];

/** Ways a secret reaches a command, and what goes wrong with it. */
const WAYS: {
  readonly [way: string]: (
    at: Forge,
    secret: string,
  ) => Partial<Surroundings> & { argv?: string[] };
} = {
  environment: (_, secret) => ({ env: { GITEA_REGISTRY_TOKEN: secret } }),
  file: ({ folder }, secret) => {
    writeFileSync(join(folder, 'token'), secret);
    return { env: NO_TOKEN, argv: ['--token-file', 'token'] };
  },
  stdin: (_, secret) => ({ env: NO_TOKEN, stdin: `${secret}\n`, argv: ['--token-stdin'] }),
  'docker config': ({ folder, host }, secret) => {
    mkdirSync(join(folder, 'docker'));
    const auths = { [host]: { auth: base64(`ci:${secret}`) } };
    writeFileSync(join(folder, 'docker/config.json'), JSON.stringify({ auths }));
    return { env: NO_TOKEN };
  },
  'a credential helper that fails': ({ folder }, secret) => {
    const script = `console.log(${JSON.stringify(secret)}); console.error(${JSON.stringify(secret)}); process.exit(2);`;
    const { path } = helperProgram(folder, 'test', script);
    mkdirSync(join(folder, 'docker'));
    writeFileSync(join(folder, 'docker/config.json'), '{"credsStore":"test"}');
    return { env: { ...NO_TOKEN, PATH: path } };
  },
  'a broken docker config': ({ folder }, secret) => {
    mkdirSync(join(folder, 'docker'));
    writeFileSync(join(folder, 'docker/config.json'), `{"auths": {"x": ${secret}`);
    return { env: NO_TOKEN };
  },
  'a file with two lines': ({ folder }, secret) => {
    writeFileSync(join(folder, 'token'), `log line\n${secret}`);
    return { env: NO_TOKEN, argv: ['--token-file', 'token'] };
  },
};

const NO_TOKEN = { GITEA_REGISTRY_TOKEN: undefined as never };

/** Secrets, and the ways each comes; a refused one goes the same way on, whichever it came. */
const SECRETS: readonly (readonly [string, readonly string[], (at: Forge) => string])[] = [
  ['a token that is good', Object.keys(WAYS), ({ token }) => token],
  ['a token that is not', ['environment'], () => randomBytes(20).toString('hex')],
  [
    'a password that looks like nothing',
    Object.keys(WAYS),
    () => `Xk-${randomBytes(9).toString('base64url')}+/q7 &`,
  ],
];

describe.each(SECRETS)('%s', (_, ways, secretOf) => {
  it.each(ways)('given by %s is shown by no command, in no form, with --debug', async (way) => {
    const at = setup();
    const secret = secretOf(at);
    at.addPackage('coulomb/container/state-hub', ['v1']);
    at.addPackage('coulomb/generic/tools', ['1.0', '2.0']);
    const host = 'git.example.org';
    const links = [{ owner: 'coulomb', type: 'generic', name: 'tools', repository: 'state-hub' }];
    const owners = [{ kind: 'organization', name: 'coulomb', visibility: 'public' }];
    const json = JSON.stringify(registryJson({ host, sshDomain: host, owners, links }));
    writeFileSync(join(at.folder, 'registry.json'), json);
    const { argv: more = [], env, ...surroundings } = WAYS[way](at, secret);
    const before = filesBelow(at.folder);
    for (const argv of COMMANDS) {
      const run = await at.run([...argv, ...more, '--debug'], {
        ...surroundings,
        env: { DOCKER_CONFIG: join(at.folder, 'docker'), GITEA_REGISTRY_USER: 'ci', ...env },
      });
      expectHidden(secret, run, `${way}: ${argv.join(' ')}`);
    }
    const written = filesBelow(at.folder).filter(
      (file) => !before.includes(file) && file !== 'docker/config.json',
    );
    expect(written).toEqual([]);
  });
});

it('shows the requests with --debug, and of Authorization the scheme at most', async () => {
  const at = setup();
  const { err } = await at.run(['ls', 'coulomb', '--debug']);
  expect(err).toMatch(
    /^debug: GET http:\/\/127\.0\.0\.1:\d+\/api\/v1\/packages\/coulomb\?.*: 200 in \d+ ms\n/,
  );
});

it('keeps a token in the file it is asked to write, and nowhere else', async () => {
  const at = setup();
  const { out, err } = await at.run(['pull-secret', '-o', 'pull.json', '--debug']);
  expectHidden(at.token, { out, err }, 'pull-secret -o');
  expect(filesBelow(at.folder)).toEqual(['pull.json']);
  expect(readFileSync(join(at.folder, 'pull.json'), 'utf8')).toContain(at.token);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}
