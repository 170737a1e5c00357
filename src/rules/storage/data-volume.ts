import type { Cursor } from '../cursor';
import { forgeOfImage } from '../read/forge-image';
import type { Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { AppIniView } from './app-ini-view';

/** Volume of a rendered workload that holds the package blobs. */
export interface DataVolume {
  readonly workload: Workload;
  /** The entry below `volumes`, or the claim template of a StatefulSet. */
  readonly at: Cursor;
  /** Claim it is, where the entry names one. */
  readonly claim?: string;
}

/** Where blobs lie when app.ini says nothing: the charts and the rootless image, then the other image. */
const USUAL_PATHS = ['/data/packages', '/var/lib/gitea/data/packages', '/data/gitea/packages'];

/** The volumes of this registry's own workloads that hold the blobs, as far as they are rendered. */
export function dataVolumes(registry: RegistryView, ini: AppIniView): DataVolume[] {
  const path = packagePath(registry, ini);
  const paths = path === undefined ? USUAL_PATHS : [path];
  return registry.forges.flatMap((workload) => {
    const mount = paths.map((one) => mountOf(workload, one)).find((found) => found !== undefined);
    return mount === undefined ? [] : volumeOf(workload, mount.get('name').text);
  });
}

/** Folder of the blobs inside the container; undefined when nothing written says it. */
export function packagePath({ declaration }: RegistryView, ini: AppIniView): string | undefined {
  const data = ini.own('server', 'APP_DATA_PATH')?.text;
  const storage = ini.own('storage', 'PATH')?.text;
  const paths = [
    declaration?.storage?.path,
    ini.own('packages', 'PATH')?.text,
    ini.own('storage.packages', 'PATH')?.text,
    storage && `${storage}/packages`,
    data && `${data}/packages`,
  ];
  return paths.find((path) => path?.startsWith('/'));
}

/** The mount a path lies on: the deepest one around it. */
function mountOf({ pod }: Workload, path: string): Cursor | undefined {
  const around = pod
    .get('containers')
    .items()
    .filter((container) => forgeOfImage(container.get('image').text ?? ''))
    .flatMap((container) => container.get('volumeMounts').items())
    .filter((mount) => holds(mount.get('mountPath').text, path));
  return around.reduce<Cursor | undefined>(
    (best, mount) => (best === undefined || length(mount) > length(best) ? mount : best),
    undefined,
  );
}

/** Whether a folder is `path` or around it. */
export function holds(folder: string | undefined, path: string): boolean {
  const trimmed = folder?.replace(/\/$/, '');
  return trimmed !== undefined && (path === trimmed || path.startsWith(`${trimmed}/`));
}

function length(mount: Cursor): number {
  return mount.get('mountPath').text?.length ?? 0;
}

function volumeOf(workload: Workload, name: string | undefined): DataVolume[] {
  const templates = workload.manifest.root.get('spec', 'volumeClaimTemplates').items();
  const at = [
    ...workload.pod
      .get('volumes')
      .items()
      .filter((volume) => volume.get('name').text === name),
    ...templates.filter((template) => template.get('metadata', 'name').text === name),
  ][0];
  if (name === undefined || at === undefined) {
    return [];
  }
  const claim = at.get('persistentVolumeClaim', 'claimName').text;
  return [{ workload, at, ...(claim !== undefined && { claim }) }];
}
