import type { KubeObject } from '../../../cluster';
import { Cursor } from '../../../rules/cursor';
import type { ServiceName } from '../../../rules/names/forge-service';
import { forgeServices } from '../../../rules/names/forge-service';
import type { Observation } from '../../sight';
import { ownRegistry } from '../own-registry';

/** Where the HTTP Service of the registry leads. */
export interface ServiceEndpoints {
  /** `default/gitea`. */
  readonly service: string;
  /** Addresses that take requests. */
  readonly ready: number;
}

/** Endpoints of the HTTP Service; undefined when the Service or its endpoints are not known. */
export const serviceEndpoints: Observation<ServiceEndpoints | undefined> = async (sight) => {
  const { cluster } = sight.request;
  const registry = await sight.see(ownRegistry);
  const [service, ...others] = registry ? forgeServices(registry) : [];
  if (cluster === undefined || service === undefined || others.length > 0) {
    return undefined;
  }
  const [services, slices, endpoints] = await Promise.all([
    cluster.objects('services'),
    cluster.objects('endpointslices'),
    cluster.objects('endpoints'),
  ]);
  const object = services.objects.find((one) => isNamed(one, service));
  // What has no selector gets its endpoints by hand, or leads out of the cluster.
  const selects = object && new Cursor(object).get('spec', 'selector').isMap;
  if (!selects || (slices.missing && endpoints.missing)) {
    return undefined;
  }
  const ready = slices.missing
    ? countOf(
        endpoints.objects.filter((one) => isNamed(one, service)),
        readyAddresses,
      )
    : countOf(
        slices.objects.filter((one) => isSliceOf(one, service)),
        readyEndpoints,
      );
  return { service: `${service.namespace}/${service.name}`, ready };
};

function isNamed({ metadata }: KubeObject, { name, namespace }: ServiceName): boolean {
  return metadata.name === name && metadata.namespace === namespace;
}

function isSliceOf({ metadata }: KubeObject, { name, namespace }: ServiceName): boolean {
  return (
    metadata.namespace === namespace && metadata.labels?.['kubernetes.io/service-name'] === name
  );
}

function countOf(objects: readonly KubeObject[], count: (object: Cursor) => number): number {
  return objects.reduce((sum, object) => sum + count(new Cursor(object)), 0);
}

/** `ready` that is absent means ready (Kubernetes, EndpointConditions). */
function readyEndpoints(slice: Cursor): number {
  const endpoints = slice.get('endpoints').items();
  return endpoints.filter((one) => one.get('conditions', 'ready').value !== false).length;
}

function readyAddresses(endpoints: Cursor): number {
  const subsets = endpoints.get('subsets').items();
  return subsets.reduce((sum, subset) => sum + subset.get('addresses').items().length, 0);
}
