import { randomBytes } from 'node:crypto';
import { GenericClient } from '../../src/client/generic/generic-client';
import { Transport } from '../../src/client/http/transport';
import { OciClient } from '../../src/client/oci/oci-client';
import type { ForgeServer } from '../../src/client/packages/server';
import { PackagesClient } from '../../src/client/packages/packages-client';
import type { RegistryTarget } from '../../src/client/target';
import { all } from './image';
import type { Server } from './servers/server';

/** Who takes part: `admin` is a site admin, `keeper` owns both organizations, `stranger` has nothing to do with them. */
export type Role = 'admin' | 'keeper' | 'publisher' | 'reader' | 'stranger';

const ROLES = ['keeper', 'publisher', 'reader', 'stranger'] as const;

const PASSWORD = 'Contract-Pass-2';

/**
 * A server with what the contract needs, under names of its own, so that a server can be used again: an organization
 * that is public and one that is private, each with a team that writes packages and one that reads them.
 */
export class Site {
  /** Makes accounts, organizations, teams and repositories. */
  public static async prepare(server: Server): Promise<Site> {
    const site = new Site(server);
    await site.populate();
    return site;
  }

  /** Public organization; has the repositories `hub`, `second`, `renamed` (once `former`), and `shut`, a private one. */
  public readonly open: string;
  /** Private organization; has the private repository `stack`. */
  public readonly closed: string;
  private readonly run = `e2e${randomBytes(3).toString('hex')}`;
  private readonly tokens = new Map<string, string>();
  private readonly transports: Transport[] = [];
  private names = 0;
  private known?: ForgeServer;

  private constructor(public readonly server: Server) {
    this.open = `${this.run}-open`;
    this.closed = `${this.run}-closed`;
  }

  /** A name nobody has used. */
  public fresh(prefix = 'app'): string {
    return `${prefix}-${++this.names}`;
  }

  /** Name of an account. */
  public user(role: Role): string {
    return role === 'admin' ? this.server.admin.user : `${this.run}-${role}`;
  }

  /** What answers. */
  public get forge(): ForgeServer {
    return this.known!;
  }

  /** Whom a client speaks to, with a token of these scopes. */
  public target(role: Role = 'keeper', scopes: readonly string[] = ['all']): RegistryTarget {
    const secret = this.tokens.get(`${role} ${scopes.join()}`);
    if (secret === undefined) {
      throw new Error(`'${role}' has no token of ${scopes.join()}: name it in TOKENS`);
    }
    return this.targetAs(this.user(role), secret);
  }

  /** Whom a client speaks to, with any secret. */
  public targetAs(user: string, secret: string): RegistryTarget {
    return { ...this.anonymous(), credential: { origin: this.server.origin, user, secret } };
  }

  public anonymous(): RegistryTarget {
    const transport = new Transport({ proxyFor: () => '' });
    this.transports.push(transport);
    return { origin: new URL(this.server.origin), transport };
  }

  public oci(role?: Role, scopes?: readonly string[]): OciClient {
    return new OciClient(this.target(role, scopes));
  }

  public packages(role?: Role, scopes?: readonly string[]): PackagesClient {
    return new PackagesClient(this.target(role, scopes));
  }

  public generic(role?: Role, scopes?: readonly string[]): GenericClient {
    return new GenericClient(this.target(role, scopes));
  }

  /**
   * A request of REST as somebody, beside the clients under test.
   *
   * @throws Error when the status is not a success
   */
  public async rest(
    method: string,
    path: string,
    body?: object,
    as: { readonly user: string; readonly secret: string } = this.server.admin,
  ): Promise<unknown> {
    const answer = await fetch(`${this.server.origin}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Basic ${Buffer.from(`${as.user}:${as.secret}`).toString('base64')}`,
        'Content-Type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path} was answered with ${answer.status} ${text.slice(0, 200)}`);
    }
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  public async close(): Promise<void> {
    if (this.server.isVisited) {
      await this.remove();
    }
    this.transports.forEach((transport) => transport.close());
    await this.server.close();
  }

  private async populate(): Promise<void> {
    for (const role of ROLES) {
      const username = this.user(role);
      await this.rest('POST', '/admin/users', {
        username,
        email: `${username}@example.test`,
        password: PASSWORD,
        must_change_password: false,
      });
    }
    await this.organize(this.open, 'public');
    await this.organize(this.closed, 'private');
    for (const name of ['hub', 'second', 'former']) {
      await this.rest('POST', `/orgs/${this.open}/repos`, { name, auto_init: true });
    }
    await this.rest('PATCH', `/repos/${this.open}/former`, { name: 'renamed' });
    await this.rest('POST', `/orgs/${this.open}/repos`, { name: 'shut', private: true });
    await this.rest('POST', `/orgs/${this.closed}/repos`, { name: 'stack', private: true });
    await this.makeTokens();
    this.known = await new PackagesClient(this.anonymous()).server();
  }

  /**
   * Takes away what can be. Blobs no manifest has claimed keep their organization and its owner for a day, until the
   * server's own cleanup; names that begin with `e2e` tell what is ours.
   */
  private async remove(): Promise<void> {
    const tried = (path: string): Promise<unknown> =>
      this.rest('DELETE', path).catch(() => undefined);
    for (const owner of [this.open, this.closed]) {
      const client = this.packages('admin');
      for (const { type, name, version } of await all(client.list(owner))) {
        await client.delete({ owner, type, name, version });
      }
      for (const name of ['hub', 'second', 'renamed', 'shut', 'stack']) {
        await tried(`/repos/${owner}/${name}`);
      }
    }
    await this.rest('POST', '/admin/cron/cleanup_packages');
    await tried(`/orgs/${this.closed}`);
    await tried(`/orgs/${this.open}`);
    for (const role of ROLES) {
      await tried(`/admin/users/${this.user(role)}?purge=true`);
    }
    await tried(`/users/${this.user('admin')}/tokens/${this.run}-all`);
  }

  private async organize(name: string, visibility: string): Promise<void> {
    await this.rest('POST', `/admin/users/${this.user('keeper')}/orgs`, {
      username: name,
      visibility,
    });
    for (const [team, right, role] of [
      ['publishers', 'write', 'publisher'],
      ['readers', 'read', 'reader'],
    ] as const) {
      const made = (await this.rest('POST', `/orgs/${name}/teams`, {
        name: team,
        permission: 'read',
        includes_all_repositories: true,
        units: ['repo.code', 'repo.packages'],
        units_map: { 'repo.code': 'read', 'repo.packages': right },
      })) as { readonly id: number };
      await this.rest('PUT', `/teams/${made.id}/members/${this.user(role)}`);
    }
  }

  private async makeTokens(): Promise<void> {
    for (const [role, lists] of Object.entries(TOKENS) as [Role, readonly string[][]][]) {
      for (const scopes of lists) {
        this.tokens.set(`${role} ${scopes.join()}`, await this.token(role, scopes));
      }
    }
  }

  private async token(role: Role, scopes: readonly string[]): Promise<string> {
    const user = this.user(role);
    const name = `${this.run}-${scopes.join('-').replaceAll(':', '-')}`;
    const owner = role === 'admin' ? this.server.admin : { user, secret: PASSWORD };
    const made = await this.rest('POST', `/users/${user}/tokens`, { name, scopes }, owner);
    return (made as { readonly sha1: string }).sha1;
  }
}

const READ = ['read:package'];
const WRITE = ['write:package'];

/** Tokens by role; only what a test needs, each costs a request. */
const TOKENS: { readonly [R in Role]: readonly string[][] } = {
  admin: [['all']],
  keeper: [['all'], WRITE],
  publisher: [['all'], WRITE, READ, ['read:user'], ['public-only', ...WRITE]],
  reader: [['all'], WRITE],
  stranger: [['all'], WRITE],
};
