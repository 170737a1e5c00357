import type { RegistryDeclaration } from '../../declaration/model';
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
function isOverlay(values: ChartValues, { config }: RegistryDeclaration): boolean {
  const { manifest, root } = values;
  const alone = [root, root.get('gitea')].every((map) => map.entries().length === 1);
  if (manifest.kind !== VALUES || !alone) {
    return false;
  }
  const written = new Set(settingsOfValues(values).map(nameOf));
  const more = new Set([...config.added, ...config.reset].map(nameOf));
  return (
    ALWAYS.every((name) => written.has(name)) &&
    [...written].every(
      (name) => ALWAYS.includes(name) || more.has(name) || /^packages LIMIT_/.test(name),
    )
  );
}

function nameOf({ section, key }: Pick<IniSetting, 'section' | 'key'>): string {
  return `${section} ${key}`;
}
