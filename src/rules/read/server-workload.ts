import type { Workload } from './workload';

/** Kinds that run the server; a Job with the image does something else. */
const SERVERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod'];

/** Whether a workload with an image of the forge runs the forge. */
export function isServer({ manifest }: Workload): boolean {
  return SERVERS.includes(manifest.kind);
}
