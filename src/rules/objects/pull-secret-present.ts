import type { Severity } from '../check';
import { indexed } from '../estate-index';
import type { Estate } from '../estate';
import { objectName } from '../manifest';
import type { Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { declaredIn, pullReferences, workloadsInNeed } from './pull-references';
import {
  isPullSecret,
  pullSecretsIn,
  pullSecretsOf,
  servesHost,
  sourcesIn,
  sourcesOf,
} from './pull-secrets';
import { uncopiedPullSecrets } from './uncopied-pull-secrets';

/** REG540: pull secrets are namespaced; without one in the pod's own namespace kubelet asks anonymously. */
export const pullSecretPresent: Rule = {
  code: 'REG540',
  slug: 'pull-secret-present',
  title:
    'every namespace with workloads from the registry has a pull secret, or something that makes one',
  severity: 'error',
  why: 'kubelet takes credentials from Secrets in the namespace of the pod only; without one it asks for an anonymous token, and images of private owners fail to pull on every node that has no copy',
  shows: [
    'pod event: `failed to authorize: failed to fetch anonymous token: … 401 Unauthorized`, then `ImagePullBackOff`',
    'pod event: `FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets`',
    'it works on one node only: another pod had pulled the image there (checked per credential from Kubernetes 1.35 on)',
  ],
  fix: 'put one pull secret into the namespace (`addPullSecret`; `PullSecret.clusterExternalSecret` serves many), then recreate the pods',
  links: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
    'https://github.com/kubernetes/kubernetes/issues/66162',
  ],
  judgeRegistry: (registry) => [
    ...namespacesInNeed(registry).flatMap(missing(registry)),
    ...uncopiedPullSecrets(registry),
  ],
};

/** Namespaces with workloads that cannot pull anonymously, with these. */
function namespacesInNeed(registry: RegistryView): [string, Workload[]][] {
  return [...indexed(workloadsInNeed(registry), ({ namespace }) => namespace)];
}

function missing(registry: RegistryView) {
  return ([namespace, workloads]: [string, Workload[]]): Violation[] =>
    isProvided(registry, namespace, workloads)
      ? []
      : [
          {
            at: workloads[0].pod,
            severity: severityFor(registry),
            observed: `no pull secret for '${registry.host}' in namespace '${namespace}'${pullers(workloads)}`,
            expected: `a Secret, or what makes one, in namespace '${namespace}'`,
            ...labelling(registry, namespace),
          },
        ];
}

function pullers({ length }: readonly Workload[]): string {
  return length === 1 ? '' : `, where ${length} workloads pull from it`;
}

/** A cluster-wide secret that passes by the namespace is nearer than a new one. */
function labelling(registry: RegistryView, namespace: string): { readonly fix?: string } {
  const [passing] = pullSecretsOf(registry).filter(
    (source) => source.namespace === undefined && source.reaches(namespace) === false,
  );
  return passing
    ? {
        fix: `label namespace '${namespace}' so that ${objectName(passing.manifest)} selects it, and name Secret '${passing.name}' in the pods`,
      }
    : {};
}

/** Who declares owners says which are public. Of an inferred registry nobody knows, unless it demands sign-in. */
function severityFor(registry: RegistryView): Severity {
  const strict = registry
    .settingsOf('service', 'REQUIRE_SIGNIN_VIEW')
    .some(({ text }) => text?.toLowerCase() === 'true');
  return registry.declaration || strict ? 'error' : 'warning';
}

function isProvided(
  registry: RegistryView,
  namespace: string,
  workloads: readonly Workload[],
): boolean {
  return (
    declaredIn(registry, namespace).length > 0 ||
    pullSecretsIn(registry, namespace).length > 0 ||
    mayHoldIt(registry, namespace) ||
    workloads.some((workload) => namesUnseen(registry, workload)) ||
    generatesSecrets(registry.estate)
  );
}

/** A pull secret whose content nobody can read here: sealed, or whole in a store. */
function mayHoldIt({ estate, hostName = '' }: RegistryView, namespace: string): boolean {
  return sourcesIn(estate, namespace).some(
    (source) => isPullSecret(source) && servesHost(estate, source, hostName) !== false,
  );
}

/** Whether a pod may have a pull secret that is not among the manifests. */
function namesUnseen(registry: RegistryView, workload: Workload): boolean {
  const { references, complete } = pullReferences(registry, workload);
  return (
    !complete || references.some((reference) => sourcesOf(registry.estate, reference).length === 0)
  );
}

/** Kyverno can make a Secret in any namespace; where it does, absence proves nothing. */
function generatesSecrets(estate: Estate): boolean {
  return estate.remember('policies that make secrets', () =>
    estate.ofKind('ClusterPolicy', 'GeneratingPolicy').some(
      ({ kind, root }) =>
        kind === 'GeneratingPolicy' ||
        root
          .get('spec', 'rules')
          .items()
          .some((rule) => rule.get('generate', 'kind').text === 'Secret'),
    ),
  );
}
