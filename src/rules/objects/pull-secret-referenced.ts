import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Reference } from '../read/route';
import type { Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { declaredIn, pullReferences, workloadsInNeed } from './pull-references';
import { isPullSecret, pullSecretsIn, servesHost, sourcesIn, sourcesOf } from './pull-secrets';

/** REG541: a pull secret that neither the pod nor its ServiceAccount names is never used. */
export const pullSecretReferenced: Rule = {
  code: 'REG541',
  slug: 'pull-secret-referenced',
  title: 'each pod spec or its ServiceAccount references the pull secret',
  severity: 'error',
  why: 'kubelet uses the Secrets in `imagePullSecrets` of the pod and no others; the list of the ServiceAccount is copied when the pod is created, and only into a pod that has none of its own',
  shows: [
    'pod event: `failed to fetch anonymous token`, although the Secret is there',
    'pod event: `FailedToRetrieveImagePullSecret` with the name that is misspelt',
    '`kubectl get pod NAME -o jsonpath={.spec.imagePullSecrets}` prints nothing',
  ],
  fix: 'name the pull secret in `imagePullSecrets` of the pod template, or of a ServiceAccount of its own, then recreate the pods',
  links: [
    'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#serviceaccount-admission-controller',
    'https://github.com/kubernetes/kubernetes/issues/88456',
  ],
  judgeRegistry: (registry) =>
    workloadsInNeed(registry).flatMap((workload) => unreferenced(registry, workload)),
};

/** What a namespace has for the registry. */
interface Offer {
  /** Names of pull secrets for the host. */
  readonly names: readonly string[];
  /** Whether one may be there under another name, or is not readable. */
  readonly perhaps: boolean;
}

function offerOf(registry: RegistryView, namespace: string): Offer {
  const known = registry.remember('offers of pull secrets', () => new Map<string, Offer>());
  const offer = known.get(namespace) ?? readOffer(registry, namespace);
  known.set(namespace, offer);
  return offer;
}

function readOffer(registry: RegistryView, namespace: string): Offer {
  const { estate, hostName = '' } = registry;
  const serving = pullSecretsIn(registry, namespace);
  const [known, opaque] = [true, 'unknown'].map((answer) =>
    serving.filter((source) => servesHost(estate, source, hostName) === answer),
  );
  const declared = declaredIn(registry, namespace).map(({ name }) => name);
  const sealed = sourcesIn(estate, namespace).some(
    (source) => isPullSecret(source) && servesHost(estate, source, hostName) === 'unknown',
  );
  return {
    names: [...new Set([...declared, ...known.map(({ name }) => name)])],
    perhaps: opaque.length > 0 || sealed,
  };
}

function unreferenced(registry: RegistryView, workload: Workload): Violation[] {
  const { references, complete } = pullReferences(registry, workload);
  const offer = offerOf(registry, workload.namespace);
  const named = references.some(({ name }) => offer.names.includes(name));
  if (!complete || named || (offer.names.length === 0 && !offer.perhaps)) {
    return [];
  }
  return references.length === 0
    ? [unnamed(workload, offer)]
    : misnamed(registry, workload, references, offer);
}

function unnamed({ pod, serviceAccount }: Workload, offer: Offer): Violation {
  return {
    at: pod,
    observed: `no imagePullSecrets in the pod template, and none on ServiceAccount '${serviceAccount}'`,
    expected: expectedOf(offer),
  };
}

/** What a referenced Secret is to the host: made for others, not readable, or made by nothing here. */
type Standing = 'foreign' | 'opaque' | 'unseen';

function standingOf({ estate, hostName = '' }: RegistryView, reference: Reference): Standing {
  const sources = sourcesOf(estate, reference);
  if (sources.length === 0) {
    return 'unseen';
  }
  const foreign = sources.every((source) => servesHost(estate, source, hostName) === false);
  return foreign ? 'foreign' : 'opaque';
}

/** References that are all something else. A Secret nobody renders may be right, unless the declaration says which is. */
function misnamed(
  registry: RegistryView,
  { namespace }: Workload,
  references: readonly Reference[],
  offer: Offer,
): Violation[] {
  const standings = references.map((reference) => standingOf(registry, reference));
  const foreign = standings.every((standing) => standing === 'foreign');
  if (standings.includes('opaque') || (!foreign && offer.names.length === 0)) {
    return [];
  }
  const certain = foreign || declaredIn(registry, namespace).some((secret) => secret.certain);
  return [
    {
      at: placeOf(references),
      severity: certain ? 'error' : 'warning',
      observed: `${listed(references)}, ${foreign ? 'made for other hosts' : 'which nothing here makes'}`,
      expected: expectedOf(offer),
    },
  ];
}

function placeOf(references: readonly Reference[]): Cursor {
  const { at } = references[0];
  return references.length === 1 ? at.get('name') : (at.outer ?? at);
}

function listed(references: readonly Reference[]): string {
  return references.map(({ name }) => quote(name)).join(', ');
}

function expectedOf({ names }: Offer): string {
  return names.length > 0
    ? names.map((name) => quote(name)).join(' or ')
    : 'the name of the pull secret';
}
