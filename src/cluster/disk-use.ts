import type { Cluster } from './cluster';
import { ClusterError } from './error';
import type { KubeObject } from './object';
import { forgeContainer } from './pod-place';

/** Room on the volume a path is on, in bytes (or inodes). */
export interface DiskUse {
  /** Device or share, as mounted. */
  readonly device: string;
  readonly mountedOn: string;
  readonly size: number;
  readonly used: number;
  readonly available: number;
  /** Used part of what users may use, in percent, rounded up as `df` does. */
  readonly percent: number;
}

/**
 * Room on the volume of a path in a forge's pod, in bytes.
 *
 * @param path absolute, such as `/data`
 * @throws ClusterError
 */
export async function diskUse(
  cluster: Pick<Cluster, 'exec'>,
  pod: KubeObject,
  path: string,
): Promise<DiskUse> {
  return ask(cluster, pod, ['df', '-P', path]);
}

/** As {@link diskUse}, in inodes. Old busybox does not know the question: ClusterError `failed`. */
export async function inodeUse(
  cluster: Pick<Cluster, 'exec'>,
  pod: KubeObject,
  path: string,
): Promise<DiskUse> {
  return ask(cluster, pod, ['df', '-P', '-i', path]);
}

async function ask(
  cluster: Pick<Cluster, 'exec'>,
  pod: KubeObject,
  command: readonly string[],
): Promise<DiskUse> {
  const forge = forgeContainer(pod);
  if (!forge) {
    throw new ClusterError(`pod '${pod.metadata.name}' has no container of a forge`, 'not-found');
  }
  const use = readDf(await cluster.exec(forge.place, command));
  if (!use) {
    throw new ClusterError(`'df' in pod '${pod.metadata.name}' printed no table`, 'failed');
  }
  return use;
}

const ROW = /^(.+?) +(\d+) +(\d+) +(-?\d+) +(\d+)% +(\/.*)$/;

/** The first row of `df -P` (POSIX.1-2017, df); sizes are in the unit its header names. */
export function readDf(text: string): DiskUse | undefined {
  const [header = '', ...rows] = text.split('\n').map((line) => line.trim());
  const [, device, size, used, available, percent, mountedOn] =
    rows.map((line) => ROW.exec(line)).find((found) => found !== null) ?? [];
  if (device === undefined) {
    return undefined;
  }
  const unit = unitOf(header);
  return {
    device,
    mountedOn,
    size: Number(size) * unit,
    used: Number(used) * unit,
    available: Number(available) * unit,
    percent: Number(percent),
  };
}

/** `1024-blocks`, `512-blocks`, `1K-blocks`; a count of inodes has no unit. */
function unitOf(header: string): number {
  const [, blocks, kilo] = /(\d+)(K?)-blocks/i.exec(header) ?? [];
  return blocks === undefined ? 1 : Number(blocks) * (kilo ? 1024 : 1);
}
