import type { KubeObject } from '../../../cluster';
import { forgeContainer } from '../../../cluster';
import { Cursor } from '../../../rules/cursor';
import { holds } from '../../../rules/storage/data-volume';
import type { Observation } from '../../sight';
import { forgePods } from '../forge-pod';
import { liveAppIni } from '../live-app-ini';

/** Where the data of Gitea lies in its pod. */
export interface DataMount {
  readonly pod: KubeObject;
  /** Folder the volume is mounted at. */
  readonly path: string;
  /** Claim of the volume. @default - it is none of a claim */
  readonly claim?: string;
}

/** Where both charts and the rootless image keep packages. */
const USUAL_PATH = '/data/packages';

/** The mount around the folder of the packages; undefined without a pod. */
export const dataMount: Observation<DataMount | undefined> = async (sight) => {
  const [{ pods }, ini] = await Promise.all([sight.see(forgePods), sight.see(liveAppIni)]);
  const [pod] = pods;
  if (pod === undefined) {
    return undefined;
  }
  const settings = ini && 'settings' in ini ? ini.settings : undefined;
  const data = settings?.get('server')?.get('APP_DATA_PATH');
  const written = settings?.get('packages')?.get('PATH') ?? (data && `${data}/packages`);
  const path = [written, sight.request.declaration?.storage?.path].find((one) =>
    one?.startsWith('/'),
  );
  return mountOf(pod, path ?? USUAL_PATH);
};

function mountOf(pod: KubeObject, path: string): DataMount {
  const spec = new Cursor(pod).get('spec');
  const name = forgeContainer(pod)?.place.container;
  const [mount] = spec
    .get('containers')
    .items()
    .filter((container) => container.get('name').text === name)
    .flatMap((container) => container.get('volumeMounts').items())
    .filter((one) => holds(one.get('mountPath').text, path))
    .sort((one, other) => depth(other) - depth(one));
  const volume = spec
    .get('volumes')
    .items()
    .find((one) => one.get('name').text === mount?.get('name').text);
  const claim = volume?.get('persistentVolumeClaim', 'claimName').text;
  return { pod, path: mount?.get('mountPath').text ?? '/', ...(claim !== undefined && { claim }) };
}

function depth(mount: Cursor): number {
  return mount.get('mountPath').text?.length ?? 0;
}
