import type { Flavor } from './model';
import type { ForgeVersion } from './version';
import { atLeast } from './version';

/** First release of each product that has a feature; absent: no release is known to have it. */
export type Gate = { readonly [F in Flavor]?: string };

/**
 * What changed for a registry, and when. Sources: Gitea's and Forgejo's changelogs and pull requests, tried on
 * running servers where one could be had.
 */
export const GATES = {
  /** Package registry and its REST API. */
  packages: { gitea: '1.17.0', forgejo: '1.18.0' },
  /** `/v2/_catalog`, GET and DELETE of an upload session, several generic files per version. */
  catalog: { gitea: '1.18.0', forgejo: '1.18.0' },
  /** Cleanup rules and `LIMIT_*`. */
  cleanupRules: { gitea: '1.19.0', forgejo: '1.19.0' },
  /** Scope names `read:package`, `write:package`. */
  packageScopes: { gitea: '1.20.0', forgejo: '1.20.0' },
  /** `SERVE_DIRECT` for packages (#25543). */
  serveDirect: { gitea: '1.21.0', forgejo: '1.21.0' },
  /** Registry tokens signed with `[oauth2] JWT_SECRET` (#29205). */
  jwtSecretSigns: { gitea: '1.21.6', forgejo: '7.0.0' },
  /** Token realm follows X-Forwarded-Proto (#30885). */
  realmFollowsProxy: { gitea: '1.22.0' },
  /** Token realm without the path of ROOT_URL (#31293). */
  realmAtRoot: { gitea: '1.22.1' },
  /** A token needs a package scope to log in (#31967). */
  loginNeedsScope: { gitea: '1.22.2' },
  /** `public-only` honoured on packages. */
  publicOnly: { gitea: '1.22.3', forgejo: '10.0.0' },
  /** `STORAGE_TYPE = azureblob` for packages. */
  azureBlob: { gitea: '1.23.0' },
  /** `[global_lock]`. */
  globalLock: { gitea: '1.23.0' },
  /** Link and unlink over REST (#33481). */
  linkApi: { gitea: '1.24.0', forgejo: '11.0.0' },
  /** Link and unlink of names with a slash. */
  linkSlashNames: { gitea: '1.24.0' },
  /** List of versions and `-/latest` over REST. */
  versionList: { gitea: '1.24.0' },
  /** `[server] PUBLIC_URL_DETECTION`. */
  publicUrlDetection: { gitea: '1.24.0' },
  /** `CHUNKED_UPLOAD_PATH` is ignored (#32352, #34196). */
  chunkedUploadPathGone: { gitea: '1.24.0' },
  /** HEAD of a generic file (#35088). */
  genericHead: { gitea: '1.25.0' },
  /** The image's `environment-to-ini` is `gitea config edit-ini` (#35735). */
  editIni: { gitea: '1.26.0' },
  /** `PUBLIC_URL_DETECTION = auto` by default (#36955). */
  realmFollowsHost: { gitea: '1.26.0' },
  /** `[quota]`; not for containers. */
  softQuota: { forgejo: '9.0.0' },
} as const satisfies { readonly [feature: string]: Gate };

/** A row of {@link GATES}. */
export type Feature = keyof typeof GATES;

/** Whether a server of this version has the feature. */
export function supports(version: ForgeVersion, feature: Feature): boolean {
  const gate: Gate = GATES[feature];
  const since = gate[version.flavor];
  return since !== undefined && atLeast(version, since);
}
