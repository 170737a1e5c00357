import type { Estate } from '../estate';
import type { ChartValues } from './chart-values';
import { controllerOf } from './controller';
import { renderedLabels, someLabels } from './known-labels';
import type { PolicySource } from './network-policy';
import type { Route } from './route';
import type { Workload } from './workload';

/**
 * The pods of the ingress controllers these routes are for.
 *
 * @returns none where it is not known of every controller here in which namespace its pods are, or where they have the
 *   address of their node
 */
export function ingressControllers(routes: readonly Route[], estate: Estate): PolicySource[] {
  const families = new Set(routes.map((route) => familyOf(route, estate)));
  const [family] = families;
  const sources = families.size === 1 ? sourcesOf(family, estate) : [];
  const known = sources.filter((source) => source !== undefined);
  return known.length === sources.length ? known : [];
}

type Family = 'traefik' | 'nginx';

/** Gateways of nginx run their pods beside the Gateway. */
function familyOf(route: Route, estate: Estate): Family | undefined {
  const controller = controllerOf(route, estate);
  return controller === 'other' || (controller === 'nginx' && route.kind === 'HTTPRoute')
    ? undefined
    : controller;
}

/** Undefined for a controller whose pods nobody can place. */
type Source = PolicySource | undefined;

function sourcesOf(family: Family | undefined, estate: Estate): readonly Source[] {
  if (family === undefined) {
    return [];
  }
  const workloads = estate.workloads
    .filter(({ images }) => images.some(({ text }) => IMAGES[family].test(text)))
    .map(sourceOfWorkload);
  const values = estate.values.filter(({ chart }) => chart === family).map(sourceOfValues);
  return [...workloads, ...values];
}

/** The controllers' images by the end of their names: `rancher/mirrored-library-traefik`, `ingress-nginx/controller`. */
const IMAGES: { readonly [family in Family]: RegExp } = {
  traefik: /(^|[/-])traefik(:[\w.-]+)?(@|$)/,
  nginx:
    /(ingress-nginx\/controller(-chroot)?|nginx\/nginx-ingress|nginx-ingress-controller)(:[\w.-]+)?(@|$)/,
};

function sourceOfWorkload({ manifest, pod, podMetadata }: Workload): Source {
  return manifest.namespace === undefined || pod.get('hostNetwork').value === true
    ? undefined
    : { namespace: manifest.namespace, labels: renderedLabels(podMetadata.get('labels')) };
}

function sourceOfValues({ manifest, root, namespace }: ChartValues): Source {
  // A HelmChartConfig changes the HelmChart of its name; k3s installs its own Traefik beside it.
  const isBundled = manifest.kind === 'HelmChartConfig' && manifest.namespace === 'kube-system';
  const known = root.get('namespaceOverride').text ?? (isBundled ? 'kube-system' : namespace);
  return known === undefined || root.get('hostNetwork').value === true
    ? undefined
    : { namespace: known, labels: someLabels({}) };
}
