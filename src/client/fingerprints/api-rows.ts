import type { Fingerprint } from './pattern';
import { EMPTY } from './pattern';

/** Gitea's API and web pages send this, Traefik's own answers never do. */
const OF_GITEA = { 'x-frame-options': /./ };

const WITH_TEAM =
  "give the account a team with Packages: Write in the organization, or use the owner's own account";

/** Why a host may have no API at all, and what to do then. */
export const ONLY_V2 =
  'a 404 here may mean that the host routes only /v2: name the address of the API with --registry, or dial the Service with --connect-to';

/** What the REST API of Gitea and Forgejo answers (routers/api/v1), `surface` api. */
export const API_ROWS: readonly Fingerprint[] = [
  {
    id: 'owner-renamed',
    when: {
      status: [301, 302, 307, 308],
      surface: ['api', 'generic', 'v2'],
      path: /^\/(api\/v1\/(packages|users|orgs)|api\/packages|v2)\//,
      headers: {
        // Gitea's own redirects are relative, those of a proxy name a host.
        location: /^\/(api\/v1\/(packages|users|orgs)|api\/packages|v2)\/(?<now>[^/?]+)/,
      },
    },
    responder: 'gitea',
    meaning: "the owner was renamed to '{now}'",
    next: "use the name '{now}': uploads, deletions and links are not redirected",
    code: 'REG320',
  },
  {
    id: 'repository-renamed',
    when: {
      status: [301, 302, 307, 308],
      surface: 'api',
      headers: {
        location: /^\/api\/v1\/repos\/(?<owner>[^/?]+)\/(?<now>[^/?]+)/,
      },
    },
    responder: 'gitea',
    meaning: "the repository was renamed to '{owner}/{now}'",
    next: "use the name '{now}'",
    code: 'REG914',
  },
  {
    id: 'sign-in-required',
    when: { status: 403, surface: 'api', body: /Only signed in user is allowed/ },
    responder: 'gitea',
    meaning: 'it answers nobody who is not signed in (REQUIRE_SIGNIN_VIEW)',
    next: 'give it a user and an access token',
    code: 'REG310',
  },
  {
    id: 'password-change-required',
    when: { status: 403, surface: 'api', body: /must change your password/i },
    responder: 'gitea',
    meaning: 'the account must change its password before it may use the API',
    next: 'change it once, or create the account with --must-change-password=false',
    code: 'REG322',
  },
  {
    id: 'account-locked',
    when: {
      status: 403,
      surface: 'api',
      body: /prohibited from signing in|account is not activated|is (inactive|suspended)/i,
    },
    responder: 'gitea',
    meaning: 'the account is inactive or may not sign in',
    next: 'let an administrator activate it',
    code: 'REG322',
  },
  {
    id: 'scope-missing',
    when: {
      status: 403,
      surface: 'api',
      body: /required scope\(s\), required=\[(?<required>[^\]"]*)\], token scope=(?<actual>[^"\\]*)/,
    },
    responder: 'gitea',
    meaning: "this needs a token with the scope '{required}', this one has '{actual}'",
    next: "make an access token with the scope '{required}'; scopes cannot be added to one that exists",
    code: 'REG314',
  },
  {
    id: 'scope-missing',
    when: {
      status: 403,
      surface: 'api',
      body: /required scope\(s\): \[(?<required>[^\]"]*)\]/,
    },
    responder: 'gitea',
    meaning: "this needs a token with the scope '{required}'",
    next: "make an access token with the scope '{required}'; scopes cannot be added to one that exists",
    code: 'REG314',
  },
  {
    id: 'public-only',
    when: { status: 403, surface: 'api', body: /token scope is limited to public/ },
    responder: 'gitea',
    meaning: 'the token is limited to public owners',
    next: 'use a token without public-only for a private or limited owner',
    code: 'REG314',
  },
  {
    id: 'no-token-seen',
    when: { status: 401, surface: 'api', body: /"token is required"/ },
    responder: 'gitea',
    meaning: 'it saw no credential',
    next: 'give it a user and an access token; if you did, something on the way takes the Authorization header off',
    code: 'REG311',
  },
  {
    id: 'token-refused',
    when: { status: 401, surface: 'api', body: /"message":/ },
    responder: 'gitea',
    meaning: 'it does not know the token, or the password is wrong or needs a second factor',
    next: 'make a new access token with a package scope, and give it with its user name',
    code: 'REG312',
  },
  {
    id: 'owner-access',
    when: {
      status: 403,
      surface: 'api',
      method: /^(GET|HEAD)$/,
      body: /user should have specific permission/,
    },
    responder: 'gitea',
    meaning: 'the account may not read the packages of the owner',
    next: 'add it to a team of the organization; a private user is readable by that user only',
    code: 'REG323',
  },
  {
    id: 'owner-access',
    when: { status: 403, surface: 'api', body: /user should have specific permission/ },
    responder: 'gitea',
    meaning: 'the account may not write packages of the owner',
    next: WITH_TEAM,
    code: 'REG321',
  },
  {
    id: 'permission-denied',
    when: { status: 403, surface: 'api', body: /"permission denied"/ },
    responder: 'gitea',
    meaning: 'the account lacks a right on the repository or its packages unit',
    next: WITH_TEAM,
    code: 'REG916',
  },
  {
    id: 'owner-unknown',
    when: {
      status: 404,
      surface: 'api',
      body: /user redirect does not exist \[name: (?<owner>[^\]"]*)\]/,
    },
    responder: 'gitea',
    meaning: "there is no user or organization '{owner}'",
    next: 'check the owner: it is the first part of the name, not a repository or project',
    code: 'REG320',
  },
  {
    id: 'package-missing',
    when: {
      status: 404,
      surface: 'api',
      body: /package does not exist"|"%!s\(\\u003cnil\\u003e\)"/,
    },
    responder: 'gitea',
    meaning: 'there is no such package or version under this owner and type',
    next: "check owner, type and name; 'gitea-registry ls OWNER' shows what there is",
    code: 'REG913',
  },
  {
    id: 'repository-missing',
    when: {
      status: 404,
      surface: 'api',
      body: /"repository does not exist \[id: \d+, uid: (?<uid>\d+)[^"]*, name: (?<repository>[^\]"]*)\]"/,
    },
    responder: 'gitea',
    meaning: "the owner has no repository '{repository}'",
    next: 'check the name; a package can be linked to a repository of its own owner only',
    code: 'REG914',
  },
  {
    id: 'repository-missing',
    when: { status: 404, surface: 'api', path: /^\/api\/v1\/repos\//, body: /"message":/ },
    responder: 'gitea',
    meaning: 'there is no such repository, or the account may not see it',
    next: 'check owner and name',
    code: 'REG914',
  },
  {
    id: 'thing-missing',
    when: { status: 404, surface: 'api', body: /"message":/ },
    responder: 'gitea',
    meaning: 'there is no such thing',
    code: 'REG910',
    shows: true,
  },
  {
    id: 'invalid-argument',
    when: { status: 400, surface: 'api', body: /"invalid argument"/ },
    responder: 'gitea',
    meaning: 'the package is linked already, or not linked where it should be unlinked',
    next: "read its repository: 'gitea-registry show PACKAGE'",
    code: 'REG917',
  },
  {
    id: 'api-below-path',
    when: { status: 404, body: /404 page not found, sub-path is: <a href="(?<path>[^"]*)">/ },
    responder: 'gitea',
    meaning: "it keeps its API below '{path}' (USE_SUB_URL_PATH)",
    next: 'name an address at whose root Gitea answers, such as its Service',
    code: 'REG910',
  },
  {
    id: 'api-route-missing',
    when: { status: 404, surface: 'api', headers: OF_GITEA, body: /^404 page not found\s*$/ },
    responder: 'gitea',
    meaning:
      "its API has no such route: the version is too old for it, or a proxy turned '%2F' of a name into '/'",
    next: 'compare the version (api/v1/version) with what the command needs',
    code: 'REG910',
  },
  {
    id: 'api-route-missing',
    when: { status: 404, surface: 'api', headers: OF_GITEA, body: EMPTY },
    responder: 'gitea',
    meaning: 'its API has no such route',
    next: 'compare the version (api/v1/version) with what the command needs',
    code: 'REG910',
  },
  {
    id: 'no-api',
    when: { status: 404, surface: 'api', body: /^404 page not found\s*$/ },
    responder: 'traefik',
    meaning: `no route leads to the API; ${ONLY_V2}`,
    code: 'REG910',
  },
  {
    id: 'no-api',
    when: { status: 404, surface: 'api', body: /^Not found\.\s*$/ },
    responder: 'gitea',
    meaning: `it has nothing at this path, so a proxy changes the path on the way; ${ONLY_V2}`,
    code: 'REG910',
  },
  {
    id: 'method-refused',
    when: { status: 405, surface: 'api', headers: { allow: /(?<allow>.*)/ } },
    responder: 'gitea',
    meaning: 'the route takes only {allow}',
    code: 'REG910',
  },
  {
    id: 'account-refused',
    when: { status: 403, surface: 'api', body: /^\s*\{.*"message":/ },
    responder: 'gitea',
    meaning: 'the account may not do this',
    code: 'REG321',
    shows: true,
  },
  {
    id: 'message-empty',
    when: { status: 500, surface: 'api', body: /^\s*\{"message":""/ },
    responder: 'gitea',
    meaning: 'it failed and tells only site admins why',
    next: "read Gitea's log",
    code: 'REG910',
  },
  {
    id: 'api-error',
    when: { surface: 'api', status: { from: 400, to: 599 }, body: /^\s*\{.*"message":/ },
    responder: 'gitea',
    meaning: 'it refuses or failed',
    next: "read Gitea's log",
    code: 'REG910',
    shows: true,
  },
];
