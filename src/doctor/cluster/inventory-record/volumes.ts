import type { KubeObject } from '../../../cluster';
import { Cursor } from '../../../rules/cursor';
import type { Sight } from '../../sight';
import { liveBackups } from '../capacity/backups';
import { dataMount } from '../capacity/data-mount';
import { dataRoom, roomText } from '../capacity/headroom';
import { forgePods } from '../forge-pod';
import type { InventoryVolume } from './record';

/** Claims of Gitea's pods and of its CloudNativePG database. */
export async function volumesOf(sight: Sight): Promise<InventoryVolume[]> {
  const [{ pods }, mount, room, backups, claims] = await Promise.all([
    sight.see(forgePods),
    sight.see(dataMount),
    sight.see(dataRoom),
    sight.see(liveBackups),
    sight.request.cluster?.objects('persistentvolumeclaims'),
  ]);
  const used = new Set(pods.flatMap(claimsOf));
  const use = room === undefined || 'unread' in room ? undefined : roomText(room);
  return (claims?.objects ?? [])
    .filter(
      ({ metadata }) =>
        used.has(`${metadata.namespace}/${metadata.name}`) ||
        (backups?.database !== undefined &&
          metadata.namespace === pods[0]?.metadata.namespace &&
          metadata.labels?.['cnpg.io/cluster'] === backups.database),
    )
    .map((claim) => ({
      ...asVolume(claim),
      ...(use !== undefined && claim.metadata.name === mount?.claim && { use }),
    }));
}

function claimsOf(pod: KubeObject): string[] {
  return new Cursor(pod)
    .get('spec', 'volumes')
    .items()
    .flatMap((volume) => volume.get('persistentVolumeClaim', 'claimName').text ?? [])
    .map((claim) => `${pod.metadata.namespace}/${claim}`);
}

function asVolume(claim: KubeObject): InventoryVolume {
  const root = new Cursor(claim);
  const { scalar: requested } = root.get('spec', 'resources', 'requests', 'storage');
  const { scalar: capacity } = root.get('status', 'capacity', 'storage');
  const { text: storageClass } = root.get('spec', 'storageClassName');
  const { text: phase } = root.get('status', 'phase');
  return {
    namespace: claim.metadata.namespace ?? '',
    claim: claim.metadata.name,
    ...(requested !== undefined && { requested }),
    ...(capacity !== undefined && { capacity }),
    ...(storageClass !== undefined && { storageClass }),
    accessModes: root
      .get('spec', 'accessModes')
      .items()
      .flatMap(({ text }) => text ?? []),
    ...(phase !== undefined && { phase }),
  };
}
