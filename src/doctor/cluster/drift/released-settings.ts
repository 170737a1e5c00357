import { isMap } from '../../../cluster/object';
import type { HelmRelease } from '../../../cluster';
import { ownValues } from '../own-release';

/** Settings below `gitea.config` of a release. */
export interface ReleasedSettings {
  /** Value of a key, as Helm prints it; undefined where the release does not set it. Secrets are masked. */
  value(section: string, key: string): string | undefined;
  /** Whether settings may also come from Secrets and variables that the values only name. */
  readonly hasOtherSources: boolean;
}

/** Reads them as the charts do: sections and keys in any case. */
export function releasedSettings(release: HelmRelease): ReleasedSettings {
  const { gitea, deployment } = ownValues(release);
  const root = isMap(gitea) ? gitea : {};
  const settings = new Map<string, string>();
  for (const [section, keys] of Object.entries(isMap(root.config) ? root.config : {})) {
    for (const [key, value] of Object.entries(isMap(keys) ? keys : {})) {
      if (value !== null && typeof value !== 'object') {
        settings.set(idOf(section, key), `${value as string | number | boolean}`);
      }
    }
  }
  const lists = [
    root.additionalConfigSources,
    root.additionalConfigFromEnvs,
    isMap(deployment) ? deployment.env : undefined,
  ];
  return {
    value: (section, key) => settings.get(idOf(section, key)),
    hasOtherSources: lists.some((list) => Array.isArray(list) && list.length > 0),
  };
}

function idOf(section: string, key: string): string {
  return `${section.toLowerCase()} ${key.toUpperCase()}`;
}
