import type { AppIni } from '../declaration/app-ini';
import type { Cluster } from './cluster';
import { ClusterError } from './error';
import { maskSetting } from './mask/setting';
import type { KubeObject } from './object';
import { forgeContainer } from './pod-place';

/** One setting of an ini text. */
export interface IniSettingLine {
  /** Section as written; empty before the first header. */
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** Reads a whole ini text as Gitea's loader does. */
export type ReadIni = (text: string) => readonly IniSettingLine[];

/** app.ini of a running forge. */
export interface LiveAppIni {
  /** Where it stands in the container. */
  readonly path: string;
  /** Its settings, sections and keys as written (their case counts); every secret is `‹redacted›`. */
  readonly settings: AppIni;
}

/** Where app.ini is without `GITEA_APP_INI`: the charts and rootful images, then rootless images. */
const USUAL_PATHS = ['/data/gitea/conf/app.ini', '/etc/gitea/app.ini'];

/**
 * Reads app.ini in a pod. Nothing of the file stays in memory but settings that are no secret.
 *
 * @param pod as `cluster.objects('pods')` gives it
 * @throws ClusterError: `no-shell`, `forbidden` with the right, `not-found` when there is no such file
 */
export async function readAppIni(
  cluster: Pick<Cluster, 'exec'>,
  pod: KubeObject,
  readIni: ReadIni,
): Promise<LiveAppIni> {
  const forge = forgeContainer(pod);
  if (!forge) {
    throw new ClusterError(`pod '${pod.metadata.name}' has no container of a forge`, 'not-found');
  }
  const named = forge.environment.get('GITEA_APP_INI');
  const [path, ...others] = named?.startsWith('/') ? [named] : USUAL_PATHS;
  let found = path;
  const text = await cluster.exec(forge.place, ['cat', path]).catch((error: unknown) => {
    if (!(error instanceof ClusterError) || error.reason !== 'not-found' || others.length === 0) {
      throw error;
    }
    [found] = others;
    return cluster.exec(forge.place, ['cat', found]);
  });
  return { path: found, settings: settingsOf(readIni(text)) };
}

function settingsOf(lines: readonly IniSettingLine[]): AppIni {
  const sections = new Map<string, Map<string, string>>();
  for (const { section, key, value } of lines) {
    const keys = sections.get(section) ?? new Map<string, string>();
    sections.set(section, keys.set(key, maskSetting(section, key, value)));
  }
  return sections;
}
