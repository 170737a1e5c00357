/** What app.ini of the faked server says. Sizes in bytes; -1 is unlimited. */
export interface FakeSettings {
  /**
   * The release it behaves as: a Gitea number from `1.22.0` on, or Forgejo's such as `forgejo-11.0.2`. The recorded
   * builds have names of their own: `1.26.0-dev` is 1.25 with the faults of 1.25.0 to 1.25.2, `1.24.0-dev` and
   * `1.23.0-dev` stand for those releases, `1.22.0-dev` for late 1.21.
   * @default 1.25.4
   */
  readonly release?: string;
  /** `APP_NAME`, shown by the health check. @default Gitea */
  readonly appName?: string;
  /** `[server] ROOT_URL`. @default - the address it listens on */
  readonly rootUrl?: string;
  /** `[server] PUBLIC_URL_DETECTION`; `never` from 1.26 on. @default - legacy, from 1.26.0 on auto */
  readonly publicUrlDetection?: 'legacy' | 'auto' | 'never';
  /** `[server] USE_SUB_URL_PATH`: the path of ROOT_URL stands before each path, at the root `/v2` alone stays. @default false */
  readonly useSubUrlPath?: boolean;
  /** `[packages] ENABLED`. @default true */
  readonly packagesEnabled?: boolean;
  /** `[service] REQUIRE_SIGNIN_VIEW`. @default false */
  readonly requireSignIn?: boolean;
  /** `[service] ENABLE_BASIC_AUTHENTICATION`: whether a password signs in over Basic. @default true */
  readonly basicPasswords?: boolean;
  /** `[repository] DISABLED_REPO_UNITS` holds `repo.packages`. @default false */
  readonly packagesUnitDisabled?: boolean;
  /** `[packages] LIMIT_SIZE_<TYPE>` by type in lower case. @default - unlimited */
  readonly sizeLimits?: { readonly [packageType: string]: number };
  /** `[packages] LIMIT_TOTAL_OWNER_SIZE`. @default -1 */
  readonly totalOwnerSize?: number;
  /** `[packages] LIMIT_TOTAL_OWNER_COUNT`. @default -1 */
  readonly totalOwnerCount?: number;
  /** `[packages] SERVE_DIRECT`: address of the object store, below which blobs lie by hex digest. @default - off */
  readonly serveDirect?: string;
  /** `[cron.cleanup_packages] OLDER_THAN` in seconds. @default 86400 */
  readonly cleanupOlderThan?: number;
  /** `[api] DEFAULT_PAGING_NUM`. @default 30 */
  readonly defaultPaging?: number;
  /** `[api] MAX_RESPONSE_ITEMS`. @default 50 */
  readonly maxResponseItems?: number;
  /** `[security] DISABLE_QUERY_AUTH_TOKEN`. @default false */
  readonly disableQueryToken?: boolean;
  /** Clock in milliseconds since 1970. @default - the machine's */
  readonly now?: () => number;
}

/** Settings with their defaults. */
export type Settings = Required<Omit<FakeSettings, Undecided>> & Pick<FakeSettings, Undecided>;

/** Settings whose absence says something of its own. */
type Undecided = 'rootUrl' | 'publicUrlDetection' | 'serveDirect';

/** Fills in what app.ini leaves out. */
export function withDefaults(settings: FakeSettings): Settings {
  return {
    release: '1.25.4',
    appName: 'Gitea',
    useSubUrlPath: false,
    packagesEnabled: true,
    requireSignIn: false,
    basicPasswords: true,
    packagesUnitDisabled: false,
    sizeLimits: {},
    totalOwnerSize: -1,
    totalOwnerCount: -1,
    cleanupOlderThan: 86_400,
    defaultPaging: 30,
    maxResponseItems: 50,
    disableQueryToken: false,
    now: Date.now,
    ...settings,
  };
}
