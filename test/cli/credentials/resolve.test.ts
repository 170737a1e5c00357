import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CredentialOptions } from '../../../src/cli/credentials/resolve';
import { resolveCredential } from '../../../src/cli/credentials/resolve';
import { temporaryFolder } from '../../support/temporary';
import type { Surroundings } from '../run-command';
import { recordingIo } from '../run-command';
import { helperProgram } from './helper-program';

const folder = temporaryFolder();

const HOST = 'git.example.org';
const auth = (user: string, secret: string): string =>
  Buffer.from(`${user}:${secret}`).toString('base64');

/** What is found for a host the user named, and what was said about it. */
async function resolved(
  options: CredentialOptions,
  surroundings: Surroundings = {},
  origin = `https://${HOST}`,
) {
  const { io, printed } = recordingIo(folder(), surroundings);
  const registry = { origin: new URL(origin), isNamed: true };
  const credential = await resolveCredential(registry, options, io);
  return { credential, err: printed.err };
}

function dockerConfig(config: unknown): { DOCKER_CONFIG: string } {
  mkdirSync(join(folder(), 'docker'), { recursive: true });
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  writeFileSync(join(folder(), 'docker/config.json'), text);
  return { DOCKER_CONFIG: join(folder(), 'docker') };
}

describe('a token given for the run', () => {
  it('comes from the environment with its user', async () => {
    const env = { GITEA_REGISTRY_USER: 'ci', GITEA_REGISTRY_TOKEN: 'abc' };
    expect(await resolved({}, { env })).toEqual({
      credential: { origin: `https://${HOST}`, user: 'ci', secret: 'abc' },
      err: '',
    });
  });

  it('comes from a file without its line end, and the option names the user before the environment', async () => {
    writeFileSync(join(folder(), 'token'), ' abc\r\n', { mode: 0o600 });
    const env = { GITEA_REGISTRY_USER: 'other' };
    expect(await resolved({ tokenFile: 'token', user: 'ci' }, { env })).toMatchObject({
      credential: { user: 'ci', secret: 'abc' },
      err: '',
    });
  });

  it('comes from standard input, and from a person where that is a terminal', async () => {
    const piped = await resolved({ tokenStdin: true }, { stdin: 'abc\n' });
    expect(piped.credential).toMatchObject({ secret: 'abc' });
    const typed = await resolved({ tokenStdin: true }, { stdin: 'not this', answers: ['def'] });
    expect(typed.credential).toMatchObject({ secret: 'def' });
    expect(typed.err).not.toContain('def');
  });

  it('wins over the docker config, which is not even read', async () => {
    const env = { ...dockerConfig('no JSON'), GITEA_REGISTRY_TOKEN: 'abc' };
    expect((await resolved({}, { env })).credential).toMatchObject({ secret: 'abc' });
  });

  it('is refused when two are given: which is meant would be a guess', async () => {
    writeFileSync(join(folder(), 'token'), 'abc', { mode: 0o600 });
    const env = { GITEA_REGISTRY_TOKEN: 'def' };
    await expect(resolved({ tokenFile: 'token' }, { env })).rejects.toThrow(
      "a token comes from GITEA_REGISTRY_TOKEN and from --token-file 'token': give one of them",
    );
    await expect(resolved({ tokenFile: 'token', tokenStdin: true })).rejects.toThrow(
      'give one of them',
    );
  });

  it('may stand in a file beside an empty variable', async () => {
    writeFileSync(join(folder(), 'token'), 'abc', { mode: 0o600 });
    const env = { GITEA_REGISTRY_TOKEN: '' };
    expect((await resolved({ tokenFile: 'token' }, { env })).credential).toMatchObject({
      secret: 'abc',
    });
  });

  it.each(['', ' ', '\n', '\t\r\n'])('is refused when it is empty: %j', async (text) => {
    writeFileSync(join(folder(), 'token'), text, { mode: 0o600 });
    const env = { GITEA_REGISTRY_TOKEN: text };
    for (const run of [
      () => resolved({}, { env }),
      () => resolved({ tokenFile: 'token' }),
      () => resolved({ tokenStdin: true }, { stdin: text }),
    ]) {
      await expect(run()).rejects.toThrow(/^the token in .* is empty/);
    }
  });

  it('is refused when there is more than the token, without showing any of it', async () => {
    const text = 'warning: running as root\nsup3rsecret';
    for (const run of [
      () => resolved({}, { env: { GITEA_REGISTRY_TOKEN: text } }),
      () => resolved({ tokenStdin: true }, { stdin: text }),
      () => resolved({ tokenStdin: true }, { stdin: 'x'.repeat(100_000) }),
    ]) {
      await expect(run()).rejects.toThrow(/must hold the token alone/);
      await expect(run()).rejects.not.toThrow(/sup3rsecret|xxx/);
    }
  });

  it('is refused from a file that is too large, a folder, or not there', async () => {
    writeFileSync(join(folder(), 'large'), 'x'.repeat(100_000), { mode: 0o600 });
    await expect(resolved({ tokenFile: 'large' })).rejects.toThrow('no token is that long');
    await expect(resolved({ tokenFile: '.' })).rejects.toThrow(
      "--token-file '.' cannot be read: EISDIR",
    );
    await expect(resolved({ tokenFile: 'absent' })).rejects.toThrow('ENOENT');
  });

  it.each([
    [0o644, true],
    [0o640, true],
    [0o600, false],
    [0o400, false],
  ])('warns of a file with mode %o that others may read: %s', async (mode, warns) => {
    const file = join(folder(), 'token');
    writeFileSync(file, 'abc');
    chmodSync(file, mode);
    const { err } = await resolved({ tokenFile: 'token' });
    expect(err.includes("others may read 'token'")).toBe(warns);
  });

  it.each([
    ['http://git.example.org', true],
    ['http://127.0.0.1:3000', false],
    ['https://git.example.org', false],
  ])('warns before it goes to %s: %s', async (origin, warns) => {
    const { err } = await resolved({}, { env: { GITEA_REGISTRY_TOKEN: 'abc' } }, origin);
    expect(err.includes('over plain http')).toBe(warns);
  });
});

describe('the docker config', () => {
  it.each([
    ['auth', { auth: auth('ci', 'abc') }],
    ['auth with zero bytes behind it', { auth: Buffer.from('ci:abc\0\0').toString('base64') }],
    ['user name and password', { username: 'ci', password: 'abc' }],
    ['both, of which auth counts', { auth: auth('ci', 'abc'), username: 'x', password: 'y' }],
  ])('gives the login of an entry with %s', async (_, entry) => {
    const env = dockerConfig({ auths: { [HOST]: entry } });
    expect((await resolved({}, { env })).credential).toEqual({
      origin: `https://${HOST}`,
      user: 'ci',
      secret: 'abc',
    });
  });

  it.each([
    ['no entry', {}],
    ['an empty entry', { auths: { [HOST]: {} } }],
    ['an entry that is no object', { auths: { [HOST]: 'abc' } }],
    [
      'an auth without a colon',
      { auths: { [HOST]: { auth: Buffer.from('abc').toString('base64') } } },
    ],
    ['a refresh token', { auths: { [HOST]: { identitytoken: 'abc' } } }],
    ['null', { auths: null }],
  ])('gives nothing for %s', async (_, config) => {
    expect(await resolved({}, { env: dockerConfig(config) })).toEqual({
      credential: undefined,
      err: '',
    });
  });

  it('is looked for in the home folder, and the one of podman after it', async () => {
    mkdirSync(join(folder(), '.docker'));
    writeFileSync(
      join(folder(), '.docker/config.json'),
      JSON.stringify({ auths: { [HOST]: { auth: auth('ci', 'abc') } } }),
    );
    writeFileSync(
      join(folder(), 'auth.json'),
      JSON.stringify({
        auths: {
          [HOST]: { auth: auth('pod', 'def') },
          'b.example.org': { auth: auth('pod', 'ghi') },
        },
      }),
    );
    const env = { HOME: folder(), REGISTRY_AUTH_FILE: join(folder(), 'auth.json') };
    expect((await resolved({}, { env })).credential).toMatchObject({ secret: 'abc' });
    const other = await resolved({}, { env }, 'https://b.example.org');
    expect(other.credential).toMatchObject({ secret: 'ghi' });
  });

  it('is of nobody where there is no home', async () => {
    expect((await resolved({})).credential).toBeUndefined();
  });

  it.each(['no JSON', '[]', '"x"', '{"auths":[]}', '{"credHelpers":"x"}'])(
    'that is broken is refused without showing it: %s',
    async (text) => {
      const run = resolved({}, { env: dockerConfig(text) });
      await expect(run).rejects.toThrow(/config\.json' is no docker config/);
    },
  );

  it('with the login of another user than the one named is refused', async () => {
    const env = dockerConfig({ auths: { [HOST]: { auth: auth('ci', 'abc') } } });
    await expect(resolved({ user: 'admin' }, { env })).rejects.toThrow(
      /holds the login of 'ci', not of 'admin'/,
    );
  });
});

describe('a credential helper', () => {
  const withHelper = (name: string, config: object, script?: string) => {
    const { path } = helperProgram(folder(), name, script);
    return { ...dockerConfig(config), PATH: path };
  };
  const says = (answer: unknown): string =>
    `console.log(${JSON.stringify(JSON.stringify(answer))});`;

  it.each([
    ['of all hosts', { credsStore: 'test' }],
    ['of the host', { credHelpers: { [HOST]: 'test' }, credsStore: 'absent' }],
  ])('%s is asked with the host on its standard input', async (_, config) => {
    const script = `console.log(JSON.stringify({ ServerURL: input, Username: verb, Secret: 'for ' + input }));`;
    const env = withHelper('test', config, script);
    expect((await resolved({}, { env })).credential).toMatchObject({
      user: 'get',
      secret: `for ${HOST}`,
    });
  });

  it('that knows nothing leaves it to the entries of the file', async () => {
    const auths = { [HOST]: { auth: auth('ci', 'abc') } };
    const env = withHelper('test', { credsStore: 'test', auths });
    expect((await resolved({}, { env })).credential).toMatchObject({ user: 'ci' });
  });

  it('that keeps a refresh token gives nothing', async () => {
    const env = withHelper(
      'test',
      { credsStore: 'test' },
      says({ Username: '<token>', Secret: 'abc' }),
    );
    expect((await resolved({}, { env })).credential).toBeUndefined();
  });

  it.each([
    ['fails', `console.log('sup3rsecret'); process.exit(1);`, 'ended with exit 1'],
    ['prints something else', `console.log('sup3rsecret');`, 'gave no user name and secret'],
    ['prints half of it', says({ Username: 'ci' }), 'gave no user name and secret'],
  ])('that %s is named, and what it printed is not shown', async (_, script, words) => {
    const env = withHelper('test', { credsStore: 'test' }, script);
    const run = resolved({}, { env });
    await expect(run).rejects.toThrow(
      `docker's credential helper 'docker-credential-test' ${words}`,
    );
    await expect(run).rejects.not.toThrow('sup3rsecret');
  });

  it('that is not installed is named', async () => {
    const env = { ...dockerConfig({ credsStore: 'absent' }), PATH: folder() };
    await expect(resolved({}, { env })).rejects.toThrow(
      "'docker-credential-absent' is not installed",
    );
  });

  it.each(['../evil', 'a/b', '-x', 'a b'])('with the name %j is not run', async (name) => {
    const env = { ...dockerConfig({ credsStore: name }), PATH: folder() };
    await expect(resolved({}, { env })).rejects.toThrow('which is no name of one');
  });
});
