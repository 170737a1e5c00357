import { ClientError } from '../error';
import type { RegistryConnection } from './connection';
import type { Descriptor } from './descriptor';
import type { Manifest } from './manifest';
import { partsHeld } from './manifest';
import { getManifest } from './manifests';
import { kindOf } from './media-type';

/** Something below a reference. */
export interface Reached {
  readonly descriptor: Descriptor;
  /** The manifest, when it is one and the registry has it. */
  readonly manifest?: Manifest;
  /** Whether it is a manifest that is named and not there: the index cannot be pulled as a whole. */
  readonly isMissing: boolean;
  /** Steps from the reference, which is 0. */
  readonly depth: number;
}

/** An index in an index is allowed, Gitea takes none; so deep nothing honest goes. */
const DEEPEST = 8;

/**
 * Everything a reference needs, each digest once: the manifest itself, the manifests of an index, their configs and
 * layers. Manifests are read, blobs only named.
 *
 * @throws ClientError REG471 when indexes lie in each other without end, or as {@link getManifest} for the reference
 */
export async function* walk(
  connection: RegistryConnection,
  repository: string,
  reference: string,
): AsyncGenerator<Reached> {
  const manifest = await getManifest(connection, repository, reference);
  yield* below({ connection, repository, seen: new Set() }, manifest.descriptor, manifest, 0);
}

/**
 * The manifests an index names, in its order; those that are not there too.
 *
 * @throws ClientError as {@link getManifest}, but not for what is missing
 */
export async function* children(
  connection: RegistryConnection,
  repository: string,
  { manifests }: { readonly manifests: readonly Descriptor[] },
): AsyncGenerator<Reached> {
  for (const descriptor of manifests) {
    const manifest = await readIfThere(connection, repository, descriptor);
    yield reached(descriptor, manifest, 1);
  }
}

interface Walk {
  readonly connection: RegistryConnection;
  readonly repository: string;
  readonly seen: Set<string>;
}

async function* below(
  on: Walk,
  descriptor: Descriptor,
  manifest: Manifest | undefined,
  depth: number,
): AsyncGenerator<Reached> {
  on.seen.add(descriptor.digest);
  yield reached(descriptor, manifest, depth);
  if (manifest && depth === DEEPEST) {
    throw new ClientError(
      `the indexes below '${on.repository}' lie deeper than ${DEEPEST} in each other`,
      'REG471',
    );
  }
  for (const part of manifest ? partsHeld(manifest) : []) {
    if (!on.seen.has(part.digest)) {
      const read =
        manifest!.kind === 'index'
          ? await readIfThere(on.connection, on.repository, part)
          : undefined;
      yield* below(on, part, read, depth + 1);
    }
  }
}

function reached(descriptor: Descriptor, manifest: Manifest | undefined, depth: number): Reached {
  return {
    descriptor,
    ...(manifest && { manifest }),
    isMissing: manifest === undefined && kindOf(descriptor.mediaType) !== undefined,
    depth,
  };
}

async function readIfThere(
  connection: RegistryConnection,
  repository: string,
  { mediaType, digest }: Descriptor,
): Promise<Manifest | undefined> {
  if (kindOf(mediaType) === undefined) {
    return undefined;
  }
  try {
    return await getManifest(connection, repository, digest);
  } catch (error) {
    if (error instanceof ClientError && error.facts.status === 404) {
      return undefined;
    }
    throw error;
  }
}
