import type { Estate } from '../estate';
import { namespaceOrDefault } from '../manifest';
import { forgeOfImage } from '../read/forge-image';
import type { Workload } from '../read/workload';
import type { Rule } from '../rule';
import { restrictedViolations } from './pod-security';

/** REG562: a namespace that enforces `restricted` refuses pods, and a CronJob tells nobody. */
export const jobsRestricted: Rule = {
  code: 'REG562',
  slug: 'jobs-restricted',
  title: 'every Job and CronJob of the registry passes Pod Security `restricted`',
  severity: 'error',
  why: 'in a namespace that enforces `restricted` the pod of the Job is refused at admission; the CronJob itself is accepted and then never runs',
  shows: [
    '`kubectl describe job NAME`: `pods "…" is forbidden: violates PodSecurity "restricted:latest"`',
    '`kubectl get cronjob`: LAST SCHEDULE passes, no pod appears, and the backup grows old',
  ],
  fix: 'give the pod `runAsNonRoot: true` and `seccompProfile: {type: RuntimeDefault}`, each container `allowPrivilegeEscalation: false` and `capabilities: {drop: [ALL]}`; no host namespaces, ports or paths',
  links: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted'],
  judgeEstate: (estate) => ownJobs(estate).flatMap(restrictedViolations),
};

const PART_OF = 'app.kubernetes.io/part-of';

/** Jobs of this package, and any that mount the volume a forge keeps its data on. */
function ownJobs(estate: Estate): Workload[] {
  const claims = forgeClaims(estate);
  return estate.workloads.filter(
    (workload) =>
      ['Job', 'CronJob'].includes(workload.manifest.kind) &&
      (isLabelled(workload) || claimsOf(workload).some((claim) => claims.has(claim))),
  );
}

function isLabelled({ manifest, podMetadata }: Workload): boolean {
  return [manifest.root.get('metadata'), podMetadata].some(
    (metadata) => metadata.get('labels', PART_OF).text === 'gitea-registry',
  );
}

/** Claims that are declared, written in values, or mounted by a forge, as `namespace/name`. */
function forgeClaims(estate: Estate): ReadonlySet<string> {
  const declared = estate.declarations.flatMap(({ declaration: { storage, release } }) =>
    storage ? [`${release.namespace}/${storage.claim}`] : [],
  );
  const written = estate.values.flatMap(({ chart, namespace, root }) => {
    const claim = root.get('persistence', 'claimName').text;
    return chart === 'traefik' || claim === undefined || namespace === undefined
      ? []
      : [`${namespace}/${claim}`];
  });
  const mounted = estate.workloads
    .filter(({ manifest, images }) => isForge(images) && !/Job$/.test(manifest.kind))
    .flatMap(claimsOf);
  return new Set([...declared, ...written, ...mounted]);
}

function isForge(images: Workload['images']): boolean {
  return images.some(({ text }) => forgeOfImage(text) !== undefined);
}

function claimsOf({ manifest, pod }: Workload): string[] {
  return pod
    .get('volumes')
    .items()
    .flatMap((volume) => volume.get('persistentVolumeClaim', 'claimName').text ?? [])
    .map((claim) => `${namespaceOrDefault(manifest)}/${claim}`);
}
