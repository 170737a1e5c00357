import type { AccessPath } from '../../declaration/access-path';
import { accessPaths } from '../../declaration/access-path';
import type { RegistryDeclaration } from '../../declaration/model';
import type { ProbedPath, UnprobedPath } from '../../doctor';
import { CommandError } from '../exit';
import { isLoopback } from '../server/origin';
import type { NamedPath } from './named-path';

/** What the paths of a run are made of. */
export interface PathSources {
  /** The registry as the user named it. */
  readonly origin?: URL;
  readonly declaration?: RegistryDeclaration;
  /** `--path`, in their order. */
  readonly byHand: readonly NamedPath[];
}

/** The ways of a run, without credentials. */
export interface Ways {
  readonly probed: readonly ProbedPath[];
  readonly unprobed: readonly UnprobedPath[];
}

/** Name of the way images are pulled on. */
const INGRESS = 'ingress';

/**
 * The ways to probe: `ingress` first, then declared tunnels, then `--path` in their order. A `--path` takes the place
 * of the declared way of its name; what lies inside the cluster is probed only so.
 *
 * @throws CommandError (exit 2) for two ways of one name
 */
export function waysOf({ origin, declaration, byHand }: PathSources): Ways {
  refuseTwins(origin, byHand);
  const declared = declaration ? accessPaths(declaration) : [];
  const given = (name: string): URL | undefined => byHand.find((one) => one.name === name)?.origin;
  const image = given(INGRESS) ?? origin ?? originOf(declared.find(({ name }) => name === INGRESS));
  const tunnels = declared
    .filter(({ kind }) => kind === 'tunnel')
    .map(({ name, origin: url }) => ({ name, origin: given(name) ?? new URL(url!) }));
  const others = byHand.filter(
    ({ name }) => name !== INGRESS && !tunnels.some((tunnel) => tunnel.name === name),
  );
  return {
    probed: [
      ...(image ? [imagePath(image)] : []),
      ...[...tunnels, ...others].map((path) => ({ ...path, isImageHost: false })),
    ],
    unprobed: declared
      .filter(({ name, insideCluster }) => insideCluster && !given(name))
      .map((path) => ({ name: path.name, missing: missing(path, declaration!) })),
  };
}

/** docker takes plain http from loopback only. */
function imagePath(origin: URL): ProbedPath {
  const isImageHost = origin.protocol === 'https:' || !isLoopback(origin);
  return { name: INGRESS, origin, isImageHost };
}

function originOf(path: AccessPath | undefined): URL | undefined {
  return path?.origin === undefined ? undefined : new URL(path.origin);
}

function missing({ name, kind, nodePort }: AccessPath, declaration: RegistryDeclaration): string {
  const { namespace, httpService } = declaration.release;
  return kind === 'nodePort'
    ? `needs the address of a node: give it with --path ${name}=http://NODE:${nodePort}`
    : `needs a cluster: name it with --context, or run 'kubectl -n ${namespace} port-forward service/${httpService.name} 3000:${httpService.port}' and give it with --path ${name}=http://127.0.0.1:3000`;
}

function refuseTwins(origin: URL | undefined, byHand: readonly NamedPath[]): void {
  const names = byHand.map(({ name }) => name);
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin !== undefined) {
    throw new CommandError(`--path '${twin}' is given twice: a name is one way`);
  }
  if (origin && names.includes(INGRESS)) {
    throw new CommandError(
      `--path '${INGRESS}' is the way to '${origin.host}' already: choose another name`,
    );
  }
}
