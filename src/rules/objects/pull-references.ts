import type { PullSecretDeclaration } from '../../declaration/model';
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
    .filter((one) => one.serviceAccount?.name === serviceAccount)
    .map(({ secretName }) => ({ name: secretName, namespace, at: registry.facts.at }));
  return {
    references: [...rendered, ...declared],
    complete: account !== undefined || declared.length > 0 || serviceAccount === 'default',
  };
}

/** Pull secrets the declaration names for a namespace. */
export function declaredIn(
  { declaration }: RegistryView,
  namespace: string,
): PullSecretDeclaration[] {
  return (declaration?.pullSecrets ?? []).filter((one) => one.namespace === namespace);
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
