import { ApiDocument } from './api-document';

/** One version of a package, as the API lists it. */
export interface PackageVersion {
  /** Row of the version: two versions never share it, and a re-pushed tag has a new one. */
  readonly id: number;
  readonly owner: string;
  /** `container`, `generic`, … */
  readonly type: string;
  readonly name: string;
  /** For images the tag, or `sha256:…` where no tag holds the manifest. */
  readonly version: string;
  /** RFC 3339. */
  readonly createdAt: string;
  /** Who pushed it. @default - the account is gone */
  readonly creator?: string;
  /**
   * The repository the package is linked to. @default - none, or one that this account cannot see
   */
  readonly repository?: LinkedRepository;
  /** Page of the web interface, below ROOT_URL. */
  readonly htmlUrl?: string;
}

/** A repository as a package names it. */
export interface LinkedRepository {
  /** `owner/name`. */
  readonly fullName: string;
  readonly isPrivate: boolean;
}

/** One file of a package version. */
export interface PackageFile {
  readonly id: number;
  /** For images `manifest.json`, or `sha256_` and 64 hex digits. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly sha512?: string;
  readonly sha1?: string;
  readonly md5?: string;
}

/** @throws ClientError REG910 when a field that must be there is not, or is something else */
export function packageVersion(value: unknown): PackageVersion {
  return readVersion(ApiDocument.of(value, 'a package version'));
}

/** @throws ClientError REG910 as {@link packageVersion} */
export function packageVersions(value: unknown): PackageVersion[] {
  return ApiDocument.listOf(value, 'package version').map(readVersion);
}

/** @throws ClientError REG910 as {@link packageVersion} */
export function packageFiles(value: unknown): PackageFile[] {
  return ApiDocument.listOf(value, 'package file').map((file) => ({
    id: file.count('id'),
    name: file.text('name'),
    // Upper case before Gitea 1.24, and in Forgejo.
    size: file.count('size', 'Size'),
    sha256: file.text('sha256'),
    ...optional('sha512', file.textIfAny('sha512')),
    ...optional('sha1', file.textIfAny('sha1')),
    ...optional('md5', file.textIfAny('md5')),
  }));
}

function readVersion(document: ApiDocument): PackageVersion {
  const repository = document.part('repository');
  return {
    id: document.count('id'),
    owner: document.needed('owner').text('login'),
    type: document.text('type'),
    name: document.text('name'),
    version: document.text('version'),
    createdAt: document.date('created_at'),
    ...optional('creator', document.part('creator')?.textIfAny('login')),
    ...(repository && {
      repository: {
        fullName: repository.text('full_name'),
        isPrivate: repository.flag('private') ?? false,
      },
    }),
    ...optional('htmlUrl', document.textIfAny('html_url')),
  };
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: string });
}
