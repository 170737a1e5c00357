import { GenericClient } from '../../../src/client/generic/generic-client';
import { bodyOf } from '../../../src/client/http/message';
import type { TransportOptions } from '../../../src/client/http/transport';
import { Transport } from '../../../src/client/http/transport';
import { PackagesClient } from '../../../src/client/packages/packages-client';
import type { RegistryTarget } from '../../../src/client/target';
import type { PackageReference } from '../../../src/declaration/package-reference';
import { FakeGitea, FaultProxy } from '../../../src/testing';
import type { FakeGiteaOptions } from '../../../src/testing';
import { closeAfterTest } from '../../support/closing';
import { imageOf, pushImage } from '../../testing/images';
import { basic } from '../../testing/raw-request';

/** Accounts of a {@link SeededForge}; each has a token for each of {@link SCOPES}. */
const USERS = ['root', 'owner', 'publisher', 'sparse', 'reader', 'stranger', 'tegwick'] as const;

const SCOPES = {
  all: ['all'],
  write: ['write:package'],
  read: ['read:package'],
  'read-user': ['read:user'],
  'public-only': ['public-only', 'write:package'],
} as const;

type User = (typeof USERS)[number];

/**
 * A fake with the public organization `coulomb` and the private one `mosaic`: `owner` owns both, `publisher` writes
 * packages of both through a team with all repositories, `sparse` writes packages of `coulomb` without any repository,
 * `reader` reads; `root` is a site admin, `tegwick` a user with packages of its own.
 */
export class SeededForge {
  /** Starts a fake and, in front of it, a proxy without a fault. */
  public static async start(options: FakeGiteaOptions = {}): Promise<SeededForge> {
    const gitea = await FakeGitea.start(options);
    const proxy = await FaultProxy.start(gitea.url);
    closeAfterTest(gitea, proxy);
    USERS.forEach((name) => gitea.addUser(name, { admin: name === 'root' }));
    for (const [name, visibility] of [
      ['coulomb', 'public'],
      ['mosaic', 'private'],
    ] as const) {
      gitea.addOrganization(name, { owners: ['owner'], visibility });
      gitea.addTeam(name, 'publishers', {
        authorize: 'read',
        packages: 'write',
        members: ['publisher'],
      });
      gitea.addTeam(name, 'readers', { authorize: 'read', packages: 'read', members: ['reader'] });
    }
    gitea.addRepository('coulomb', 'state-hub');
    gitea.addRepository('coulomb', 'second');
    gitea.addRepository('coulomb', 'hidden', { private: true });
    gitea.addRepository('mosaic', 'stack', { private: true });
    gitea.addTeam('coulomb', 'sparse', {
      packages: 'write',
      members: ['sparse'],
      repositories: [],
    });
    gitea.addRepository('tegwick', 'own');
    gitea.addRepository('tegwick', 'fork', { forkOf: 'coulomb/state-hub' });
    return new SeededForge(gitea, proxy);
  }

  private readonly tokens = new Map<string, string>();

  private constructor(
    public readonly gitea: FakeGitea,
    public readonly proxy: FaultProxy,
  ) {}

  /** Where a client speaks to: the fake, or the proxy in front of it. */
  public target(
    user: User,
    scopes: keyof typeof SCOPES = 'all',
    { url }: { readonly url: string } = this.gitea,
    options?: TransportOptions,
  ): RegistryTarget {
    const key = `${user} ${scopes}`;
    const secret = this.tokens.get(key) ?? this.gitea.createToken(user, SCOPES[scopes]);
    this.tokens.set(key, secret);
    return { ...this.anonymous({ url }, options), credential: { origin: url, user, secret } };
  }

  public anonymous(
    { url }: { readonly url: string } = this.gitea,
    options: TransportOptions = {},
  ): RegistryTarget {
    const transport = new Transport({
      proxyFor: () => '',
      wait: async () => undefined,
      ...options,
    });
    closeAfterTest(transport);
    return { origin: new URL(url), transport };
  }

  public client(user: User = 'root', scopes?: keyof typeof SCOPES): PackagesClient {
    return new PackagesClient(this.target(user, scopes));
  }

  /** A client that speaks through the proxy. */
  public proxied(user: User = 'root', scopes?: keyof typeof SCOPES): PackagesClient {
    return new PackagesClient(this.target(user, scopes, this.proxy));
  }

  /** Pushes an image `owner/image`. */
  public async push(repository: string, tag = 'v1'): Promise<void> {
    const headers = basic('root', 'root-password');
    const place = { url: this.gitea.url, repository, headers };
    await pushImage(place, tag, imageOf(`${repository} ${tag} ${Math.random()}`));
  }

  /** Puts a generic file. */
  public async put(name: string, version = '1', owner = 'coulomb'): Promise<void> {
    const client = new GenericClient(this.target('root'), { isLatestMeant: true });
    await client.put({ owner, name, version }, 'f', bodyOf('x'));
  }

  /** `METHOD path?query` of what arrived since `from`. */
  public arrived(from = 0): string[] {
    return this.gitea.requests
      .slice(from)
      .map(({ method, path, query }) => `${method} ${path}${query === '' ? '' : `?${query}`}`);
  }
}

/** A package of `coulomb`. */
export function of(
  name: string,
  type = 'container',
  owner = 'coulomb',
): PackageReference & { readonly owner: string } {
  return { owner, type, name };
}

/** Everything a list gives. */
export async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) {
    items.push(item);
  }
  return items;
}
