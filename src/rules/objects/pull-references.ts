import type {
  ClusterPullSecretDeclaration,
  NamedPullSecretDeclaration,
} from '../../declaration/model';
import {
  isNamed,
  isNamespaced,
  nodeCredentials,
  reachOfDeclared,
} from '../../declaration/pull-secret-reach';
import type { Estate } from '../estate';
import { namespaceLabels } from '../read/known-labels';
import { repositoryOf } from '../read/keyring';
import type { Reference } from '../read/route';
import type { UsedImage, Workload } from '../read/workload';
import { pullSecretNames } from '../read/workload';
import type { RegistryView } from '../registry-view';

/** The pull secrets a pod will have. */
export interface PullReferences {
  readonly references: readonly Reference[];
  /** Whether that is all: false where a ServiceAccount nobody rendered may add some. */
  readonly complete: boolean;
}

/** The pull secrets of a pod: its own list, else that of its ServiceAccount (ServiceAccount admission never merges). */
export function pullReferences(registry: RegistryView, workload: Workload): PullReferences {
  const known = registry.remember('pull references', () => new Map<Workload, PullReferences>());
  const read = known.get(workload) ?? readReferences(registry, workload);
  known.set(workload, read);
  return read;
}

function readReferences(registry: RegistryView, workload: Workload): PullReferences {
  const { namespace, serviceAccount, pullSecrets } = workload;
  if (pullSecrets.length > 0) {
    return { references: pullSecrets, complete: true };
  }
  const account = registry.estate.object('ServiceAccount', namespace, serviceAccount);
  const rendered = account ? pullSecretNames(account.root.get('imagePullSecrets'), namespace) : [];
  // A rendered ServiceAccount is what will be; the declaration speaks of one nobody sees.
  const declared = (account ? [] : declaredIn(registry, namespace))
    .filter((one) => one.serviceAccount === serviceAccount)
    .map(({ name }) => ({ name, namespace, at: registry.facts.at }));
  return {
    references: [...rendered, ...declared],
    complete: account !== undefined || declared.length > 0 || serviceAccount === 'default',
  };
}

/** A pull secret the declaration puts into a namespace. */
export interface DeclaredSecret {
  readonly name: string;
  /** False where a label decides that nobody sees here. */
  readonly certain: boolean;
  /** Name of the ServiceAccount that carries it. */
  readonly serviceAccount?: string;
}

/** Pull secrets the declaration puts into a namespace, or may. */
export function declaredIn(
  { declaration, estate }: RegistryView,
  namespace: string,
): DeclaredSecret[] {
  return (declaration?.pullSecrets ?? []).filter(isNamed).flatMap((secret) => {
    const reach = reachIn(estate, secret, namespace);
    const account = isNamespaced(secret) ? secret.serviceAccount?.name : undefined;
    return reach === false
      ? []
      : [
          {
            name: secret.secretName,
            certain: reach === true,
            ...(account !== undefined && { serviceAccount: account }),
          },
        ];
  });
}

function reachIn(
  estate: Estate,
  secret: NamedPullSecretDeclaration,
  namespace: string,
): boolean | 'unknown' {
  const reach = reachOfDeclared(secret, namespace);
  return reach === 'unknown' && !isNamespaced(secret)
    ? hasLabels(estate, secret, namespace)
    : reach;
}

/** Whether a namespace has the labels a cluster-wide secret asks for; one that is not rendered may have them. */
function hasLabels(
  estate: Estate,
  { namespaceLabels: wanted = {} }: ClusterPullSecretDeclaration,
  namespace: string,
): boolean | 'unknown' {
  const labels = namespaceLabels(namespace, estate);
  const answers = Object.entries(wanted).map(([name, value]) =>
    labels.hides(name) ? 'unknown' : labels.of(name) === value,
  );
  return !answers.includes(false) && (answers.includes('unknown') ? 'unknown' : true);
}

/** Images of the registry that anonymous clients may not pull: all but those of owners declared public. */
export function closedImages(registry: RegistryView, { images }: Workload): UsedImage[] {
  const { host, declaration } = registry;
  const open = registry.remember(
    'public owners',
    () =>
      new Set(
        (declaration?.owners ?? [])
          .filter(({ visibility }) => visibility === 'public')
          .map(({ name }) => name.toLowerCase()),
      ),
  );
  return images.filter((image) => image.host === host && !open.has(ownerOf(image)));
}

/** The owner in a reference with a host, in lower case. */
function ownerOf({ text, host = '' }: UsedImage): string {
  const [owner] = repositoryOf(text)
    .slice(host.length + 1)
    .split('/');
  return owner.toLowerCase();
}

/** Workloads that need a credential of the registry. */
export function closedWorkloads(registry: RegistryView): readonly Workload[] {
  return registry.remember('workloads with closed images', () =>
    registry.workloads.filter((workload) => closedImages(registry, workload).length > 0),
  );
}

/** Whether the nodes themselves have a credential of the registry: then no pod needs a pull secret. */
export function nodesCanPull({ declaration }: RegistryView): boolean {
  return declaration !== undefined && nodeCredentials(declaration).length > 0;
}

/** Workloads that need a pull secret. */
export function workloadsInNeed(registry: RegistryView): readonly Workload[] {
  return nodesCanPull(registry) ? [] : closedWorkloads(registry);
}
