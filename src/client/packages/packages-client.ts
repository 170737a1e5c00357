import type { PackageReference } from '../../declaration/package-reference';
import { formatPackageReference } from '../../declaration/package-reference';
import { ClientError } from '../error';
import { deleteOnce } from '../delete-once';
import { readRefusal } from '../refusal';
import type { RegistryTarget } from '../target';
import { checkOwner, packagePath, withoutVersion, withVersion } from './address';
import { Api } from './api';
import { latestOf } from './latest';
import type { LinkContext, LinkOptions, LinkOutcome, UnlinkOutcome } from './link';
import { linkPackage, unlinkPackage } from './link';
import type { Account, Found, Owner, Repository } from './look-ups';
import { findOwner, findRepository, readAccount } from './look-ups';
import type { PackageFile, PackageVersion } from './package-version';
import { packageFiles, packageVersion } from './package-version';
import type { ForgeServer } from './server';
import { detectServer } from './server';
import type { PackageFilter } from './version-lists';
import { VersionLists } from './version-lists';

/**
 * Packages over REST (`/api/v1/packages`): needs `read:package`, and `write:package` to delete, link and unlink. Knows
 * the server's product and version and works around what a release does not have.
 */
export class PackagesClient {
  private readonly api: Api;
  private detected?: Promise<ForgeServer>;
  private knownServer?: ForgeServer;
  private readonly lists: VersionLists;

  public constructor(target: RegistryTarget) {
    this.api = new Api(target);
    this.lists = new VersionLists(this.api, () => this.serverIfTold(), target.signal);
  }

  /**
   * Product and version of the server; asked once.
   *
   * @throws ClientError REG910 when no API answers there, or the code of the refusal
   */
  public async server(): Promise<ForgeServer> {
    this.detected ??= detectServer(this.api).catch((error: unknown) => {
      delete this.detected;
      throw error;
    });
    this.knownServer = await this.detected;
    return this.knownServer;
  }

  /**
   * Versions of all packages of an owner, newest first; two pages are held at a time.
   *
   * @throws ClientError REG320 for an unknown owner, REG323 when its packages may not be read, REG312 and REG314 for the
   *   token, REG910 for an answer that is no list, and the code of any other refusal
   */
  public async *list(
    owner: string,
    filter: PackageFilter = {},
  ): AsyncGenerator<PackageVersion, void, undefined> {
    yield* this.lists.ofOwner(owner, filter, `list the packages of '${owner}'`);
  }

  /**
   * Versions of one package, newest first. None: it was never pushed, or its last version was deleted.
   *
   * @throws ClientError as {@link list}
   */
  public async *versions(
    reference: PackageReference,
  ): AsyncGenerator<PackageVersion, void, undefined> {
    yield* this.lists.ofPackage(
      reference,
      `list the versions of '${formatPackageReference(withoutVersion(reference))}'`,
    );
  }

  /**
   * One version.
   *
   * @returns undefined when there is none
   * @throws ClientError REG913 when the reference names no version, REG320 for an unknown owner, and the code of any
   *   other refusal
   */
  public async get(reference: PackageReference): Promise<PackageVersion | undefined> {
    const versioned = withVersion(reference);
    const found = await this.api.find(
      {
        path: packagePath(versioned),
        purpose: `read '${formatPackageReference(versioned)}'`,
      },
      ({ id }) => id === 'package-missing',
    );
    return found && packageVersion(found.document);
  }

  /**
   * The latest version: highest by SemVer, else newest; see {@link latestOf}.
   *
   * @returns undefined when the package has no version
   * @throws ClientError as {@link list}
   */
  public async latest(reference: PackageReference): Promise<PackageVersion | undefined> {
    return latestOf(this.versions(reference));
  }

  /**
   * Files of one version.
   *
   * @throws ClientError REG913 when there is no such version, and as {@link get}
   */
  public async files(reference: PackageReference): Promise<PackageFile[]> {
    const versioned = withVersion(reference);
    const { document } = await this.api.read({
      path: `${packagePath(versioned)}/files`,
      purpose: `list the files of '${formatPackageReference(versioned)}'`,
    });
    return packageFiles(document);
  }

  /**
   * Deletes one version. Nothing looks whether something else refers to it, such as the index of an image.
   *
   * @throws ClientError REG913 when the reference names no version, REG321 or REG314 for a missing right, and the code
   *   of any other refusal; `isUncertain` when nobody knows whether it was done
   */
  public async delete(reference: PackageReference): Promise<'deleted' | 'absent'> {
    const versioned = withVersion(reference);
    const purpose = `delete '${formatPackageReference(versioned)}'`;
    return deleteOnce({
      send: async () => {
        const answer = await this.api.send({
          method: 'DELETE',
          path: packagePath(versioned),
          purpose,
        });
        if (answer.status === 204) {
          await answer.discard();
          return 'deleted';
        }
        const asked = { method: 'DELETE', purpose, surface: 'api' } as const;
        const { reading, error } = await readRefusal(answer, asked);
        if (reading.id === 'package-missing') {
          return 'absent';
        }
        throw error;
      },
      isGone: async () => (await this.get(versioned)) === undefined,
    });
  }

  /**
   * Links a package to a repository of its owner. Done already is `unchanged`; a package that is linked to another
   * repository stays so. Where it is known how the package stands, the server's version is asked for after a refusal
   * only.
   *
   * @param repository name without its owner
   * @throws ClientError REG914 for a name no repository of the owner has; LinkRefused with the cause: REG911, REG912,
   *   REG913, REG914, REG915, REG916 or REG250; REG320, REG314, REG312 and the code of any other refusal
   */
  public async link(
    reference: PackageReference,
    repository: string,
    options?: LinkOptions,
  ): Promise<LinkOutcome> {
    return linkPackage(this.linking(), reference, repository, options);
  }

  /**
   * Takes the link of a package away. No link is `unchanged`.
   *
   * @throws LinkRefused with the cause: REG911, REG912, REG913 or REG916; and as {@link link}
   */
  public async unlink(reference: PackageReference): Promise<UnlinkOutcome> {
    return unlinkPackage(this.linking(), reference);
  }

  /**
   * Looks a repository up; needs `read:repository`.
   *
   * @throws ClientError REG314 when the token may not look, and the code of any other refusal
   */
  public async repository(owner: string, name: string): Promise<Found<Repository>> {
    return findRepository(this.api, owner, name);
  }

  /**
   * Looks an owner up; needs `read:user`.
   *
   * @throws ClientError as {@link repository}
   */
  public async owner(name: string): Promise<Found<Owner>> {
    checkOwner(name);
    return findOwner(this.api, name);
  }

  /**
   * The account of the credential; needs `read:user`.
   *
   * @throws ClientError REG312 for a wrong token, and as {@link repository}
   */
  public async user(): Promise<Account> {
    return readAccount(this.api);
  }

  /** The server, unless it hides its version: then the requests themselves show what it can do. */
  private async serverIfTold(): Promise<ForgeServer | undefined> {
    return this.server().catch((error: unknown) => {
      if (error instanceof ClientError && error.facts.status !== undefined) {
        return undefined;
      }
      throw error;
    });
  }

  private linking(): LinkContext {
    return {
      api: this.api,
      server: () => this.serverIfTold(),
      knownServer: () => this.knownServer,
      anyVersion: async (reference, purpose) => {
        for await (const version of this.lists.ofPackage(reference, purpose)) {
          return version;
        }
        return undefined;
      },
      list: (owner, filter) => this.list(owner, filter),
    };
  }
}
