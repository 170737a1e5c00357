import type { ConfigSourceDeclaration, RegistryDeclaration } from '../declaration/model';
import { configSources } from '../declaration/config-source';
import { isRecreated } from '../declaration/replicas';
import type { HelmValues } from './overlay-values';

/** Values beside `gitea.config`. */
export interface ReleaseValues {
  /** Below `gitea`, beside `config`. */
  readonly gitea: HelmValues;
  /** Beside `gitea`. */
  readonly others: HelmValues;
}

/**
 * Values of both charts beside `gitea.config`: Secrets with settings, what restarts the pods for them, replicas and strategy.
 * Each is there only where something declared asks for it.
 */
export function releaseValues(declaration: RegistryDeclaration): ReleaseValues {
  const sources = configSources(declaration);
  const checksums = checksumAnnotations(sources);
  const reloader = reloaderAnnotations(sources);
  const { replicas } = declaration;
  return {
    gitea: {
      ...(sources.length > 0 && { additionalConfigSources: sources.map(configSource) }),
      ...(hasKeys(checksums) && { podAnnotations: checksums }),
    },
    others: {
      ...(hasKeys(reloader) && { deployment: { annotations: reloader } }),
      ...(replicas && { replicaCount: replicas.count }),
      // The charts render rollingUpdate beside RollingUpdate only, so that nothing of their default has to be removed.
      ...(isRecreated(declaration) && { strategy: { type: 'Recreate' } }),
    },
  };
}

/** The source as a volume, which is what an entry of the list is. */
function configSource({ kind, name }: ConfigSourceDeclaration): HelmValues {
  return kind === 'Secret' ? { secret: { secretName: name } } : { configMap: { name } };
}

function checksumAnnotations(sources: readonly ConfigSourceDeclaration[]): HelmValues {
  return Object.fromEntries(
    sources.flatMap(({ name, hash }) => (hash === undefined ? [] : [[`checksum/${name}`, hash]])),
  );
}

/** Annotations of Reloader (stakater/Reloader, "Reload Specific Secret" and "ConfigMap"). */
function reloaderAnnotations(sources: readonly ConfigSourceDeclaration[]): HelmValues {
  const watched = sources.filter(({ reloader }) => reloader);
  return Object.fromEntries(
    (['ConfigMap', 'Secret'] as const).flatMap((kind) => {
      const names = watched.filter((source) => source.kind === kind).map(({ name }) => name);
      const annotation = `${kind.toLowerCase()}.reloader.stakater.com/reload`;
      return names.length === 0 ? [] : [[annotation, names.join(',')]];
    }),
  );
}

function hasKeys(map: HelmValues): boolean {
  return Object.keys(map).length > 0;
}
