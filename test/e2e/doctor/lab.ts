import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { TestImage } from '../../testing/images';
import {
  digestOf,
  imageOf,
  INDEX_TYPE,
  indexOf,
  pushImage,
  pushManifest,
} from '../../testing/images';
import type { PushPlace } from '../../testing/images';
import { basic } from '../../testing/raw-request';
import { MOSAIC_IMAGES } from '../../doctor/scenarios/links';
import { CURIOUS, IMAGE, TAG } from '../../doctor/scenarios/site';
import type { Login } from '../../doctor/scenarios/world';
import { HOST } from '../../doctor/scenarios/world';
import type { GiteaProgram, GiteaServer, GiteaSettings } from '../servers/gitea-binary';
import { startGitea } from '../servers/gitea-binary';
import type { Role } from '../site';
import { Site } from '../site';

/** Password of an account that uses it. */
const PASSWORD = 'Doctor-Pass-1';

const USUAL: GiteaSettings = { rootUrl: `https://${HOST}/` };

/**
 * One real Gitea for all scenarios. Beside what every {@link Site} has, its public organization has the image
 * `state-hub`, linked to `hub`, the image `tool`, linked to nothing, and the repository `plain` without packages; its
 * private one has the images of the second reference case, of which none is linked.
 */
export class Lab {
  /** Starts and fills a Gitea, with the public name in its ROOT_URL. */
  public static async start(program: GiteaProgram): Promise<Lab> {
    const server = await startGitea(program, USUAL);
    try {
      const lab = new Lab(server, await Site.prepare(server));
      await lab.populate();
      return lab;
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /** Public organization; a layer of its image is gone from the store. */
  public readonly damaged: string;
  /** Public organization; one of the images of its index was deleted. */
  public readonly torn: string;
  /** Limited organization. */
  public readonly limited: string;
  private made = 0;
  private settings: GiteaSettings = USUAL;

  private constructor(
    public readonly server: GiteaServer,
    public readonly site: Site,
  ) {
    this.damaged = `${site.open}-damaged`;
    this.torn = `${site.open}-torn`;
    this.limited = `${site.open}-limited`;
  }

  /** Where Gitea listens, by http. */
  public get origin(): string {
    return this.server.origin;
  }

  /** Public organization. */
  public get open(): string {
    return this.site.open;
  }

  /** Private organization. */
  public get closed(): string {
    return this.site.closed;
  }

  /** A new token of somebody. */
  public async login(role: Role, scopes: readonly string[] = CURIOUS): Promise<Login> {
    return this.tokenOf(this.site.user(role), scopes);
  }

  /** The password of an account. */
  public async password(): Promise<Login> {
    return { user: await this.account('typist'), secret: PASSWORD };
  }

  /**
   * A token of an account that can no longer use it.
   *
   * @param change of `PATCH /admin/users/USER`
   */
  public async barred(change: object): Promise<Login> {
    const user = await this.account('barred');
    const login = await this.tokenOf(user, CURIOUS);
    await this.site.rest('PATCH', `/admin/users/${user}`, {
      login_name: user,
      source_id: 0,
      ...change,
    });
    return login;
  }

  /** Sets Gitea up so, beside the public name in ROOT_URL; a restart, where it is not so already. */
  public async configure(settings: GiteaSettings = {}): Promise<void> {
    const wanted = { ...USUAL, ...settings };
    if (!isDeepStrictEqual(wanted, this.settings)) {
      await this.server.configure(wanted);
      this.settings = wanted;
    }
  }

  public async close(): Promise<void> {
    await this.site.close();
  }

  private async populate(): Promise<void> {
    const { site, open, closed } = this;
    await this.push(`${open}/${IMAGE}`, TAG);
    await this.push(`${open}/tool`, '1.0');
    await site.rest('POST', `/packages/${open}/container/${IMAGE}/-/link/hub`);
    await site.rest('POST', `/orgs/${open}/repos`, { name: 'plain', auto_init: true });
    await site.rest('PATCH', `/repos/${open}/plain`, { has_packages: false });
    for (const name of MOSAIC_IMAGES) {
      await this.push(`${closed}/${name}`, 'v1');
    }
    await this.organize(this.limited, 'limited');
    await this.push(`${this.limited}/app`, '1.0');
    await this.damage();
    await this.tear();
  }

  /** A file the store has lost. */
  private async damage(): Promise<void> {
    await this.organize(this.damaged, 'public');
    const lost = imageOf(`lost ${this.damaged}`);
    await this.push(`${this.damaged}/lost`, '1.0', lost);
    const hex = digestOf(lost.layer).slice('sha256:'.length);
    rmSync(join(this.server.packageStore, hex.slice(0, 2), hex.slice(2, 4), hex));
  }

  /** An image that was deleted by its digest although an index names it: no reference is checked. */
  private async tear(): Promise<void> {
    await this.organize(this.torn, 'public');
    const repository = `${this.torn}/multi`;
    const children = ['amd64', 'arm64'].map((name) => imageOf(`${repository} ${name}`));
    for (const child of children) {
      await this.push(repository, digestOf(child.manifest), child);
    }
    const index = indexOf(...children);
    expectCreated(
      (await pushManifest(this.place(repository), '1.0', index, INDEX_TYPE)).status,
      repository,
    );
    const version = encodeURIComponent(digestOf(children[1]!.manifest));
    await this.site.rest('DELETE', `/packages/${this.torn}/container/multi/${version}`);
  }

  private async push(repository: string, tag: string, image?: TestImage): Promise<void> {
    const { status } = await pushImage(this.place(repository), tag, image ?? imageOf(repository));
    expectCreated(status, repository);
  }

  private place(repository: string): PushPlace {
    const { user, secret } = this.server.admin;
    return { url: this.origin, repository, headers: basic(user, secret) };
  }

  private async organize(username: string, visibility: string): Promise<void> {
    await this.site.rest('POST', `/admin/users/${this.site.user('keeper')}/orgs`, {
      username,
      visibility,
    });
  }

  private async account(name: string): Promise<string> {
    const username = `${this.open}-${name}-${++this.made}`;
    await this.site.rest('POST', '/admin/users', {
      username,
      email: `${username}@example.test`,
      password: PASSWORD,
      must_change_password: false,
    });
    return username;
  }

  private async tokenOf(user: string, scopes: readonly string[]): Promise<Login> {
    const made = await this.site.rest('POST', `/users/${user}/tokens`, {
      name: `doctor-${++this.made}`,
      scopes,
    });
    return { user, secret: (made as { readonly sha1: string }).sha1 };
  }
}

function expectCreated(status: number, what: string): void {
  if (status !== 201) {
    throw new Error(`'${what}' was not pushed: status ${status}`);
  }
}
