import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RegistryTarget } from '../../../src/client/target';
import type { GenericContext } from '../../../src/operate/generic/context';
import { genericContext } from '../../../src/operate/generic/context';
import type { GenericVersion } from '../../../src/operate/generic/place';
import { lookAt } from '../../../src/operate/generic/put/local-file';
import type { PutInput } from '../../../src/operate/generic/put/put-step';
import type { FakeGiteaOptions } from '../../../src/testing';
import { SeededForge } from '../../client/packages/seeded-forge';
import { temporaryFolder } from '../../support/temporary';

/** The version the tests work with. */
export const VERSION: GenericVersion = {
  owner: 'coulomb',
  type: 'generic',
  name: 'tool',
  version: '1.0.0',
};

/** Who works, and how. */
export interface ContextOptions {
  /** Through the proxy with its faults. @default false */
  readonly isProxied?: boolean;
  readonly signal?: AbortSignal;
  readonly watch?: GenericContext['watch'];
}

/** A forge, a proxy in front of it, and a folder with files. */
export interface Workshop {
  readonly forge: SeededForge;
  readonly folder: string;
  context(options?: ContextOptions): GenericContext;
  /** Writes a file of the folder; gives its absolute path. */
  write(name: string, content: string | Buffer): string;
  /** An input of a file of the folder, written before where content is given. */
  input(name: string, content?: string | Buffer): Promise<PutInput>;
  /** What a file of the folder holds. */
  read(name: string): string;
  /** Names of the files of the folder, in order. */
  list(): string[];
  /** Puts a file into {@link VERSION} without the code under test. */
  stored(name: string, content: string | Buffer): Promise<void>;
  /** What {@link VERSION} holds: bytes by name, in order of the names. */
  contents(): { [name: string]: string };
}

/** Registers hooks that give each test such a workshop; call the result to get it. */
export function workshop(options: FakeGiteaOptions = {}): () => Workshop {
  const folder = temporaryFolder();
  let current: Workshop;
  beforeEach(async () => {
    current = new Room(await SeededForge.start(options), folder());
  });
  return () => current;
}

class Room implements Workshop {
  public constructor(
    public readonly forge: SeededForge,
    public readonly folder: string,
  ) {}

  public context({ isProxied, signal, watch }: ContextOptions = {}): GenericContext {
    const { gitea, proxy } = this.forge;
    const target: RegistryTarget = {
      ...this.forge.target('root', 'all', isProxied ? proxy : gitea),
      ...(signal && { signal }),
    };
    return {
      ...genericContext(target, watch),
      wait: async () => signal?.throwIfAborted(),
    };
  }

  public write(name: string, content: string | Buffer): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  public async input(name: string, content?: string | Buffer): Promise<PutInput> {
    const path = content === undefined ? join(this.folder, name) : this.write(name, content);
    return { name, file: await lookAt(path, name) };
  }

  public read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  public list(): string[] {
    return readdirSync(this.folder).sort();
  }

  public async stored(name: string, content: string | Buffer): Promise<void> {
    const { url } = this.forge.gitea;
    const answer = await fetch(
      `${url}/api/packages/coulomb/generic/tool/1.0.0/${encodeURIComponent(name)}`,
      {
        method: 'PUT',
        body: new Uint8Array(Buffer.from(content)),
        headers: {
          Authorization: `Basic ${Buffer.from('root:root-password').toString('base64')}`,
          'Content-Type': 'application/octet-stream',
        },
      },
    );
    expect(answer.status).toBe(201);
  }

  public contents(): { [name: string]: string } {
    const { packages, blobs } = this.forge.gitea.state;
    const files = packages
      .find(({ type, name }) => type === 'generic' && name === VERSION.name)
      ?.versions.find(({ version }) => version === VERSION.version)?.files;
    return Object.fromEntries(
      [...(files ?? [])]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, sha256 }) => [name, blobs.get(sha256)!.toString('utf8')]),
    );
  }
}

/** SHA-256 in hex. */
export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
