/** Limits of app.ini the contract changes; bytes, or versions. */
export interface Limits {
  /** `[packages] LIMIT_SIZE_GENERIC`. @default - unlimited */
  readonly genericSize?: number;
  /** `[packages] LIMIT_TOTAL_OWNER_COUNT`. @default - unlimited */
  readonly ownerCount?: number;
}

/** A Gitea or Forgejo the contract runs against: nobody but a site admin is there. */
export interface Server {
  readonly origin: string;
  /** Site admin, who makes everything else over REST; the secret is a password or an access token with all scopes. */
  readonly admin: { readonly user: string; readonly secret: string };
  /** Sets limits, as a new app.ini and a restart would. @default - it cannot be configured */
  readonly limit?: (limits: Limits) => Promise<void>;
  /** Whether it stays: what was made is taken away again. @default false */
  readonly isVisited?: boolean;
  close(): Promise<void>;
}
