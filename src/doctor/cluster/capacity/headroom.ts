import type { DiskUse } from '../../../cluster';
import { ClusterError, diskUse, inodeUse } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { giteaSize } from '../../../declaration/size';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Observation, Sight } from '../../sight';
import { forgePods } from '../forge-pod';
import { noteOf } from '../missing';
import { dataMount } from './data-mount';

const CODE = 'REG710';

/** What `df` says of the data. */
export interface Room {
  readonly path: string;
  readonly blocks: DiskUse;
  /** @default - this `df` does not count inodes */
  readonly inodes?: DiskUse;
}

/** Room of the volume, or why it is not known. */
export const dataRoom: Observation<Room | { readonly unread: string } | undefined> = async (
  sight,
) => {
  const { cluster } = sight.request;
  if (cluster === undefined) {
    return undefined;
  }
  const [{ missing }, mount] = await Promise.all([sight.see(forgePods), sight.see(dataMount)]);
  if (mount === undefined) {
    return { unread: missing ? noteOf(missing) : 'no pod of Gitea or Forgejo was found' };
  }
  const { pod, path } = mount;
  const inodes = orError(inodeUse(cluster, pod, path));
  const blocks = await orError(diskUse(cluster, pod, path));
  if (blocks instanceof ClusterError) {
    return { unread: noteOf(blocks) };
  }
  const counted = await inodes;
  return { path, blocks, ...(counted instanceof ClusterError ? {} : { inodes: counted }) };
};

/** REG710: how full the volume is, by `df` in the pod. */
export async function headroom(sight: Sight): Promise<readonly Outcome[]> {
  const room = await sight.see(dataRoom);
  if (room === undefined || 'unread' in room) {
    return room ? [skipped(CODE, room.unread)] : [];
  }
  const layer = sight.request.declaration?.limits.largestLayer;
  return [judged(room, layer === undefined ? 0 : 2 * giteaSize(layer))];
}

function judged(room: Room, needed: number): Outcome {
  const { blocks, inodes } = room;
  const observed = roomText(room);
  if (blocks.percent >= 90) {
    return broken(CODE, { observed, expected: 'below 80 % of the volume used' });
  }
  if (inodes !== undefined && inodes.percent > 90) {
    return broken(CODE, { observed, expected: 'at most 90 % of the inodes used' });
  }
  if (blocks.percent >= 80) {
    return broken(CODE, { severity: 'warning', observed, expected: 'below 80 %' });
  }
  if (blocks.available < needed) {
    const expected = `${gibibytes(needed)} free, twice the largest layer`;
    return broken(CODE, { severity: 'warning', observed, expected });
  }
  return passed(CODE, observed);
}

/** `41 % of /data used, 43.1 GiB free, 8 % of its inodes`. */
export function roomText({ path, blocks, inodes }: Room): string {
  const counted = inodes === undefined ? '' : `, ${inodes.percent} % of its inodes`;
  return serverText(
    `${blocks.percent} % of ${path} used, ${gibibytes(blocks.available)} free${counted}`,
  );
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

function orError(work: Promise<DiskUse>): Promise<DiskUse | ClusterError> {
  return work.catch((error: unknown) => {
    if (error instanceof ClusterError) {
      return error;
    }
    throw error;
  });
}
