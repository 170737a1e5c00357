import type { Cluster, Forward } from '../../cluster';
import { ClusterError } from '../../cluster';
import type { RegistryDeclaration } from '../../declaration/model';
import type { ProbedPath, UnprobedPath } from '../../doctor';
import { CommandError } from '../exit';
import type { Io } from '../io';
import { clusterOf } from './cluster';
import { declarationIn } from './cluster-declaration';
import type { DoctorCommandOptions } from './options';

/** The cluster of a run, and the declaration it goes by. */
export interface ClusterSide {
  readonly cluster: Cluster;
  readonly declaration?: RegistryDeclaration;
}

/**
 * The cluster the user names. Where the user holds no declaration, the one that was applied is taken.
 *
 * @param declared what the user holds, or why that cannot be told
 * @param host of the registry, where it is known
 * @throws CommandError what `declared` was, when the cluster knows no better
 */
export async function clusterSide(
  declared: RegistryDeclaration | CommandError | undefined,
  host: string | undefined,
  options: DoctorCommandOptions,
  io: Io,
  signal: AbortSignal,
): Promise<ClusterSide> {
  const own = declared instanceof CommandError ? undefined : declared;
  const cluster = clusterOf(options, own, io, signal);
  const declaration = own ?? (await declarationIn(cluster, host));
  if (declaration === undefined && declared instanceof CommandError) {
    throw declared;
  }
  return { cluster, ...(declaration && { declaration }) };
}

/** Declared ways into the cluster, as far as they could be opened. */
export interface ClusterWays {
  readonly probed: readonly ProbedPath[];
  readonly unprobed: readonly UnprobedPath[];
  /** Ends what was opened. */
  readonly close: () => Promise<void>;
}

/** The way that goes to the Service itself. A nodePort needs a node: a port-forward does not pass it. */
const SERVICE = 'service';

/**
 * Opens the way to the declared Service with `kubectl port-forward`; no credential goes there.
 *
 * @param unprobed ways that are declared and not given by hand
 */
export async function openWays(
  { cluster, declaration }: ClusterSide,
  unprobed: readonly UnprobedPath[],
): Promise<ClusterWays> {
  const others = unprobed.filter(({ name }) => name !== SERVICE);
  if (declaration === undefined || others.length === unprobed.length) {
    return { probed: [], unprobed, close: async () => undefined };
  }
  const { namespace, httpService } = declaration.release;
  try {
    const forward = await cluster.forward({
      namespace,
      resource: `svc/${httpService.name}`,
      port: httpService.port,
    });
    return { probed: [wayOf(forward)], unprobed: others, close: () => forward.close() };
  } catch (error) {
    if (!(error instanceof ClusterError)) {
      throw error;
    }
    const { right, message } = error;
    const missing = right === undefined ? message : `needs the right '${right}'`;
    return {
      probed: [],
      unprobed: [{ name: SERVICE, missing }, ...others],
      close: async () => undefined,
    };
  }
}

function wayOf({ port }: Forward): ProbedPath {
  return { name: SERVICE, origin: new URL(`http://127.0.0.1:${port}`), isImageHost: false };
}
