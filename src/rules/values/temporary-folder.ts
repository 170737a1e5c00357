import type { IniSetting } from '../read/ini-setting';
import type { Workload } from '../read/workload';
import { forgeOfImage } from '../read/forge-image';
import { holds } from '../storage/data-volume';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import { standingSettings } from './standing-settings';

/** `[server] APP_TEMP_PATH` on a volume of one pod: parts of uploads lie there. */
export function temporaryFolder(registry: RegistryView): Violation[] {
  return standingSettings(registry, 'server', 'APP_TEMP_PATH')
    .filter((setting) => isOwnFolder(setting, registry))
    .map(({ at, text }) => ({
      at,
      observed: `APP_TEMP_PATH '${text}' is a folder of one pod`,
      expected: 'a folder on the shared volume',
      fix: 'remove the key and write its default, an empty text: parts of uploads then lie on the data volume',
    }));
}

function isOwnFolder({ text }: IniSetting, { forges }: RegistryView): boolean {
  if (!text) {
    return false;
  }
  // The charts mount an emptyDir there.
  return forges.length === 0
    ? holds('/tmp', text)
    : forges.some((forge) => liesOnEmptyDir(forge, text));
}

function liesOnEmptyDir({ pod }: Workload, path: string): boolean {
  const mounts = pod
    .get('containers')
    .items()
    .filter((container) => forgeOfImage(container.get('image').text ?? ''))
    .flatMap((container) => container.get('volumeMounts').items())
    .filter((mount) => holds(mount.get('mountPath').text, path))
    .sort((a, b) => b.get('mountPath').text!.length - a.get('mountPath').text!.length);
  const name = mounts[0]?.get('name').text;
  return pod
    .get('volumes')
    .items()
    .some(
      (volume) => volume.get('name').text === name && volume.get('emptyDir').value !== undefined,
    );
}
