import type { Check } from '../check';

/** Accounts, tokens and rights. */
export const ACCESS_CHECKS: readonly Check[] = [
  {
    code: 'REG312',
    slug: 'credentials-accepted',
    title: 'the credentials (of the user and of each pull secret) are accepted',
    severity: 'error',
    why: 'a deleted token, a password of an account with two factors, or an account that only signs in elsewhere: the server knows nobody by these credentials',
    shows: [
      'docker login: `unauthorized: Failed to authenticate user` (older: `authGroup.Verify`)',
      'skopeo: `invalid username/password: unauthorized: authentication required`',
      'kubelet: `failed to fetch oauth token: … 401 Unauthorized`',
    ],
    fix: 'make a new access token with a package scope, and check host, user name and stray line ends where it is kept',
    links: [
      'https://github.com/go-gitea/gitea/issues/33732',
      'https://docs.gitea.com/development/api-usage#generating-and-listing-api-tokens',
    ],
  },
  {
    code: 'REG313',
    slug: 'token-not-password',
    title:
      "pull and push secrets hold an access token of a bot, not a password and never the admin's",
    severity: 'error',
    why: 'two factors refuse passwords, accounts of OIDC or LDAP have none, and the chart sets that of the admin anew at each start; a password also opens everything the account may do',
    shows: [
      'nothing fails until the account gets a second factor or the pod restarts; then every pull and push is 401',
      'the registry token of `/v2/token`, decoded, has `"Scope":"all"` (Gitea) or `"Scope":""` (Forgejo)',
    ],
    fix: 'make an access token of a bot with `read:package` or `write:package`, and put it where the password stands',
    links: ['https://docs.gitea.com/development/api-usage#generating-and-listing-api-tokens'],
  },
  {
    code: 'REG314',
    slug: 'token-package-scope',
    title:
      'the token has the package scope its use needs: `read:package` to pull, `write:package` to push, delete, link',
    severity: 'error',
    gate: 'asked for at login since Gitea 1.22.2; Forgejo lets it log in and refuses the push',
    why: 'a token without the scope is a valid token: the refusal looks like a wrong password, or comes only at the push',
    shows: [
      'docker login: `unauthorized` without a reason',
      'API: `token does not have at least one of required scope(s)`',
      'after a good login: `unauthorized: reqPackageAccess`, `token scope is limited to public packages`',
    ],
    fix: 'make a token with `write:package` (it includes reading); the word is singular, and public-only tokens see no private owner',
    links: [
      'https://github.com/go-gitea/gitea/pull/31967',
      'https://github.com/go-gitea/gitea/issues/32379',
    ],
  },
  {
    code: 'REG315',
    slug: 'not-actions-token',
    title: 'CI does not use the built-in job token (`GITEA_TOKEN`, `FORGEJO_TOKEN`) for packages',
    severity: 'error',
    gate: 'Forgejo ≥16.0.1 documents an authorized integration instead',
    why: 'the account behind the job token never has more than read rights on packages, whatever `permissions:` says',
    shows: [
      'docker login in the job: `unauthorized` (Gitea ≥1.22.2)',
      'login good, push: `unauthorized: reqPackageAccess` (before, and Forgejo)',
    ],
    fix: 'keep an access token of a bot with `write:package` in a secret whose name does not begin with GITEA_, GITHUB_ or FORGEJO_',
    links: [
      'https://github.com/go-gitea/gitea/issues/23642',
      'https://github.com/go-gitea/gitea/issues/39070',
    ],
  },
  {
    code: 'REG316',
    slug: 'bearer-accepted',
    title: 'a token issued by one call is accepted by the next, on every replica, for its 24 h',
    severity: 'error',
    gate: 'signed with `[oauth2] JWT_SECRET` since Gitea 1.21.6',
    why: 'replicas that sign with different keys, or a key made anew at each start, refuse the tokens of each other at random',
    shows: [
      'a push that fails at one layer and succeeds when repeated',
      '`unauthorized: Failed to authenticate user` in the middle of a push, right after a pod restart',
    ],
    fix: 'give all replicas `oauth2.JWT_SECRET`, `security.SECRET_KEY` and `INTERNAL_TOKEN` from one Secret, keep app.ini on the volume, and keep clocks in step',
    links: ['https://github.com/go-gitea/gitea/pull/29205'],
  },
  {
    code: 'REG320',
    slug: 'owner-exists',
    title: 'the first path segment is an existing owner under its current name',
    severity: 'error',
    why: 'the first segment of an image is a user or organization; a project or repository name in its place is an owner nobody knows, and uploads do not follow the redirect of a renamed one',
    shows: [
      'docker push: `unknown: Not found.`',
      'crane: `unexpected status code 404 Not Found: Not found.`',
      'API: `user redirect does not exist [name: …]`',
    ],
    fix: 'push to HOST/OWNER/IMAGE with the name of a user or organization as it is today',
    links: ['https://docs.gitea.com/usage/packages/container#image-naming-convention'],
  },
  {
    code: 'REG321',
    slug: 'publisher-may-write',
    title: 'the publishing account may write packages of the owner',
    severity: 'error',
    why: 'rights on packages come from the owner: its own account, or a team of the organization with the packages unit at write; collaborators of a repository have none',
    shows: [
      'docker push after a good login: `unauthorized: reqPackageAccess`',
      'API: `user should have specific permission or be a site admin`',
    ],
    fix: 'put the bot into a team of the organization whose packages unit is Write, or push to the own name of the bot',
    links: [
      'https://github.com/go-gitea/gitea/issues/31531',
      'https://docs.gitea.com/usage/permissions',
    ],
  },
  {
    code: 'REG322',
    slug: 'account-usable',
    title: 'the bot account is active, may log in, and need not change its password',
    severity: 'error',
    why: 'accounts made by an admin must change their password before the API serves them, and a prohibited account still gets registry tokens that open nothing',
    shows: [
      'API: `You must change your password`',
      'login good, and every pull refused with `reqPackageAccess`, public images too',
    ],
    fix: 'create the bot with `--must-change-password=false`, or reactivate it in the site administration',
    links: ['https://docs.gitea.com/administration/command-line#admin'],
  },
  {
    code: 'REG323',
    slug: 'puller-may-read',
    title: 'the pull identity can read every image it is declared for',
    severity: 'error',
    gate: 'rules on restricted and limited accounts were tightened in Gitea 1.27.3',
    why: 'packages of a private organization are for members of a team that may read packages, and those of a private user for that user alone',
    shows: [
      'docker pull after a good login: `unauthorized: reqPackageAccess`',
      'API: `user should have specific permission or be a site admin`',
    ],
    fix: 'put the bot into a team of the organization whose packages unit is Read',
    links: ['https://docs.gitea.com/usage/permissions'],
  },
  {
    code: 'REG324',
    slug: 'least-privilege',
    title: 'pull and CI identities are separate and not site admins',
    severity: 'warning',
    why: 'a site administrator passes every limit and every check of packages: tests with it prove nothing, and who reads its token owns the server',
    shows: [
      'nothing fails; limits and visibility seem not to work for the one account everybody uses',
    ],
    fix: 'make one bot with `read:package` for pulls and another with `write:package` for CI, neither of them an administrator',
    links: ['https://docs.gitea.com/usage/permissions'],
  },
];
