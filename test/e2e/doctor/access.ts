import { organization } from '../../doctor/scenarios/declared';
import type { Asked } from './front';
import { behindNginx, behindTraefik, proxied } from './front';
import type { RealScenario } from './scenario';
import { through } from './traefik-routes';

const WRITE = ['write:package'];

const publisher: Pick<Asked, 'login'> = { login: (lab) => lab.login('publisher') };

/** Traefik in front of a Gitea where everybody must sign in. */
const STRICT: Pick<Asked, 'settings'> = { settings: { requireSignIn: true } };

const withoutAuthorization = {
  routes: through({ drop: { headers: { customRequestHeaders: { Authorization: '' } } } }),
};

/** Steps P6 to P9 and what P11 tells of accounts: who may do what. */
export const ACCESS: readonly RealScenario[] = [
  behindTraefik('everybody must sign in although an owner is declared public', 'REG310', {
    ...STRICT,
    ...publisher,
    declared: (lab) => ({ owners: [organization(lab.open)] }),
  }),
  behindTraefik('an owner is declared public and is not', 'REG310', {
    ...publisher,
    declared: (lab) => ({ owners: [organization(lab.limited)] }),
  }),
  behindTraefik('Traefik takes the Authorization header away', 'REG311', {
    ...withoutAuthorization,
    ...publisher,
  }),
  behindTraefik('Traefik takes it away where everybody must sign in', 'REG311', {
    ...STRICT,
    ...withoutAuthorization,
    ...publisher,
  }),
  behindNginx('nginx takes the Authorization header away', 'REG311', {
    server: (gitea) => `location / { ${proxied(gitea, "proxy_set_header Authorization '';")} }`,
  }),
  behindTraefik('the token is wrong', 'REG312', {
    login: async (lab) => ({ user: lab.site.user('publisher'), secret: 'f'.repeat(40) }),
  }),
  behindTraefik('a password is used where a token should be', 'REG313', {
    login: (lab) => lab.password(),
  }),
  behindTraefik('the token has no package scope', 'REG314', {
    login: (lab) => lab.login('publisher', ['read:user', 'write:repository']),
  }),
  behindTraefik('the token has no package scope where everybody must sign in', 'REG314', {
    ...STRICT,
    login: (lab) => lab.login('publisher', ['write:repository']),
  }),
  behindTraefik('the token may read packages and shall publish one', 'REG314', {
    login: (lab) => lab.login('publisher', ['read:package']),
    request: (lab) => ({ publish: { repository: `${lab.open}/new` } }),
  }),
  behindTraefik('the token is for public owners only and the owner is private', 'REG314', {
    login: (lab) => lab.login('publisher', ['public-only', ...WRITE]),
    declared: (lab) => ({ owners: [organization(lab.closed, 'private')] }),
    request: (lab) => ({ publish: { repository: `${lab.closed}/stack-api` } }),
  }),
  behindTraefik('the owner of the image does not exist', 'REG320', {
    ...publisher,
    request: (lab) => ({ publish: { repository: `${lab.open}s/state-hub` } }),
  }),
  behindTraefik('the publisher may only read packages of the owner', 'REG321', {
    login: (lab) => lab.login('reader'),
    request: (lab) => ({ publish: { repository: `${lab.open}/state-hub` } }),
  }),
  behindTraefik('the publisher is in no team of the private owner', 'REG321', {
    login: (lab) => lab.login('stranger'),
    request: (lab) => ({ publish: { repository: `${lab.closed}/stack-api` } }),
  }),
  behindTraefik('the account must change its password first', 'REG322', {
    login: (lab) => lab.barred({ must_change_password: true }),
  }),
  behindTraefik('the account may not log in', 'REG322', {
    login: (lab) => lab.barred({ prohibit_login: true }),
  }),
  behindTraefik('the account is not active and shall publish', 'REG322', {
    login: (lab) => lab.barred({ active: false }),
    request: (lab) => ({ publish: { repository: `${lab.open}/state-hub` } }),
  }),
  behindTraefik('the pull secret holds an account outside the private organization', 'REG323', {
    ...publisher,
    pullLogin: (lab) => lab.login('stranger', ['read:package']),
    declared: (lab) => ({ owners: [organization(lab.closed, 'private')] }),
  }),
  behindTraefik('a site admin publishes', 'REG324', {
    login: (lab) => lab.login('admin', ['read:user', ...WRITE]),
  }),
  behindTraefik('the token may make tokens', 'REG325', {
    login: (lab) => lab.login('publisher', ['write:user', ...WRITE]),
  }),
  behindTraefik('an owner is declared private and anybody reads its images', 'REG330', {
    ...publisher,
    declared: (lab) => ({ owners: [organization(lab.open, 'private')] }),
  }),
  behindTraefik('the name of the image has two underscores', 'REG470', {
    ...publisher,
    request: (lab) => ({ publish: { repository: `${lab.open}/state__hub` } }),
  }),
];
