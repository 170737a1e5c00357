import { splitHost } from '../declaration/host';
import type { RegistryDeclaration } from '../declaration/model';
import { isNamed, reachOfDeclared } from '../declaration/pull-secret-reach';
import type { Manifest } from '../rules/manifest';

/** Kinds that concern a registry only from within its namespaces, or by naming its host. */
const LOCAL_KINDS = new Set([
  'Certificate',
  'ConfigMap',
  'CronJob',
  'DaemonSet',
  'Deployment',
  'ExternalSecret',
  'HorizontalPodAutoscaler',
  'Ingress',
  'IngressRoute',
  'Job',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'Role',
  'RoleBinding',
  'SealedSecret',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
]);

/** Words of what the ingress controller is made of; it concerns every registry. */
const CONTROLLER = /traefik|entryPoints|ingress-nginx/i;

const HOST_NAME = /[a-z0-9-]+(?:\.[a-z0-9-]+)+/g;

/**
 * Tells which registries the objects of other constructs concern. What nobody else touches follows from its
 * declaration alone, and an app may hold hundreds of registries.
 *
 * @returns whether a declaration is concerned
 */
export function touchedBy(
  foreign: readonly Manifest[],
): (declaration: RegistryDeclaration) => boolean {
  const namespaces = new Set<string>();
  const hosts = new Set<string>();
  for (const { kind, namespace = 'default', root } of foreign) {
    const text = JSON.stringify(root.value);
    if (!LOCAL_KINDS.has(kind) || CONTROLLER.test(text)) {
      return () => true;
    }
    namespaces.add(namespace);
    text
      .toLowerCase()
      .match(HOST_NAME)
      ?.forEach((host) => hosts.add(host));
  }
  return ({ host, release, pullSecrets }) =>
    namespaces.has(release.namespace) ||
    hosts.has(splitHost(host).name) ||
    pullSecrets
      .filter(isNamed)
      .some((secret) =>
        [...namespaces].some((namespace) => reachOfDeclared(secret, namespace) !== false),
      );
}
