import type { PackageVersion } from '../../client/packages/package-version';

/** A package version as `--output json` and `jsonl` show it. */
export interface PackageRecord {
  readonly owner: string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  /** `owner/name`; null without a link, or with one to a repository this account cannot see. */
  readonly repository: string | null;
  /** RFC 3339. */
  readonly createdAt: string;
  /** Who pushed it; null once the account is gone. */
  readonly creator: string | null;
  /** Page of the web interface. */
  readonly url: string | null;
}

/** The record of a version. */
export function packageRecord(version: PackageVersion): PackageRecord {
  const { owner, type, name, createdAt } = version;
  return {
    owner,
    type,
    name,
    version: version.version,
    repository: version.repository?.fullName ?? null,
    createdAt,
    creator: version.creator ?? null,
    url: version.htmlUrl ?? null,
  };
}

/** A date of the API to the minute, in UTC. */
export function shownDate(date: string): string {
  return `${new Date(date).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
