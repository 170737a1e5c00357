import { added, coulombBut, coulombWhere } from './edit';
import type { ClusterScenario } from './scenario';

/** The day the table is looked at. */
export const NOW = Date.parse('2025-11-20T12:00:00Z');

const df = (used: number): string =>
  `Filesystem           1024-blocks    Used Available Capacity Mounted on\n/dev/sda1             10000000 ${used * 100000}  ${(100 - used) * 100000}  ${used}% /data\n`;

const inodes = (used: number): string =>
  `Filesystem              Inodes      Used Available Use% Mounted on\n/dev/sda1              5120000    ${used * 51200}   ${(100 - used) * 51200}   ${used}% /data\n`;

/** A CronJob that backs the registry up, in the state it was found. */
function backup(status: object, spec: object = {}): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'gitea-backup', namespace: 'default' },
    spec: {
      schedule: '0 2 * * *',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [
                {
                  name: 'backup',
                  image: 'docker.io/restic/restic:0.17.3',
                  args: ['backup', '/data'],
                  volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }],
                },
              ],
              volumes: [
                { name: 'data', persistentVolumeClaim: { claimName: 'gitea-shared-storage' } },
              ],
            },
          },
        },
      },
      ...spec,
    },
    status,
  };
}

/** Step P14: room, backups, monitoring. */
export const CAPACITY: readonly ClusterScenario[] = [
  { name: 'the volume is at 95 %', code: 'REG710', find: coulombWhere({ df: df(95) }) },
  { name: 'the volume is at 84 %', code: 'REG710', find: coulombWhere({ df: df(84) }) },
  {
    name: 'the inodes of the volume are used up',
    code: 'REG710',
    find: coulombWhere({ inodes: inodes(97) }),
  },
  {
    name: 'the backup has not succeeded for three days',
    code: 'REG732',
    find: coulombBut(
      added(
        backup({
          lastScheduleTime: '2025-11-20T02:00:00Z',
          lastSuccessfulTime: '2025-11-17T02:09:00Z',
        }),
      ),
    ),
  },
  {
    name: 'the backup is suspended',
    code: 'REG732',
    find: coulombBut(
      added(
        backup(
          { lastScheduleTime: '2025-11-10T02:00:00Z', lastSuccessfulTime: '2025-11-10T02:09:00Z' },
          { suspend: true },
        ),
      ),
    ),
  },
  {
    name: 'the pod of the backup waits for the volume',
    code: 'REG733',
    find: coulombBut(
      added(
        backup({
          lastScheduleTime: '2025-11-20T02:00:00Z',
          lastSuccessfulTime: '2025-11-19T14:09:00Z',
        }),
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            name: 'gitea-backup-29384-x7k2p',
            namespace: 'default',
            ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'gitea-backup-29384' }],
          },
          spec: {
            containers: [{ name: 'backup', image: 'docker.io/restic/restic:0.17.3' }],
            volumes: [
              { name: 'data', persistentVolumeClaim: { claimName: 'gitea-shared-storage' } },
            ],
          },
          status: { phase: 'Pending' },
        },
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: {
            name: 'gitea-backup-29384',
            namespace: 'default',
            ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'gitea-backup' }],
          },
          status: { active: 1 },
        },
        {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: { name: 'gitea-backup-29384-x7k2p.1', namespace: 'default' },
          involvedObject: {
            kind: 'Pod',
            namespace: 'default',
            name: 'gitea-backup-29384-x7k2p',
          },
          type: 'Warning',
          reason: 'FailedAttachVolume',
          message: 'Multi-Attach error for volume "pvc-3f1d4a54": Volume is already used by pod(s)',
        },
      ),
    ),
  },
  {
    name: 'a ServiceMonitor selects no Service',
    code: 'REG811',
    find: coulombBut(
      added({
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: {
          name: 'gitea',
          namespace: 'default',
          labels: { 'app.kubernetes.io/part-of': 'gitea-registry' },
        },
        spec: {
          selector: { matchLabels: { 'app.kubernetes.io/name': 'gitae' } },
          endpoints: [{ port: 'http' }],
        },
      }),
    ),
  },
];
