import { randomBytes } from 'node:crypto';
import { addOrganization, addRepository, addTeam, addUser, findRepository } from './accounts';
import { addToken } from './api/tokens';
import { isAccount } from './authentication';
import { behaviorOf } from './behavior';
import { cleanUp } from './cleanup';
import { findOwner } from './forge';
import type { Forge } from './forge';
import { hexOf } from './oci/image';
import { listen } from './server';
import type { ArrivedRequest, FakeTls, Listening } from './server';
import { withDefaults } from './settings';
import type { FakeSettings } from './settings';
import { answerSite } from './site';
import { emptyState } from './state';
import type {
  Access,
  FakeOwner,
  FakeRepository,
  FakeState,
  FakeTeam,
  OwnerVisibility,
} from './state';

/** How a fake starts. */
export interface FakeGiteaOptions extends FakeSettings {
  /** Speak https with this certificate. @default - http */
  readonly tls?: FakeTls;
}

/** A user to add. */
export interface FakeUserOptions {
  /** @default - the name, then `-password` */
  readonly password?: string;
  /** @default - the name at `example.test` */
  readonly email?: string;
  /** Whether the user is a site admin. @default false */
  readonly admin?: boolean;
  /** @default public */
  readonly visibility?: OwnerVisibility;
}

/** An organization to add. */
export interface FakeOrganizationOptions {
  /** @default public */
  readonly visibility?: OwnerVisibility;
  /** Names of users, who make the team `Owners`. @default - none */
  readonly owners?: readonly string[];
}

/** A team to add. */
export interface FakeTeamOptions {
  /** General right. @default none */
  readonly authorize?: Access;
  /** Right on the packages unit. @default - the general right */
  readonly packages?: Access;
  /** Names of users. @default - none */
  readonly members?: readonly string[];
  /** Names of repositories of the organization. @default - all of them */
  readonly repositories?: readonly string[];
}

/** A repository to add. */
export interface FakeRepositoryOptions {
  /** @default false */
  readonly private?: boolean;
  /** Whether it has no commit. @default false */
  readonly empty?: boolean;
  /** `owner/name` of the repository it is a fork of. @default - none */
  readonly forkOf?: string;
  /** Whether it has the packages unit. @default - true, false for a fork */
  readonly hasPackages?: boolean;
  /** Name of the user who made it, and so watches it. @default - the owner */
  readonly creator?: string;
}

/**
 * A Gitea or Forgejo in memory, on a free port of 127.0.0.1: the registry `/v2`, the generic registry, the packages API
 * and what of REST stands beside them.
 */
export class FakeGitea {
  /**
   * Starts a server without accounts.
   *
   * @throws Error when the release is not one it can behave as
   */
  public static async start(options: FakeGiteaOptions = {}): Promise<FakeGitea> {
    const { tls, ...settings } = options;
    behaviorOf(withDefaults(settings).release);
    const requests: ArrivedRequest[] = [];
    const started: { gitea?: FakeGitea } = {};
    const listening = await listen(
      (request) => answerSite(started.gitea!.#forge, request),
      requests,
      tls,
    );
    started.gitea = new FakeGitea(
      settings,
      listening,
      requests,
      tls === undefined ? 'http' : 'https',
    );
    return started.gitea;
  }

  /** `http://127.0.0.1:PORT`, or https; no slash at the end. */
  public readonly url: string;

  /** What arrived, oldest first. */
  public readonly requests: readonly ArrivedRequest[];

  readonly #listening: Listening;
  readonly #jwtSecret = randomBytes(32);
  readonly #state = emptyState();
  #settings: FakeSettings;
  #forge: Forge;

  private constructor(
    settings: FakeSettings,
    listening: Listening,
    requests: ArrivedRequest[],
    scheme: string,
  ) {
    this.url = `${scheme}://127.0.0.1:${listening.port}`;
    this.requests = requests;
    this.#listening = listening;
    this.#settings = settings;
    this.#forge = this.#configured();
  }

  /** The database and the store. */
  public get state(): FakeState {
    return this.#state;
  }

  /**
   * Changes app.ini, as an edit and a restart would; what is not named stays.
   *
   * @throws Error when the release is not one it can behave as
   */
  public configure(settings: FakeSettings): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#forge = this.#configured();
  }

  /** Adds a user who may sign in. */
  public addUser(name: string, options: FakeUserOptions = {}): FakeOwner {
    return addUser(this.#forge, {
      name,
      password: options.password ?? `${name}-password`,
      email: options.email ?? `${name}@example.test`,
      isAdmin: options.admin ?? false,
      mustChangePassword: false,
      visibility: options.visibility ?? 'public',
    });
  }

  /** Adds an organization. */
  public addOrganization(name: string, options: FakeOrganizationOptions = {}): FakeOwner {
    const ownerIds = options.owners?.map((user) => this.#owner(user).id) ?? [];
    return addOrganization(this.#forge, name, options.visibility ?? 'public', ownerIds);
  }

  /** Adds a team to an organization. */
  public addTeam(organization: string, name: string, options: FakeTeamOptions = {}): FakeTeam {
    const authorize = options.authorize ?? 'none';
    return addTeam(this.#forge, this.#owner(organization), {
      name,
      authorize,
      packages: options.packages ?? authorize,
      includesAllRepositories: options.repositories === undefined,
      repositories: new Set(
        options.repositories?.map((each) => this.#repository(`${organization}/${each}`).id),
      ),
      members: new Set(options.members?.map((user) => this.#owner(user).id)),
    });
  }

  /** Adds a repository; the members of its organization watch it. */
  public addRepository(
    owner: string,
    name: string,
    options: FakeRepositoryOptions = {},
  ): FakeRepository {
    const isFork = options.forkOf !== undefined;
    const holder = this.#owner(owner);
    return addRepository(this.#forge, holder, {
      name,
      isPrivate: options.private ?? false,
      isEmpty: options.empty ?? false,
      hasPackages: options.hasPackages ?? !isFork,
      creatorId: options.creator === undefined ? holder.id : this.#owner(options.creator).id,
      ...(isFork ? { parentId: this.#repository(options.forkOf).id } : {}),
    });
  }

  /**
   * Gives a user an access token.
   *
   * @param scopes such as `write:package`
   * @returns forty hex digits
   */
  public createToken(user: string, scopes: readonly string[], name?: string): string {
    const owner = this.#owner(user);
    if (!isAccount(owner))
      throw new Error(`'${user}' must be a user, organizations have no tokens`);
    const unused = `token-${owner.account.tokens.length + 1}`;
    return addToken(this.#forge, owner, name ?? unused, scopes).secret;
  }

  /** Takes the bytes of a blob out of the store; its rows stay. */
  public loseBlob(digest: string): void {
    this.#state.blobs.delete(hexOf(digest) ?? digest);
  }

  /** Runs the nightly cleanup, without cleanup rules. */
  public runCleanup(): void {
    cleanUp(this.#forge);
  }

  /** Ends the server and every connection. */
  public async close(): Promise<void> {
    await this.#listening.close();
  }

  #configured(): Forge {
    const settings = withDefaults(this.#settings);
    return {
      settings,
      behavior: behaviorOf(settings.release),
      state: this.#state,
      address: this.url,
      jwtSecret: this.#jwtSecret,
    };
  }

  #owner(name: string): FakeOwner {
    const owner = findOwner(this.#forge, name);
    if (owner === undefined) throw new Error(`owner '${name}' must be added first`);
    return owner;
  }

  #repository(fullName: string): FakeRepository {
    const [owner, name] = fullName.split('/');
    const found = findRepository(this.#forge, this.#owner(owner!), name ?? '');
    if (found === undefined) throw new Error(`repository '${fullName}' must be added first`);
    return found;
  }
}
