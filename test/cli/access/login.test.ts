import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { helperProgram } from '../credentials/helper-program';
import type { Forge } from '../forge';
import { forge } from '../forge';
import type { Surroundings } from '../run-command';

const setup = forge();

const configPath = ({ folder }: Forge): string => join(folder, 'docker/config.json');
const readConfig = (at: Forge) => JSON.parse(readFileSync(configPath(at), 'utf8'));
const auth = (user: string, secret: string): string =>
  Buffer.from(`${user}:${secret}`).toString('base64');

/** Runs `login HOST` with the token in the environment and a docker folder of its own. */
function login(
  at: Forge,
  argv: readonly string[] = [],
  { env, ...more }: Partial<Surroundings> = {},
) {
  return at.run(['login', ...argv], {
    ...more,
    env: { DOCKER_CONFIG: join(at.folder, 'docker'), GITEA_REGISTRY_USER: 'ci', ...env },
  });
}

function writeConfig(at: Forge, config: unknown): void {
  mkdirSync(join(at.folder, 'docker'));
  writeFileSync(configPath(at), typeof config === 'string' ? config : JSON.stringify(config), {
    mode: 0o644,
  });
}

it('tries the token, then keeps it below the host, for its user only', async () => {
  const at = setup();
  const { code, out, err } = await login(at);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toContain(`logged in to ${at.host} as ci\n`);
  expect(readConfig(at)).toEqual({ auths: { [at.host]: { auth: auth('ci', at.token) } } });
  expect(statSync(configPath(at)).mode & 0o777).toBe(0o600);
  expect(statSync(join(at.folder, 'docker')).mode & 0o777).toBe(0o700);
  expect(at.gitea.requests.map(({ path }) => path)).toContain('/v2/token');
  const listed = await at.run(['ls', 'coulomb'], {
    env: { DOCKER_CONFIG: join(at.folder, 'docker'), GITEA_REGISTRY_TOKEN: undefined as never },
  });
  expect(listed.code).toBe(0);
});

it('keeps every other entry, field and unknown key, and makes the file private', async () => {
  const at = setup();
  const before = {
    auths: {
      'b.example.org': { auth: 'eDp5' },
      [at.host]: { auth: 'b2xkOm9sZA==', email: 'ci@example.org', identitytoken: 'old' },
    },
    credHelpers: { 'c.example.org': 'pass' },
    HttpHeaders: { 'User-Agent': 'x' },
    psFormat: 'table {{.ID}}',
    plugins: { a: { b: 1 } },
    __proto__x: [1, { z: null }],
  };
  writeConfig(at, before);
  expect((await login(at)).code).toBe(0);
  expect(readConfig(at)).toEqual({
    ...before,
    auths: {
      ...before.auths,
      [at.host]: { email: 'ci@example.org', auth: auth('ci', at.token) },
    },
  });
  expect(statSync(configPath(at)).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(at.folder, 'docker'))).toEqual(['config.json']);
});

it('follows a link to the file and leaves the link', async () => {
  const at = setup();
  mkdirSync(join(at.folder, 'docker'));
  writeFileSync(join(at.folder, 'dotfile.json'), '{"psFormat":"x"}');
  symlinkSync(join(at.folder, 'dotfile.json'), configPath(at));
  expect((await login(at)).code).toBe(0);
  expect(lstatSync(configPath(at)).isSymbolicLink()).toBe(true);
  expect(readConfig(at)).toMatchObject({ psFormat: 'x', auths: { [at.host]: {} } });
});

it.each(['no JSON', '[1]', '{"auths": 3}'])(
  'leaves a file it cannot read as it is: %s',
  async (text) => {
    const at = setup();
    writeConfig(at, text);
    expect(await login(at)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is no docker config'),
    });
    expect(readFileSync(configPath(at), 'utf8')).toBe(text);
  },
);

it('gives the token to the credential helper where the config names one, and says so', async () => {
  const at = setup();
  const { path, store } = helperProgram(at.folder, 'test');
  writeConfig(at, { credsStore: 'test', auths: { [at.host]: { auth: 'b2xkOm9sZA==' } } });
  const { code, err } = await login(at, [], { env: { PATH: path } });
  expect(code).toBe(0);
  expect(err).toContain("the token is kept by 'docker-credential-test'");
  expect(JSON.parse(readFileSync(store, 'utf8'))).toEqual({
    [at.host]: { Username: 'ci', Secret: at.token },
  });
  expect(readConfig(at)).toEqual({ credsStore: 'test', auths: { [at.host]: {} } });
  const listed = await at.run(['ls', 'coulomb'], {
    env: {
      PATH: path,
      DOCKER_CONFIG: join(at.folder, 'docker'),
      GITEA_REGISTRY_TOKEN: undefined as never,
    },
  });
  expect(listed.code).toBe(0);
});

it('leaves the file as it is when the helper fails', async () => {
  const at = setup();
  const { path } = helperProgram(at.folder, 'test', 'process.exit(3);');
  const config = { credsStore: 'test', auths: {} };
  writeConfig(at, config);
  const { code, err } = await login(at, [], { env: { PATH: path } });
  expect({ code, config: readConfig(at) }).toEqual({ code: 1, config });
  expect(err).toContain("'docker-credential-test' ended with exit 3");
});

it('asks for user and token on a terminal, and shows nothing of the token', async () => {
  const at = setup();
  const { code, err } = await login(at, [at.host.replace(/^/, 'http://')], {
    env: {
      GITEA_REGISTRY_USER: '',
      GITEA_REGISTRY_TOKEN: undefined as never,
      GITEA_REGISTRY_URL: '',
    },
    answers: ['ci', at.token],
  });
  expect(code).toBe(0);
  expect(err).toContain(`User for ${at.host}: Token for ci at ${at.host}: `);
  expect(err).not.toContain(at.token);
});

it.each([
  ['without a user', { GITEA_REGISTRY_USER: '' }, 'name the user'],
  ['without a token', { GITEA_REGISTRY_TOKEN: undefined as never }, 'there is no token'],
  ['with an empty token', { GITEA_REGISTRY_TOKEN: ' ' }, 'is empty'],
  ['with a colon in the user name', { GITEA_REGISTRY_USER: 'a:b' }, '(REG312)'],
])('refuses %s before it asks', async (_, env, words) => {
  const at = setup();
  const { code, err } = await login(at, [], { env });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(words) });
  expect(at.gitea.requests).toEqual([]);
  expect(existsSync(configPath(at))).toBe(false);
});

it.each([
  ['a wrong token', () => '0123456789'.repeat(4), 'REG312'],
  [
    'a token without a package scope',
    ({ gitea }: Forge) => gitea.createToken('ci', ['read:user']),
    'REG314',
  ],
])('keeps %s out of the config', async (_, tokenOf, code) => {
  const at = setup();
  const run = await login(at, [], { env: { GITEA_REGISTRY_TOKEN: tokenOf(at) } });
  expect(run.code).toBe(1);
  expect(run.err).toContain(`(${code})`);
  expect(existsSync(configPath(at))).toBe(false);
});

it('refuses what Forgejo logs in although it can do nothing', async () => {
  const at = setup();
  at.gitea.configure({ release: 'forgejo-11.0.2' });
  const token = at.gitea.createToken('ci', ['read:user']);
  const { code, err } = await login(at, [], { env: { GITEA_REGISTRY_TOKEN: token } });
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringContaining('the token has read:user, and needs read:package'),
  });
});

it('warns of a token that can make others, and of a password', async () => {
  const at = setup();
  for (const token of [at.gitea.createToken('ci', ['all']), 'ci-password']) {
    const { code, err } = await login(at, [], { env: { GITEA_REGISTRY_TOKEN: token } });
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('(REG325)') });
  }
});

it('refuses two hosts, and one that is no host', async () => {
  const at = setup();
  const two = await login(at, ['a.example.org', '--registry', 'b.example.org']);
  expect(two).toMatchObject({ code: 2, err: expect.stringContaining('give one of them') });
  const wrong = await login(at, ['git.example.org/coulomb']);
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('(REG111)') });
});

it('ends with 3 and keeps nothing where no registry answers', async () => {
  const at = setup();
  // The fake speaks http.
  const { code, err } = await login(at, [at.host]);
  expect(err).toContain(`name it as --registry http://${at.host}`);
  expect({ code, kept: existsSync(configPath(at)) }).toEqual({ code: 3, kept: false });
});

it('does not call a token good that only another host could have tried', async () => {
  const at = setup();
  at.gitea.configure({ rootUrl: 'http://127.0.0.2:1/' });
  const token = at.gitea.createToken('ci', ['write:package']);
  const result = await login(at, [at.gitea.url], { env: { GITEA_REGISTRY_TOKEN: token } });
  expect(result.code).not.toBe(0);
  expect(result.err).toContain('(REG241)');
  expect(existsSync(configPath(at))).toBe(false);
});
