/** Who may see an owner. */
export type OwnerVisibility = 'public' | 'limited' | 'private';

/** A user or an organization. */
export interface FakeOwner {
  readonly id: number;
  readonly kind: 'user' | 'organization';
  /** As it was created; compared without case. */
  name: string;
  visibility: OwnerVisibility;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Users only. */
  readonly account?: FakeAccount;
  /** Organizations only. */
  readonly teams: FakeTeam[];
}

/** What makes an owner a user. */
export interface FakeAccount {
  password: string;
  /** `login_name`, which only an administrator's edit sets. */
  loginName: string;
  readonly email: string;
  /** Language of the web pages, set by the first sign-in there. */
  language: string;
  isAdmin: boolean;
  isActive: boolean;
  prohibitLogin: boolean;
  mustChangePassword: boolean;
  readonly tokens: FakeToken[];
}

/** A personal access token. */
export interface FakeToken {
  readonly id: number;
  readonly name: string;
  /** Forty hex digits. */
  readonly secret: string;
  /** Scopes such as `write:package`; `public-only` is one. */
  readonly scopes: readonly string[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** A right, weakest first. */
export type Access = 'none' | 'read' | 'write' | 'admin' | 'owner';

/** A team of an organization. */
export interface FakeTeam {
  readonly id: number;
  readonly name: string;
  /** The team's general right. */
  readonly authorize: Access;
  /** Its right on the packages unit. */
  readonly packages: Access;
  readonly includesAllRepositories: boolean;
  /** Ids of repositories, when it does not include all. */
  readonly repositories: Set<number>;
  /** Ids of users. */
  readonly members: Set<number>;
}

/** A repository. */
export interface FakeRepository {
  readonly id: number;
  readonly ownerId: number;
  name: string;
  isPrivate: boolean;
  readonly isEmpty: boolean;
  /** Repository it is a fork of. */
  readonly parentId?: number;
  hasPackages: boolean;
  /** Users who watch it. */
  readonly watchers: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** A package: what a link belongs to. */
export interface FakePackage {
  readonly id: number;
  readonly ownerId: number;
  /** `container`, `generic`, … */
  readonly type: string;
  /** As pushed; compared without case. */
  readonly name: string;
  /** The repository it is linked to. */
  repositoryId?: number;
  /** Oldest first. */
  readonly versions: FakeVersion[];
}

/** A version of a package. */
export interface FakeVersion {
  readonly id: number;
  /** Tag, `sha256:…`, `_upload`, or a version of another type; compared without case. */
  readonly version: string;
  /** Container only: `_upload`, which holds blobs no manifest has claimed. */
  readonly isInternal: boolean;
  readonly creatorId: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly files: FakeFile[];
}

/** A file of a version; its bytes lie in {@link FakeState.blobs}. */
export interface FakeFile {
  readonly id: number;
  readonly name: string;
  /** Hex. */
  readonly sha256: string;
  /** Container only: media type of a manifest; absent for blobs. */
  readonly manifestType?: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** A database row of a blob. */
export interface FakeBlobRow {
  readonly size: number;
  /** Hex digests by algorithm. */
  readonly digests: { readonly md5: string; readonly sha1: string; readonly sha512: string };
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** An open upload session. */
export interface FakeUpload {
  readonly id: string;
  /** What the temporary file holds. */
  file: Buffer;
  /** Bytes the database row counts; fewer than the file holds once a PATCH was cut. */
  received: number;
  /** Milliseconds since 1970. */
  touchedAt: number;
}

/** Everything the fake knows: the tables of the database and the store. */
export interface FakeState {
  readonly owners: FakeOwner[];
  readonly repositories: FakeRepository[];
  readonly packages: FakePackage[];
  /** By hex digest, one for all owners. */
  readonly blobRows: Map<string, FakeBlobRow>;
  /** The store: bytes by hex digest. A row without bytes is a lost blob. */
  readonly blobs: Map<string, Buffer>;
  readonly uploads: Map<string, FakeUpload>;
  /** Former names of owners in lower case, to owner id. */
  readonly ownerRedirects: Map<string, number>;
  /** Former `owner id/name` of repositories in lower case, to repository id. */
  readonly repositoryRedirects: Map<string, number>;
  /** Gives the next id of a table. */
  nextId(table: string): number;
}

/** A server without an account. */
export function emptyState(): FakeState {
  const lastIds = new Map<string, number>();
  return {
    owners: [],
    repositories: [],
    packages: [],
    blobRows: new Map(),
    blobs: new Map(),
    uploads: new Map(),
    ownerRedirects: new Map(),
    repositoryRedirects: new Map(),
    nextId(table) {
      const id = (lastIds.get(table) ?? 0) + 1;
      lastIds.set(table, id);
      return id;
    },
  };
}
