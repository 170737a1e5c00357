import type { Check } from '../check';

const CRON_JOBS = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/';
const GITEA_BACKUP = 'https://docs.gitea.com/administration/backup-and-restore';

/** Backups and monitoring, as their objects in the cluster show them. */
export const CAPACITY_CHECKS: readonly Check[] = [
  {
    code: 'REG730',
    slug: 'backup-scope',
    title: 'a backup holds the database, the packages and the keys of app.ini',
    severity: 'warning',
    why: 'rows of the database name layers by digest, and the layers lie on the volume or in the bucket: one without the other cannot be put back, and Gitea has no command that restores a dump',
    shows: ['after a restore: `docker pull` fails with `blob unknown`, while the tag is listed'],
    fix: 'save the database and the volume (or the bucket), app.ini included; `gitea dump` without `--skip-package-data`',
    links: [GITEA_BACKUP, 'https://cloudnative-pg.io/documentation/current/backup/'],
  },
  {
    code: 'REG732',
    slug: 'backup-fresh',
    title: 'the last successful backup is younger than 26 hours, or than its schedule says',
    severity: 'error',
    why: 'a backup that is suspended, fails or never ran is missed on the day it is needed',
    shows: ['kubectl get cronjob: `SUSPEND True`, or a LAST SCHEDULE without a finished Job'],
    fix: 'run it by hand (`kubectl create job --from=cronjob/NAME NAME-now`), read its log, mend what it says',
    links: [CRON_JOBS],
  },
  {
    code: 'REG733',
    slug: 'backup-placement',
    title: 'the backup can mount the data',
    severity: 'error',
    why: "a ReadWriteOnce volume is on one node at a time: a backup's pod on another node waits for it until somebody looks",
    shows: ['kubectl describe pod: `Multi-Attach error for volume "pvc-…"`, the pod stays Pending'],
    fix: "give the backup a `podAffinity` to Gitea's pod, or save from a snapshot of the volume",
    links: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
      'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
    ],
  },
  {
    code: 'REG810',
    slug: 'metrics-protected',
    title: "Gitea's `/metrics` is on only with a token, or is not led out of the cluster",
    severity: 'warning',
    why: 'without a token anybody on the host reads how many users, repositories and packages there are',
    shows: ['`curl https://HOST/metrics` answers 200'],
    fix: '`metrics.TOKEN` from a Secret, and the same token in the ServiceMonitor; or a route that leaves `/metrics` out',
    links: ['https://docs.gitea.com/administration/config-cheat-sheet#metrics-metrics'],
  },
  {
    code: 'REG811',
    slug: 'scrape-target',
    title: 'every ServiceMonitor of the registry selects a Service that has its port',
    severity: 'warning',
    why: 'a monitor that selects nothing is no error anywhere: its series are missing, and alerts on them never fire',
    shows: ['Prometheus: no target of that job; a graph without data'],
    fix: 'copy labels and port name from the Service: `kubectl get service -n NAMESPACE --show-labels`',
    links: ['https://prometheus-operator.dev/docs/developer/getting-started/'],
  },
  {
    code: 'REG813',
    slug: 'alerts-present',
    title: 'some alert speaks of the registry',
    severity: 'info',
    why: 'without one, users find a full volume, an expired certificate or a registry that is down',
    shows: ['users report that pulls fail, and no alert fired'],
    fix: 'a PrometheusRule for the registry: it answers, its certificate lasts, its volume has room, its backup is fresh',
    links: ['https://prometheus-operator.dev/docs/developer/alerting/'],
  },
  {
    code: 'REG814',
    slug: 'exporter-fresh',
    title: 'the CronJobs that look at the registry run and succeed',
    severity: 'warning',
    why: 'what a failing or suspended job measured last stands in every graph as if it were true now',
    shows: ['kubectl get cronjob: `SUSPEND True`, or Jobs that fail'],
    fix: 'read the log of its last Job; a token that expired or lost a scope is REG312 to REG314',
    links: [CRON_JOBS],
  },
];
