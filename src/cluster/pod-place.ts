import type { PodPlace } from './kubectl/kubectl';
import type { KubeObject } from './object';
import { isMap } from './object';

/** One container of a kept pod that runs Gitea or Forgejo. */
export interface ForgeContainer {
  readonly place: PodPlace;
  /** Values of its variables that are kept, by name. */
  readonly environment: ReadonlyMap<string, string>;
}

/** Images whose path ends so run a forge. */
const FORGE = /(^|\/)(gitea|forgejo)(:|@|$)/;

/** Which container of a pod is the forge: by a variable of the charts, by its name, by its image, or the only one. */
export function forgeContainer({ metadata, spec }: KubeObject): ForgeContainer | undefined {
  const containers = containersOf(spec);
  const found =
    containers.find(({ environment }) => environment.has('GITEA_APP_INI')) ??
    containers.find(({ name }) => name === 'gitea' || name === 'forgejo') ??
    containers.find(({ image }) => FORGE.test(image)) ??
    (containers.length === 1 ? containers[0] : undefined);
  return (
    found && {
      place: {
        namespace: metadata.namespace ?? 'default',
        name: metadata.name,
        container: found.name,
      },
      environment: found.environment,
    }
  );
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly environment: ReadonlyMap<string, string>;
}

function containersOf(spec: unknown): Container[] {
  const list: readonly unknown[] =
    isMap(spec) && Array.isArray(spec.containers) ? spec.containers : [];
  return list.filter(isMap).map(({ name, image, env }) => ({
    name: `${name}`,
    image: typeof image === 'string' ? image : '',
    environment: new Map(
      (Array.isArray(env) ? env : []).flatMap((entry: unknown) =>
        isMap(entry) && typeof entry.name === 'string' && typeof entry.value === 'string'
          ? [[entry.name, entry.value] as const]
          : [],
      ),
    ),
  }));
}
