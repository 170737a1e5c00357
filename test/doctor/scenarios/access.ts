import type { FakeGitea, ProxyAnswer } from '../../../src/testing';
import { organization } from './declared';
import type { Intercept } from './front';
import { addOwner, changeAccount, CURIOUS, OWNER, push, withToken } from './site';
import type { Scenario } from './scenario';
import type { Login } from './world';
import { startWorld } from './world';

const FORGEJO = { release: 'forgejo-11.0.2' };

const withPassword = (user: string) => (): Login => ({ user, secret: `${user}-password` });

const STRIPPED = { requestHeaders: { strip: ['Authorization'] } };

/** A private organization with an image. */
const vault = async (gitea: FakeGitea): Promise<void> => {
  addOwner(gitea, 'vault', 'private');
  await push(gitea, 'vault/app', '1.0');
};

/** Steps P6 to P8 and what P10 and P11 tell of accounts: who may do what. */
export const ACCESS: readonly Scenario[] = [
  {
    name: 'everybody must sign in although an owner is declared public',
    code: 'REG310',
    start: () =>
      startWorld({
        forge: { requireSignIn: true },
        login: withToken('ci'),
        declared: { owners: [organization(OWNER)] },
      }),
  },
  {
    name: 'an owner is declared public and is not',
    code: 'REG310',
    start: () =>
      startWorld({
        content: async (gitea) => {
          addOwner(gitea, 'team', 'limited');
          await push(gitea, 'team/app', '1.0');
        },
        login: withToken('ci', CURIOUS),
        declared: { owners: [organization('team')] },
      }),
  },
  {
    name: 'a proxy takes the Authorization header away',
    code: 'REG311',
    start: () => startWorld({ switches: STRIPPED, login: withToken('ci') }),
  },
  {
    name: 'a proxy takes the Authorization header away where everybody must sign in',
    code: 'REG311',
    start: () =>
      startWorld({
        forge: { requireSignIn: true },
        switches: STRIPPED,
        login: withToken('ci'),
      }),
  },
  {
    name: 'a proxy takes the Authorization header away from a Forgejo',
    code: 'REG311',
    start: () => startWorld({ forge: FORGEJO, switches: STRIPPED, login: withToken('ci') }),
  },
  {
    name: 'the token is wrong',
    code: 'REG312',
    start: () => startWorld({ login: () => ({ user: 'ci', secret: 'f'.repeat(40) }) }),
  },
  {
    name: 'the token is wrong where everybody must sign in',
    code: 'REG312',
    start: () =>
      startWorld({
        forge: { requireSignIn: true },
        login: () => ({ user: 'ci', secret: 'f'.repeat(40) }),
      }),
  },
  {
    name: 'a password is used where a token should be',
    code: 'REG313',
    start: () => startWorld({ login: withPassword('ci') }),
  },
  {
    name: 'a password is used where a token should be, on a Forgejo',
    code: 'REG313',
    start: () => startWorld({ forge: FORGEJO, login: withPassword('ci') }),
  },
  {
    name: 'the token has no package scope',
    code: 'REG314',
    start: () => startWorld({ login: withToken('ci', ['read:user', 'write:repository']) }),
  },
  {
    name: 'the token has no package scope where everybody must sign in',
    code: 'REG314',
    start: () =>
      startWorld({
        forge: { requireSignIn: true },
        login: withToken('ci', ['write:repository']),
      }),
  },
  {
    name: 'the token of a Forgejo has no package scope',
    code: 'REG314',
    start: () =>
      startWorld({ forge: FORGEJO, login: withToken('ci', ['read:user', 'write:repository']) }),
  },
  {
    name: 'the token may read packages and shall publish one',
    code: 'REG314',
    start: () =>
      startWorld({
        login: withToken('ci', ['read:package']),
        request: { publish: { repository: `${OWNER}/new` } },
      }),
  },
  {
    name: 'the token is for public owners only and the owner is private',
    code: 'REG314',
    start: () =>
      startWorld({
        content: vault,
        login: withToken('ci', ['write:package', 'public-only']),
        declared: { owners: [organization('vault', 'private')] },
        request: { publish: { repository: 'vault/app' } },
      }),
  },
  {
    name: 'the token is the one of an Actions job',
    code: 'REG315',
    start: () => {
      const secret = 'a'.repeat(40);
      return startWorld({
        forge: FORGEJO,
        intercept: actionsJob(`gitea-actions:${secret}`),
        login: () => ({ user: 'gitea-actions', secret }),
      });
    },
  },
  {
    name: 'every second replica refuses the token another one gave',
    code: 'REG316',
    start: () => startWorld({ intercept: forgetful(), login: withToken('ci') }),
  },
  {
    name: 'a site admin publishes',
    code: 'REG324',
    start: () => startWorld({ login: withToken('root', ['write:package', 'read:user']) }),
  },
  {
    name: 'the token may make tokens',
    code: 'REG325',
    start: () => startWorld({ login: withToken('ci', ['write:package', 'write:user']) }),
  },
  {
    name: 'the token may do everything its user may',
    code: 'REG325',
    start: () => startWorld({ login: withToken('ci', ['all']) }),
  },
  {
    name: 'the account must change its password first',
    code: 'REG322',
    start: () =>
      startWorld({
        content: (gitea) => changeAccount(gitea, 'ci', { mustChangePassword: true }),
        login: withToken('ci'),
      }),
  },
  {
    name: 'the account may not log in',
    code: 'REG322',
    start: () =>
      startWorld({
        content: (gitea) => changeAccount(gitea, 'ci', { prohibitLogin: true }),
        login: withToken('ci'),
      }),
  },
  {
    name: 'the account is not active',
    code: 'REG322',
    start: () =>
      startWorld({
        content: (gitea) => changeAccount(gitea, 'ci', { isActive: false }),
        login: withToken('ci'),
      }),
  },
  {
    name: 'the account may not log in and shall publish',
    code: 'REG322',
    start: () =>
      startWorld({
        content: (gitea) => changeAccount(gitea, 'ci', { prohibitLogin: true }),
        login: withToken('ci'),
        request: { publish: { repository: `${OWNER}/state-hub` } },
      }),
  },
  {
    name: 'an owner is declared private and anybody reads its images',
    code: 'REG330',
    start: () =>
      startWorld({
        content: async (gitea) => {
          addOwner(gitea, 'vault');
          await push(gitea, 'vault/app', '1.0');
        },
        login: withToken('ci', CURIOUS),
        declared: { owners: [organization('vault', 'private')] },
      }),
  },
  {
    name: 'the pull secret holds an account outside the private organization',
    code: 'REG323',
    start: () =>
      startWorld({
        content: vault,
        login: withToken('ci', CURIOUS),
        pullLogin: withToken('puller', ['read:package']),
        declared: { owners: [organization('vault', 'private')] },
      }),
  },
];

/** Forgejo's token of a job: a registry token for the user −2, who has no account. */
function actionsJob(login: string): Intercept {
  const basic = `Basic ${Buffer.from(login).toString('base64')}`;
  const seconds = Math.floor(Date.now() / 1000);
  const token = [
    { alg: 'HS256', typ: 'JWT' },
    { exp: seconds + 86_400, nbf: seconds, UserID: -2, Scope: '' },
    'signature',
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return ({ url = '', headers: { authorization } }) => {
    if (url.startsWith('/v2/token') && authorization === basic) {
      return {
        status: 200,
        headers: [['Content-Type', 'application/json;charset=utf-8']],
        body: `${JSON.stringify({ token })}\n`,
      };
    }
    return url === '/v2/' && authorization === `Bearer ${token}`
      ? { status: 200, headers: [['Docker-Distribution-Api-Version', 'registry/2.0']] }
      : undefined;
  };
}

/** Two replicas with keys of their own, of which one did not sign the token. */
function forgetful(): Intercept {
  const refusal: ProxyAnswer = {
    status: 401,
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['X-Content-Type-Options', 'nosniff'],
    ],
    body: 'Failed to authenticate user\n',
  };
  let asked = 0;
  return ({ url, headers }) =>
    url === '/v2/' && /^Bearer /.test(headers.authorization ?? '') && asked++ % 2 === 1
      ? refusal
      : undefined;
}
