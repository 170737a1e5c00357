/** What was looked up after a link or unlink was refused; what could not be looked up is absent. */
export interface LinkFacts {
  /** The name of the package holds a slash. */
  readonly hasSlash?: boolean;
  /** The server is Forgejo. */
  readonly isForgejo?: boolean;
  /** The release of the server has no such route. */
  readonly isTooOld?: boolean;
  /** Another method is refused with 405 and `Allow: POST`: the route is there. */
  readonly hasRoute?: boolean;
  /** The package is among those of the owner, with this type. */
  readonly isListed?: boolean;
  /** A package of this name has another type. */
  readonly hasOtherType?: boolean;
  /** Packages have names like this one. */
  readonly hasSimilarPackage?: boolean;
  /** What looking for the repository gave. */
  readonly repository?: 'found' | 'renamed' | 'absent';
  /** Another owner has a repository of this name. */
  readonly isElsewhere?: boolean;
  /** Repositories of the owner have names like this one. */
  readonly hasSimilarRepository?: boolean;
  /** The packages unit of the repository is on. */
  readonly hasPackagesUnit?: boolean;
  /** The token may not look repositories up. */
  readonly isLookUpRefused?: boolean;
  /** The account may read the packages of the owner. */
  readonly mayRead?: boolean;
}

/** Why a link could not be made or taken away. */
export type LinkCause =
  | 'too-old'
  | 'slash-decoded'
  | 'route-missing'
  | 'route-hidden'
  | 'slash-name'
  | 'other-type'
  | 'package-missing'
  | 'repository-renamed'
  | 'repository-elsewhere'
  | 'repository-missing'
  | 'unit-off'
  | 'repository-unseen'
  | 'repository-permission'
  | 'owner-permission'
  | 'owner-unseen'
  | 'unlink-permission';

/** What was asked for. */
export type LinkAction = 'link' | 'unlink';

/** One cause of a refused link. */
export interface LinkRow {
  /** Row of the fingerprint table the answer has. */
  readonly answer: string;
  /** What must be known beside it. @default - nothing */
  readonly given?: LinkFacts;
  /** The request it is about. @default - both */
  readonly only?: LinkAction;
  readonly cause: LinkCause;
  /** Code of the catalogue. */
  readonly code: string;
  /** What it means; `{package}`, `{owner}`, `{name}`, `{repository}`, `{server}`, `{similar}`, `{found}` are filled. */
  readonly meaning: string;
  readonly next: string;
}

const IN_THE_WEB = 'link it in the web interface: owner, Packages, the package, Settings';

/**
 * Causes of a refused link where one answer has several, most telling first; from the handler's order of evaluation
 * (routers/api/v1/packages `LinkPackage`), tried row by row on running servers. What is not here (a wrong token, a
 * missing scope, an unknown or renamed owner, an escaped slash a proxy refuses) has one cause, and its fingerprint
 * says it.
 */
export const LINK_ROWS: readonly LinkRow[] = [
  {
    answer: 'api-route-missing',
    given: { isTooOld: true },
    cause: 'too-old',
    code: 'REG911',
    meaning: '{server} has no links over REST: they came with Gitea 1.24 and Forgejo 11',
    next: `${IN_THE_WEB}; or upgrade`,
  },
  {
    answer: 'api-route-missing',
    given: { hasSlash: true, hasRoute: false, isTooOld: false },
    cause: 'slash-decoded',
    code: 'REG250',
    meaning: "something on the way turns the '%2F' in the name of the package into '/'",
    next: 'keep escapes as they are (nginx: proxy_pass without a path), or dial the Service with --connect-to',
  },
  {
    answer: 'api-route-missing',
    given: { hasRoute: true },
    cause: 'route-hidden',
    code: 'REG911',
    meaning:
      'the route is there for GET but not for POST: something on the way hides it, or two servers answer in turn',
    next: 'dial the Service with --connect-to and compare',
  },
  {
    answer: 'api-route-missing',
    cause: 'route-missing',
    code: 'REG911',
    meaning: 'its API has no route for links',
    next: `${IN_THE_WEB}; or upgrade to Gitea 1.24 or Forgejo 11`,
  },
  {
    answer: 'package-missing',
    given: { isForgejo: true, hasSlash: true, isListed: true },
    cause: 'slash-name',
    code: 'REG912',
    meaning: "{server} cannot link a package whose name holds a '/' over REST",
    next: `${IN_THE_WEB}; or give the image a name without '/'`,
  },
  {
    answer: 'package-missing',
    given: { hasSlash: true, isListed: true },
    cause: 'slash-decoded',
    code: 'REG250',
    meaning: "the package is listed, so something on the way changes the '%2F' in its name",
    next: 'keep escapes as they are (nginx: proxy_pass without a path), or dial the Service with --connect-to',
  },
  {
    answer: 'package-missing',
    given: { hasOtherType: true },
    cause: 'other-type',
    code: 'REG913',
    meaning: "there is no such package; '{found}' has another type",
    next: 'name the type as it is',
  },
  {
    answer: 'package-missing',
    given: { hasSimilarPackage: true },
    cause: 'package-missing',
    code: 'REG913',
    meaning: "there is no package '{package}'; did you mean {similar}?",
    next: 'push it first, then link it',
  },
  {
    answer: 'package-missing',
    cause: 'package-missing',
    code: 'REG913',
    meaning:
      "there is no package '{package}': not pushed yet, or its last version was deleted and cleaned up",
    next: "push it first, then link it; 'gitea-registry ls {owner}' shows what there is",
  },
  {
    answer: 'repository-missing',
    given: { repository: 'renamed' },
    cause: 'repository-renamed',
    code: 'REG914',
    meaning: "'{owner}/{repository}' was renamed to '{found}', and a link follows no rename",
    next: 'use the new name',
  },
  {
    answer: 'repository-missing',
    given: { isElsewhere: true },
    cause: 'repository-elsewhere',
    code: 'REG914',
    meaning: "'{found}' has another owner than the package, and a link never leaves its owner",
    next: "push the package under the repository's owner, or move the repository",
  },
  {
    answer: 'repository-missing',
    given: { hasSimilarRepository: true },
    cause: 'repository-missing',
    code: 'REG914',
    meaning: "'{owner}' has no repository '{repository}'; did you mean {similar}?",
    next: 'use its exact name',
  },
  {
    answer: 'repository-missing',
    given: { isLookUpRefused: true },
    cause: 'repository-missing',
    code: 'REG914',
    meaning:
      "'{owner}' has no repository '{repository}': misspelt, renamed, or of another owner, and a link never leaves its owner",
    next: 'check the name, or give the token read:repository too to be told which it is',
  },
  {
    answer: 'repository-missing',
    cause: 'repository-missing',
    code: 'REG914',
    meaning:
      "'{owner}' has no repository '{repository}': misspelt, renamed, or of another owner, and a link never leaves its owner",
    next: 'check the name in the web interface',
  },
  {
    answer: 'permission-denied',
    only: 'link',
    given: { hasPackagesUnit: false },
    cause: 'unit-off',
    code: 'REG915',
    meaning:
      "the packages unit of '{owner}/{repository}' is off, as in every fork unless set (or packages are disabled on the server)",
    next: 'switch it on in the settings of the repository, or PATCH /api/v1/repos/{owner}/{repository} with {"has_packages":true}',
  },
  {
    answer: 'permission-denied',
    only: 'link',
    given: { repository: 'absent' },
    cause: 'repository-unseen',
    code: 'REG916',
    meaning: "'{owner}/{repository}' is private, and this account may not see it",
    next: 'give it a team with Packages: Write that includes the repository',
  },
  {
    answer: 'permission-denied',
    only: 'link',
    given: { isLookUpRefused: true },
    cause: 'repository-permission',
    code: 'REG916',
    meaning:
      "the account has no write on the packages unit of '{owner}/{repository}', or the unit is off as in every fork (REG915)",
    next: 'look into the settings of the repository, or give the token read:repository too to be told which it is',
  },
  {
    answer: 'permission-denied',
    only: 'link',
    cause: 'repository-permission',
    code: 'REG916',
    meaning: "the account has no write on the packages unit of '{owner}/{repository}'",
    next: 'give it a team with Packages: Write that includes the repository; reading a public repository is not enough',
  },
  {
    answer: 'owner-access',
    given: { mayRead: true },
    cause: 'owner-permission',
    code: 'REG916',
    meaning: "the account may read the packages of '{owner}' but not write them",
    next: 'give it a team with Packages: Write; an Actions job token never has more than read',
  },
  {
    answer: 'owner-access',
    given: { mayRead: false },
    cause: 'owner-unseen',
    code: 'REG916',
    meaning: "the account may not even read the packages of '{owner}'",
    next: 'give it a team with Packages: Write in the organization',
  },
  {
    answer: 'owner-access',
    cause: 'owner-permission',
    code: 'REG916',
    meaning: "the account may not write packages of '{owner}'",
    next: 'give it a team with Packages: Write in the organization',
  },
  {
    answer: 'message-empty',
    only: 'unlink',
    cause: 'unlink-permission',
    code: 'REG916',
    meaning:
      "the account may write packages of '{owner}' but does not own it: a team member may link, and not unlink",
    next: 'unlink as an owner of the organization',
  },
];

/** The row that explains an answer; undefined where its fingerprint says all there is. */
export function linkRow(answer: string, action: LinkAction, facts: LinkFacts): LinkRow | undefined {
  return LINK_ROWS.find(
    (row) =>
      row.answer === answer && (row.only ?? action) === action && isGiven(row.given ?? {}, facts),
  );
}

function isGiven(given: LinkFacts, facts: LinkFacts): boolean {
  return Object.entries(given).every(([fact, value]) => facts[fact as keyof LinkFacts] === value);
}
