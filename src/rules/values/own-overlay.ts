import type { RegistryDeclaration } from '../../declaration/model';
import { ownedSettings } from '../../declaration/owned-settings';
import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { VALUES } from '../manifest';
import type { ChartValues } from '../read/chart-values';
import type { IniSetting } from '../read/ini-setting';
import { settingsOfValues } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';

/** Settings every overlay of a declared registry holds. */
const ALWAYS = [
  'packages ENABLED',
  'packages LIMIT_SIZE_CONTAINER',
  'repository DISABLED_REPO_UNITS',
  'server DOMAIN',
  'server HTTP_PORT',
  'server PROTOCOL',
  'server ROOT_URL',
  'server SSH_DOMAIN',
];

/** The registry's own overlay: the values file that is made of its declaration, and laid over all others. */
export function ownOverlays(registry: RegistryView): ReadonlySet<Manifest> {
  return registry.remember('own overlays', () => {
    const { declaration, values } = registry;
    const own = declaration ? values.filter((one) => isOverlay(one, declaration)) : [];
    return new Set(own.map(({ manifest }) => manifest));
  });
}

/** A file that holds what the declaration owns and nothing else. */
function isOverlay(values: ChartValues, declaration: RegistryDeclaration): boolean {
  const { config } = declaration;
  const owned = new Set(ownedSettings(declaration).map(settingName));
  const written = settingsOfValues(values).map(settingName);
  const more = new Set([...config.added, ...config.reset].map(settingName));
  return (
    isLikeOverlay(values, declaration) &&
    written.every((name) => owned.has(name) || more.has(name) || /^packages LIMIT_/.test(name))
  );
}

/**
 * A file of settings and of what belongs to them, with all that every overlay holds: made of this declaration, or of an
 * earlier one.
 */
export function isLikeOverlay(
  values: ChartValues,
  { replicas }: Pick<RegistryDeclaration, 'replicas'>,
): boolean {
  const { manifest, root } = values;
  const alone =
    hasOnly(root, ['deployment', 'gitea', ...(replicas ? ['replicaCount', 'strategy'] : [])]) &&
    hasOnly(root.get('deployment'), ['annotations']) &&
    hasOnly(root.get('gitea'), ['additionalConfigSources', 'config', 'podAnnotations']);
  const written = new Set(settingsOfValues(values).map(settingName));
  return manifest.kind === VALUES && alone && ALWAYS.every((name) => written.has(name));
}

function hasOnly(map: Cursor, keys: readonly string[]): boolean {
  return map.entries().every(([key]) => keys.includes(key));
}

/** Section and key of a setting, to compare and to look it up. */
export function settingName({ section, key }: Pick<IniSetting, 'section' | 'key'>): string {
  return `${section} ${key}`;
}
