import { refuseSecretArguments } from '../../../src/cli/credentials/argv';
import { forge } from '../forge';

const TOKEN = '0123456789abcdef0123456789abcdef01234567';

it.each([
  [['login', 'git.example.org', TOKEN]],
  [['ls', 'coulomb', `--user=${TOKEN}`]],
  [['ls', 'coulomb', '--user', TOKEN]],
  [['ls', `https://ci:${TOKEN}@git.example.org`]],
  [['ls', '--registry', 'https://ci:pa55@git.example.org']],
  [['login', 'eyJhbGciOiJIUzI1NiJ9.eyJVc2VySUQiOjF9.c2ln']],
  [['login', `Bearer ${TOKEN}`]],
])('refuses a credential among %j without showing it', (argv) => {
  const refused = (): void => refuseSecretArguments(argv);
  expect(refused).toThrow(/argument \d looks like a credential \(‹redacted›, \d+ characters\)/);
  expect(refused).not.toThrow(/0123|pa55|eyJ/);
});

it.each([
  [['--token', 'x']],
  [['--token=x']],
  [['-token', 'x']],
  [['--password', 'x']],
  [['--PASSWORD=x']],
])('says that there is no such option for %j', (argv) => {
  const refused = (): void => refuseSecretArguments(['login', 'git.example.org', ...argv]);
  expect(refused).toThrow(/a token is never an argument, so there is no '--(token|password)'/i);
});

it.each([
  [['rm', `coulomb/container/state-hub@${TOKEN}`]],
  [['generic', 'put', 'coulomb/tools@1.0', `build/${TOKEN}.tar.gz`]],
  [['rm', 'coulomb/container/state-hub@sha256:' + 'ab'.repeat(32)]],
  [['show', 'coulomb/npm/@scope/name@1.0.0']],
  [['--token-file', 'token', '--token-stdin']],
  [['--connect-to', 'git.example.org:443:[::1]:30443']],
  [['check', '-o', 'report.json', '--only', 'REG2*']],
])('takes %j', (argv) => {
  expect(() => refuseSecretArguments(argv)).not.toThrow();
});

describe('a command', () => {
  const setup = forge();

  it('with a token among its arguments sends and shows nothing of it', async () => {
    const { run, gitea, token } = setup();
    for (const argv of [
      ['login', token],
      ['ls', 'coulomb', '--token', token],
      ['ls', `--token=${token}`],
    ]) {
      const { code, out, err } = await run(argv);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).not.toContain(token.slice(0, 20));
      expect(err).not.toContain(token.slice(20));
    }
    expect(gitea.requests).toEqual([]);
  });
});
