import type { Probe } from '../../probe';
import { ofCluster } from '../of-cluster';
import type * as backupFresh from './backup-fresh';
import type * as backupPlacement from './backup-placement';
import type * as backupScope from './backup-scope';
import type * as cleanupCron from './cleanup-cron';
import type * as headroom from './headroom';
import type * as metricsProtected from './metrics-protected';
import type * as monitors from './monitors';
import type * as ownJobs from './own-jobs';

/** A probe of the cluster with what it sends in other words. */
function probe(code: string, sends: string, decide: Probe['decide']): Probe {
  return { ...ofCluster('P14', code, '', decide), sends };
}

/** Step P14: room, cleanup, backups, monitoring, as far as their objects are there. What they read is loaded on use. */
export const CAPACITY_PROBES: readonly Probe[] = [
  probe('REG710', "kubectl exec in Gitea's pod: df of the data", (sight) =>
    (require('./headroom') as typeof headroom).headroom(sight),
  ),
  probe('REG720', "kubectl exec in Gitea's pod: cat app.ini", (sight) =>
    (require('./cleanup-cron') as typeof cleanupCron).cleanupCron(sight),
  ),
  probe('REG730', 'kubectl get cronjobs, scheduledbackups, backups, clusters', (sight) =>
    (require('./backup-scope') as typeof backupScope).backupScope(sight),
  ),
  probe('REG732', 'kubectl get cronjobs, scheduledbackups, backups, clusters', (sight) =>
    (require('./backup-fresh') as typeof backupFresh).backupFresh(sight),
  ),
  probe('REG733', 'kubectl get cronjobs, jobs, pods, events', (sight) =>
    (require('./backup-placement') as typeof backupPlacement).backupPlacement(sight),
  ),
  probe('REG810', "kubectl get routes; kubectl exec in Gitea's pod: cat app.ini", (sight) =>
    (require('./metrics-protected') as typeof metricsProtected).metricsProtected(sight),
  ),
  probe('REG811', 'kubectl get servicemonitors, services', (sight) =>
    (require('./monitors') as typeof monitors).scrapeTarget(sight),
  ),
  probe('REG813', 'kubectl get prometheusrules', (sight) =>
    (require('./monitors') as typeof monitors).alertsPresent(sight),
  ),
  probe('REG814', 'kubectl get cronjobs', (sight) =>
    (require('./own-jobs') as typeof ownJobs).exporterFresh(sight),
  ),
];
