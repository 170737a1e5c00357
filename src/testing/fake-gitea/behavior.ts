/** How much of a PAT's scope the registry's own token knows. */
export type RegistryTokenScope =
  /** No claim: any PAT has full registry rights. */
  | 'absent'
  /** Carried, judged at the next request. */
  | 'carried'
  /** Carried, and `/v2/token` refuses a PAT without a package scope. */
  | 'required';

/** Where the realm of the challenge comes from. */
export type RealmRule =
  /** ROOT_URL with its path. */
  | 'root-url'
  /** X-Forwarded-Proto and X-Forwarded-Host, with the path of ROOT_URL. */
  | 'forwarded-host-and-path'
  /** X-Forwarded-Proto and X-Forwarded-Host. */
  | 'forwarded-host'
  /** X-Forwarded-Proto and Host. */
  | 'host'
  /** As `host`, and PUBLIC_URL_DETECTION decides what happens without X-Forwarded-Proto. */
  | 'detection';

/** What one release does differently from others (sections 2.2, 3 to 6, 10 and 10.1 of the reference). */
export interface Behavior {
  readonly isForgejo: boolean;
  /** As `/api/v1/version` answers. */
  readonly versionText: string;
  readonly realm: RealmRule;
  /** PUBLIC_URL_DETECTION when app.ini does not say. */
  readonly detection: 'legacy' | 'auto';
  /** Whether the challenge offers Basic too: always (1.26.0 only), where anonymous pulls cannot work, never. */
  readonly basicChallenge: 'always' | 'where-needed' | 'never';
  /** Text of a refused Authorization header. */
  readonly refusedAuthorization: string;
  /** Reads Basic on `/v2` itself; else only below it, and the JWT parser refuses the header. */
  readonly basicOnPing: boolean;
  /** `/v2/` is `/v2` and `//v2/token` is `/v2/token` before credentials are read. */
  readonly normalizesPath: boolean;
  readonly registryTokenScope: RegistryTokenScope;
  /** Scope in the registry token of a password. */
  readonly passwordScope: string;
  readonly honoursPublicOnly: boolean;
  /** 404 inside `/v2/{owner}` without a route: with text, or empty. */
  readonly textForNoRoute: boolean;
  /** Upload sessions tell `Range` by the last byte, and nothing while empty. */
  readonly exactSessionRange: boolean;
  /** Any config media type is taken as it is. */
  readonly anyConfig: boolean;
  /** A manifest push that names something wrong ends in the 500 page. */
  readonly panicsOnPush: boolean;
  /** Pushing a tag again keeps its row, its date and its old files. */
  readonly keepsVersionOnRetag: boolean;
  /** HEAD of a generic file is answered; else 405. */
  readonly genericHead: boolean;
  /** The one method in `Allow` of that 405; the router names one of those it has. */
  readonly genericAllow: 'GET' | 'DELETE';
  /** A 416 keeps the headers of the download. */
  readonly refusedRangeKeepsHeaders: boolean;
  /** Body of the 500 for a form upload. */
  readonly formUploadText: string;
  /** `Cache-Control` of a generic download. */
  readonly downloadCache: string;
  readonly linkApi: boolean;
  readonly versionListApi: boolean;
  /** REST shows the packages of public owners to somebody without an account. */
  readonly anonymousPackageReads: boolean;
  /** Whether link and unlink decode the package name in the path. */
  readonly decodesLinkName: boolean;
  /** What stands before `package does not exist` where a version is asked for. */
  readonly missingVersionPrefix: string;
  readonly fileSizeKey: 'size' | 'Size';
  /** The 403 of a missing scope names the token's scopes. */
  readonly showsTokenScopes: boolean;
  /** Header that warns of a token in the query. */
  readonly queryTokenWarning: string;
  readonly tokenNeedsScope: boolean;
  /** Scope names a new token may not have, dropped without a word. */
  readonly droppedScopes: readonly string[];
  /** A new token's JSON tells its scopes. */
  readonly tokenShowsScopes: boolean;
  /** Token JSON has `created_at` and `last_used_at`. */
  readonly tokenTimes: boolean;
  /** The fixed text for a missing thing of REST. */
  readonly notFoundText: string;
  /** User JSON has `html_url`. */
  readonly htmlUrlOfUsers: boolean;
  /** Repository JSON has `has_code`. */
  readonly repositoryHasCode: boolean;
  /** Repository JSON has `parent` where there is none. */
  readonly repositoryNullParent: boolean;
  /** A team made of units has no general right; before, the least of its units'. */
  readonly unitTeamsLackRight: boolean;
  /** Lists of versions of one second start with the newest row. */
  readonly newestRowFirst: boolean;
  /** `Cache-Control` of the health check, where sent. */
  readonly healthCache?: string;
  /** Knows USE_SUB_URL_PATH. */
  readonly hasSubUrlPath: boolean;
  /** Status that leads from a repository's former name to its new one. */
  readonly repositoryRedirect: 301 | 307;
}

type Version = readonly [major: number, minor: number, patch: number];

const MINIMUM_FORGEJO = 7;

/**
 * What a release does.
 *
 * @param release `1.22.0` to `1.26.x`, `forgejo-7.0.0` to `forgejo-12.x.y`, or a recorded build such as `1.26.0-dev`
 * @throws Error when it is neither
 */
export function behaviorOf(release: string): Behavior {
  const [, forgejo, major, minor, patch, dev] =
    /^(forgejo-)?([0-9]+)\.([0-9]+)(?:\.([0-9]+))?(-dev)?$/.exec(release) ?? [];
  if (major === undefined) throw unknownRelease(release);
  const version: Version = [Number(major), Number(minor), Number(patch ?? 0)];
  if (forgejo !== undefined) {
    if (version[0] < MINIMUM_FORGEJO) throw unknownRelease(release);
    return forgejoBehavior(version, `${release.slice('forgejo-'.length)}+gitea-1.22.0`);
  }
  if (version[0] !== 1 || version[1] < 22) throw unknownRelease(release);
  return giteaBehavior(release, dev === undefined ? version : recordedBuild(version));
}

/** The recorded builds stand before what their number names: 1.22-dev is late 1.21, 1.26-dev is 1.25. */
function recordedBuild([major, minor, patch]: Version): Version {
  return minor === 22 || minor === 26 ? [major, minor - 1, 0] : [major, minor, patch];
}

function unknownRelease(release: string): Error {
  return new Error(
    `release '${release}' must be a Gitea from '1.22.0' on or a Forgejo from 'forgejo-7.0.0' on`,
  );
}

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

function giteaBehavior(release: string, version: Version): Behavior {
  const since = (...other: Version): boolean => compare(version, other) >= 0;
  return {
    isForgejo: false,
    versionText: release,
    realm: giteaRealm(since),
    detection: since(1, 26, 0) ? 'auto' : 'legacy',
    basicChallenge: since(1, 26, 1) ? 'where-needed' : since(1, 26, 0) ? 'always' : 'never',
    refusedAuthorization: since(1, 25, 0) ? 'Failed to authenticate user' : 'authGroup.Verify',
    basicOnPing: since(1, 26, 0),
    normalizesPath: since(1, 23, 0),
    registryTokenScope: since(1, 22, 2) ? 'required' : 'absent',
    passwordScope: 'all',
    honoursPublicOnly: since(1, 22, 3),
    textForNoRoute: since(1, 24, 0),
    exactSessionRange: since(1, 24, 1),
    anyConfig: since(1, 24, 0),
    panicsOnPush: since(1, 25, 0) && !since(1, 25, 3),
    keepsVersionOnRetag: since(1, 25, 0) && !since(1, 25, 2),
    genericHead: since(1, 25, 0),
    genericAllow: since(1, 23, 0) ? 'DELETE' : 'GET',
    refusedRangeKeepsHeaders: !since(1, 23, 0),
    formUploadText: since(1, 25, 0) ? 'internal server error' : '',
    downloadCache: since(1, 24, 0) ? STANDARD_CACHE : PRIVATE_CACHE,
    linkApi: since(1, 24, 0),
    versionListApi: since(1, 24, 0),
    anonymousPackageReads: false,
    decodesLinkName: true,
    missingVersionPrefix: since(1, 24, 0) ? 'GetVersionByNameAndVersion: ' : '',
    fileSizeKey: since(1, 24, 0) ? 'size' : 'Size',
    showsTokenScopes: since(1, 23, 0),
    queryTokenWarning: 'X-Gitea-Warning',
    tokenNeedsScope: since(1, 23, 0),
    droppedScopes: [],
    tokenShowsScopes: since(1, 23, 0),
    tokenTimes: since(1, 25, 0),
    notFoundText: since(1, 25, 0) ? 'not found' : "The target couldn't be found.",
    htmlUrlOfUsers: since(1, 23, 0),
    repositoryHasCode: since(1, 25, 0),
    repositoryNullParent: !since(1, 25, 0),
    unitTeamsLackRight: since(1, 24, 0),
    newestRowFirst: since(1, 24, 0),
    hasSubUrlPath: since(1, 23, 0),
    repositoryRedirect: since(1, 24, 0) ? 301 : 307,
  };
}

function giteaRealm(since: (...version: Version) => boolean): RealmRule {
  if (since(1, 24, 0)) return 'detection';
  if (since(1, 23, 0)) return 'host';
  if (since(1, 22, 1)) return 'forwarded-host';
  return since(1, 22, 0) ? 'forwarded-host-and-path' : 'root-url';
}

function forgejoBehavior(version: Version, versionText: string): Behavior {
  const since = (...other: Version): boolean => compare(version, other) >= 0;
  return {
    isForgejo: true,
    versionText,
    realm: 'root-url',
    detection: 'legacy',
    basicChallenge: 'never',
    refusedAuthorization: 'authGroup.Verify',
    basicOnPing: false,
    normalizesPath: since(10, 0, 2),
    registryTokenScope:
      since(8, 0, 2) || (version[0] === 7 && since(7, 0, 8)) ? 'carried' : 'absent',
    passwordScope: '',
    honoursPublicOnly: since(10, 0, 0),
    textForNoRoute: false,
    exactSessionRange: false,
    anyConfig: since(12, 0, 0),
    panicsOnPush: false,
    keepsVersionOnRetag: false,
    genericHead: false,
    genericAllow: 'DELETE',
    refusedRangeKeepsHeaders: !since(9, 0, 0),
    formUploadText: '',
    downloadCache: PRIVATE_CACHE,
    linkApi: since(11, 0, 0),
    versionListApi: false,
    anonymousPackageReads: since(12, 0, 0),
    decodesLinkName: false,
    missingVersionPrefix: '',
    fileSizeKey: 'Size',
    showsTokenScopes: false,
    queryTokenWarning: 'Warning',
    tokenNeedsScope: true,
    droppedScopes: ['sudo'],
    tokenShowsScopes: true,
    tokenTimes: false,
    notFoundText: "The target couldn't be found.",
    htmlUrlOfUsers: true,
    repositoryHasCode: false,
    repositoryNullParent: true,
    unitTeamsLackRight: false,
    newestRowFirst: false,
    healthCache: 'no-store',
    hasSubUrlPath: false,
    repositoryRedirect: 307,
  };
}

/** `Cache-Control` of Gitea's dynamic answers. */
export const STANDARD_CACHE = 'max-age=0, private, must-revalidate, no-transform';

const PRIVATE_CACHE = 'private, max-age=300';
