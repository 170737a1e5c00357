import type { PackageReference } from '../../declaration/package-reference';
import { ClientError } from '../error';
import { checkOwner, checkReference, joined, packagePath, withoutVersion } from './address';
import type { Api } from './api';
import type { Page } from './paging';
import { PAGE_SIZE, paged } from './paging';
import type { PackageVersion } from './package-version';
import { packageVersions } from './package-version';
import type { ForgeServer } from './server';
import { hasFeature } from './server';

/** Which versions of an owner are wanted. */
export interface PackageFilter {
  /** Package type. @default - all */
  readonly type?: string;
  /** Text the name of the package holds, whatever its case. @default - any */
  readonly name?: string;
}

/** Lists of package versions, in the way a release offers them; newest first. */
export class VersionLists {
  /** Whether the server lists the versions of one package, once that was tried. */
  private isListed?: boolean;

  /**
   * @param server the server, unless it hides its version
   * @param signal ends what is under way
   */
  public constructor(
    private readonly api: Api,
    private readonly server: () => Promise<ForgeServer | undefined>,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Versions of an owner; `purpose` stands in the message of a refusal. */
  public async *ofOwner(
    owner: string,
    { type, name }: PackageFilter,
    purpose: string,
  ): AsyncGenerator<PackageVersion, void, undefined> {
    checkOwner(owner);
    const query = new URLSearchParams({
      ...(type !== undefined && { type }),
      ...(name !== undefined && { q: name }),
    });
    const versions = paged(
      (page, signal) =>
        this.page(`/api/v1/packages/${joined(owner)}`, page, purpose, signal, query),
      this.signal,
    );
    for await (const version of versions) {
      // `q` is a LIKE: '_' and '%' stand for other letters there.
      if (
        (type === undefined || version.type === type) &&
        (name === undefined || version.name.toLowerCase().includes(name.toLowerCase()))
      ) {
        yield version;
      }
    }
  }

  /** Versions of one package, whatever version the reference names. */
  public async *ofPackage(
    reference: PackageReference,
    purpose: string,
  ): AsyncGenerator<PackageVersion, void, undefined> {
    const unversioned = withoutVersion(reference);
    checkReference(unversioned);
    if (await this.listsPackages(unversioned, purpose)) {
      yield* paged(
        (page, signal) => this.page(packagePath(unversioned), page, purpose, signal),
        this.signal,
      );
      return;
    }
    const { owner, type, name } = unversioned;
    for await (const version of this.ofOwner(owner, { type, name }, purpose)) {
      if (version.name.toLowerCase() === name.toLowerCase()) {
        yield version;
      }
    }
  }

  /** Whether the list of one package is there; a release that does not tell is tried. */
  private async listsPackages(reference: PackageReference, purpose: string): Promise<boolean> {
    if (this.isListed === undefined) {
      const server = await this.server();
      this.isListed =
        (server && hasFeature(server, 'versionList')) ?? (await this.triesList(reference, purpose));
    }
    return this.isListed;
  }

  private async triesList(reference: PackageReference, purpose: string): Promise<boolean> {
    const path = `${packagePath(reference)}?limit=1`;
    const found = await this.api.find({ path, purpose }, ({ id }) => id === 'api-route-missing');
    return found !== undefined;
  }

  private async page(
    path: string,
    page: number,
    purpose: string,
    signal: AbortSignal,
    query = new URLSearchParams(),
  ): Promise<Page<PackageVersion>> {
    const numbers = new URLSearchParams({ limit: `${PAGE_SIZE}`, page: `${page}` });
    const answer = await this.api.find(
      {
        path: `${path}?${[numbers, query].filter(({ size }) => size > 0).join('&')}`,
        purpose,
        signal,
      },
      ({ id }) => id === 'package-missing',
    );
    if (answer === undefined) {
      // A list of a package that does not exist is empty; only a single version can be missing.
      throw new ClientError(
        `cannot ${purpose}: the registry looked for a version in place of a list: something on the way turns the '%2F' of a name into '/'; keep escapes as they are (nginx: proxy_pass without a path), or dial the Service with --connect-to`,
        'REG250',
      );
    }
    const { document, total } = answer;
    return { items: packageVersions(document), ...(total !== undefined && { total }) };
  }
}
