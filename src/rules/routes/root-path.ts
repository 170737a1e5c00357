import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { ChartValues } from '../read/chart-values';
import { decisiveSettings } from '../read/decisive-settings';
import { settingsOfValues } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';

/** A ROOT_URL, taken apart. */
export interface RootUrl {
  /** Name of the host in lower case, without port. */
  readonly hostName: string;
  /** Path without the slash at its end; empty at the root of the host. */
  readonly path: string;
  readonly at: Cursor;
}

/** A ROOT_URL in the values of a release that is known by name. */
export interface ReleaseUrl extends RootUrl {
  readonly release: string;
}

const URL_PARTS = /^https?:\/\/([A-Za-z0-9.-]+)(?::\d+)?(\/[^?#\s]*)?$/;

function rootUrlOf(text: string | undefined, at: Cursor): RootUrl[] {
  const parts = URL_PARTS.exec(text ?? '');
  return parts
    ? [{ hostName: parts[1].toLowerCase(), path: (parts[2] ?? '').replace(/\/$/, ''), at }]
    : [];
}

/** The ROOT_URL of a registry that names a path; undefined at the root of the host, and where two places disagree. */
export function subPath(registry: RegistryView): RootUrl | undefined {
  const settings = decisiveSettings(registry.settingsOf('server', 'ROOT_URL'));
  const urls = settings
    .flatMap(({ text, at }) => rootUrlOf(text, at))
    .filter(({ hostName }) => hostName === registry.hostName);
  const paths = new Set(urls.map(({ path }) => path));
  return paths.size === 1 && urls[0].path !== '' ? urls[0] : undefined;
}

/** The ROOT_URLs of this host in values of releases with a name. */
export function releaseUrls(hostName: string, estate: Estate): readonly ReleaseUrl[] {
  const index = estate.remember('root URLs by host', () =>
    indexed(estate.values.flatMap(urlsOfValues), (url) => url.hostName),
  );
  return index.get(hostName) ?? [];
}

function urlsOfValues(values: ChartValues): ReleaseUrl[] {
  const { chart, releaseName, namespace = '' } = values;
  if (chart === 'traefik' || releaseName === undefined) {
    return [];
  }
  return settingsOfValues(values)
    .filter(({ section, key }) => section === 'server' && key === 'ROOT_URL')
    .flatMap(({ text, at }) => rootUrlOf(text, at))
    .map((url) => ({ ...url, release: `${namespace}/${releaseName}` }));
}
