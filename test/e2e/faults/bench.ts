import { GenericClient } from '../../../src/client/generic/generic-client';
import { bodyOf } from '../../../src/client/http/message';
import { Transport } from '../../../src/client/http/transport';
import { OciClient } from '../../../src/client/oci/oci-client';
import { PackagesClient } from '../../../src/client/packages/packages-client';
import type { RegistryTarget } from '../../../src/client/target';
import type { FakeState, Switches } from '../../../src/testing';
import { FakeGitea, FaultProxy } from '../../../src/testing';
import type { TestImage } from '../../testing/images';
import { digestOf, imageOf, IMAGE_TYPE } from '../../testing/images';
import { all, bytesOf, pushImage } from '../image';

/** What users do, one request or many. */
export const OPERATIONS = ['push', 'pull', 'put', 'get', 'list', 'link'] as const;
export type Operation = (typeof OPERATIONS)[number];

const OWNER = 'coulomb';

/** A name that only arrives whole when nobody touches `%2F`. */
const NAME = 'team/app';

const NEW = imageOf('a new one, that nobody has pushed before');
const OLD = imageOf('an old one, that is there already');
const FILE = 'the bytes of a file, some of them';
const TOOL = { owner: OWNER, name: 'tool', version: '1.0' };

/** Nobody waits between attempts. A busy machine is silent for a while too: only silence on purpose is noticed soon. */
const PATIENCE = { retry: { attempts: 3 }, idleMs: 20_000, wait: async () => undefined };

const SILENT_MS = 250;

/** How the proxy is reached. */
export interface BenchOptions {
  /** Its certificate. @default - http */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** What the clients trust beside the public authorities, PEM. */
  readonly ca?: string;
  /** Whether somebody is to fall silent. @default false */
  readonly isSilent?: boolean;
}

/** A fake with an image, a file and a repository; what a bench does to it is undone when the next one starts. */
export class FaultSite {
  public static async start(): Promise<FaultSite> {
    const gitea = await FakeGitea.start({ release: '1.25.4' });
    gitea.addUser('ci');
    gitea.addOrganization(OWNER, { owners: ['ci'] });
    gitea.addRepository(OWNER, 'hub');
    const secret = gitea.createToken('ci', ['write:package', 'read:repository', 'read:user']);
    const transport = new Transport({ ...PATIENCE, proxyFor: () => '' });
    const target = targetAt(gitea.url, secret, transport);
    await pushImage(new OciClient(target), `${OWNER}/${NAME}`, OLD, 'old');
    await new GenericClient(target).put(TOOL, 'old', bodyOf(FILE));
    transport.close();
    return new FaultSite(gitea, secret);
  }

  private readonly seed: Pick<FakeState, 'packages' | 'blobRows' | 'blobs'>;

  private constructor(
    public readonly gitea: FakeGitea,
    public readonly secret: string,
  ) {
    const { packages, blobRows, blobs } = gitea.state;
    this.seed = {
      packages: structuredClone(packages),
      blobRows: new Map(blobRows),
      blobs: new Map(blobs),
    };
  }

  /** As it was after the start, and no request in its journal. */
  public reset(): void {
    const { packages, blobRows, blobs, uploads } = this.gitea.state;
    packages.splice(0, Infinity, ...structuredClone(this.seed.packages));
    refill(blobRows, this.seed.blobRows);
    refill(blobs, this.seed.blobs);
    uploads.clear();
    (this.gitea.requests as unknown[]).length = 0;
  }

  public async close(): Promise<void> {
    await this.gitea.close();
  }
}

/** A {@link FaultSite} behind a proxy with faults, and clients that know neither yet. */
export class FaultBench {
  public static async start(
    site: FaultSite,
    { tls, ca, isSilent }: BenchOptions = {},
  ): Promise<FaultBench> {
    site.reset();
    const proxy = await FaultProxy.start(site.gitea.url, tls && { tls });
    // As behind a proxy that is configured well: the realm is the proxy.
    site.gitea.configure({ rootUrl: proxy.url });
    return new FaultBench(site.gitea, proxy, { secret: site.secret, ca, isSilent });
  }

  private readonly transports: Transport[] = [];

  private constructor(
    public readonly gitea: FakeGitea,
    public readonly proxy: FaultProxy,
    private readonly own: { readonly secret: string } & BenchOptions,
  ) {}

  /** Upload sessions nobody has ended. */
  public get openSessions(): number {
    return this.gitea.state.uploads.size;
  }

  public set(faults: Switches): void {
    this.proxy.forgetRequests();
    this.proxy.set(faults);
  }

  /** Pushes a blob or puts a file of this size, through the proxy. */
  public async send(operation: 'push' | 'put', size: number): Promise<void> {
    const target = this.target();
    const body = bodyOf(Buffer.alloc(size, 'x'));
    await (operation === 'push'
      ? new OciClient(target).pushBlob(`${OWNER}/${NAME}`, body)
      : new GenericClient(target).put(TOOL, 'large', body));
  }

  /** Does what a user asks for, through the proxy. */
  public async run(operation: Operation): Promise<void> {
    const target = this.target();
    const oci = new OciClient(target);
    const reference = { owner: OWNER, type: 'container', name: NAME };
    switch (operation) {
      case 'push':
        await pushImage(oci, `${OWNER}/${NAME}`, NEW, 'new');
        return;
      case 'pull':
        await pullWhole(oci, OLD);
        return;
      case 'put': {
        const put = await new GenericClient(target).put(TOOL, 'new', bodyOf(FILE));
        expect(['created', 'exists']).toContain(put);
        return;
      }
      case 'get':
        await getWhole(target);
        return;
      case 'list': {
        const listed = await all(new PackagesClient(target).list(OWNER));
        expect(listed.map(({ name, version }) => `${name} ${version}`).sort()).toEqual([
          `${NAME} old`,
          'tool 1.0',
        ]);
        return;
      }
      case 'link': {
        const outcome = await new PackagesClient(target).link(reference, 'hub');
        expect(outcome.repository).toBe(`${OWNER}/hub`);
        return;
      }
    }
  }

  /** What is stored, object by object; blobs no manifest has claimed are nobody's. */
  public stored(): string[] {
    return this.gitea.state.packages.flatMap(({ type, name, repositoryId, versions }) => [
      ...(repositoryId === undefined ? [] : [`${type} ${name} is linked`]),
      ...versions
        .filter(({ isInternal }) => !isInternal)
        .flatMap(({ version, files }) =>
          files.map((file) => `${type} ${name}@${version} ${file.name} ${file.sha256}`),
        ),
    ]);
  }

  /** What an operation adds to {@link stored}. */
  public added(operation: Operation): string[] {
    switch (operation) {
      case 'push':
        return [
          `container ${NAME}@new manifest.json ${hex(NEW.manifest)}`,
          ...[NEW.config, NEW.layer].map(
            (bytes) => `container ${NAME}@new sha256_${hex(bytes)} ${hex(bytes)}`,
          ),
        ];
      case 'put':
        return [`generic tool@1.0 new ${hex(FILE)}`];
      case 'link':
        return [`container ${NAME} is linked`];
      default:
        return [];
    }
  }

  /** Requests that did something twice: the same part of an upload, or what nobody may repeat. */
  public doneTwice(): string[] {
    const done = this.gitea.requests
      .filter(({ status = 0 }) => status >= 200 && status < 300)
      .filter(
        ({ method, path }) =>
          method === 'PATCH' ||
          method === 'DELETE' ||
          (method === 'POST' && path.includes('/link/')),
      )
      .map(({ method, path, headers }) => {
        const [, range = ''] = headers.find(([name]) => /^content-range$/i.test(name)) ?? [];
        return `${method} ${path} ${range}`;
      });
    return done.filter((request, index) => done.indexOf(request) !== index);
  }

  public async close(): Promise<void> {
    this.transports.forEach((transport) => transport.close());
    await this.proxy.close();
  }

  private target(): RegistryTarget {
    const { secret, ca, isSilent } = this.own;
    const transport = new Transport({
      ...PATIENCE,
      ...(isSilent && { idleMs: SILENT_MS }),
      proxyFor: () => '',
      ca,
    });
    this.transports.push(transport);
    return targetAt(this.proxy.url, secret, transport);
  }
}

function targetAt(url: string, secret: string, transport: Transport): RegistryTarget {
  return { origin: new URL(url), transport, credential: { origin: url, user: 'ci', secret } };
}

function refill<K, V>(map: Map<K, V>, from: ReadonlyMap<K, V>): void {
  map.clear();
  from.forEach((value, key) => map.set(key, value));
}

async function pullWhole(client: OciClient, image: TestImage): Promise<void> {
  const repository = `${OWNER}/${NAME}`;
  const manifest = await client.getManifest(repository, 'old');
  expect([manifest.mediaType, manifest.bytes]).toEqual([IMAGE_TYPE, image.manifest]);
  for (const bytes of [image.config, image.layer]) {
    const blob = await client.getBlob(repository, digestOf(bytes), bytes.length);
    expect(await bytesOf(blob.stream)).toEqual(bytes);
  }
}

/** The generic registry sends no digest: who wants to be sure compares with the list of files. */
async function getWhole(target: RegistryTarget): Promise<void> {
  const [{ sha256 = '' } = {}] = await new PackagesClient(target).files({
    ...TOOL,
    type: 'generic',
  });
  const got = await new GenericClient(target).get(TOOL, 'old');
  if (got.kind === 'beyond-end') {
    throw new Error('the whole file was asked for');
  }
  const bytes = await bytesOf(got.body);
  if (hex(bytes) !== sha256) {
    throw new WrongBytes();
  }
}

/** The bytes of a generic file are not those of the list. */
export class WrongBytes extends Error {}

function hex(bytes: string | Buffer): string {
  return digestOf(bytes).slice('sha256:'.length);
}
