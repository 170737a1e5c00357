import type { FakeGitea } from '../../../src/testing';
import type { RecordedRelease } from './arrangements';

const USERS = ['root1', 'tegwick', 'ci-push', 'ci-pull', 'stranger', 'orgadmin'] as const;

const PASSWORD = 'a-password';

/** Kinds of tokens every account has, in the order they were made. */
const KINDS: readonly (readonly [kind: string, scopes: readonly string[]])[] = [
  ['all', ['all']],
  ['write', ['write:package']],
  ['read', ['read:package']],
  ['user', ['read:user']],
];

/** Secrets by the placeholders of the recordings: `<PASSWORD>`, `<TEGWICK_WRITE>`. */
export type Secrets = ReadonlyMap<string, string>;

/** Makes the accounts the README of the recordings tells of. */
export function addAccounts(release: RecordedRelease, gitea: FakeGitea, tick: () => void): Secrets {
  for (const name of USERS) gitea.addUser(name, { password: PASSWORD, admin: name === 'root1' });
  for (const [name, visibility] of [
    ['coulomb', 'public'],
    ['mosaic', 'private'],
  ] as const) {
    gitea.addOrganization(name, { visibility, owners: ['root1', 'orgadmin'] });
    gitea.addTeam(name, 'push', { authorize: 'read', packages: 'write', members: ['ci-push'] });
    gitea.addTeam(name, 'pull', { authorize: 'read', members: ['ci-pull'] });
  }
  gitea.addRepository('coulomb', 'state-hub');
  gitea.addRepository('mosaic', 'stack');
  gitea.addRepository('tegwick', 'own');
  gitea.addRepository('tegwick', 'secretrepo', { private: true });
  gitea.addRepository('tegwick', 'state-hub-fork', { forkOf: 'coulomb/state-hub' });
  return addTokens(gitea, release === '1.26.0-dev' ? tick : () => undefined);
}

function addTokens(gitea: FakeGitea, tick: () => void): Secrets {
  const secrets = new Map([['PASSWORD', PASSWORD]]);
  const placeholder = (user: string, kind: string): string =>
    `${user}_${kind}`.toUpperCase().replace('-', '_');
  for (const user of USERS) {
    for (const [kind, scopes] of KINDS) {
      secrets.set(placeholder(user, kind), gitea.createToken(user, scopes, kind));
      // Tokens are listed by second, and the recorded Gitea made the first of each in an earlier one.
      if (kind === 'all') tick();
    }
  }
  const publicOnly = gitea.createToken('ci-push', ['public-only', 'write:package'], 'public');
  return secrets.set('CI_PUSH_PUBLIC', publicOnly);
}
