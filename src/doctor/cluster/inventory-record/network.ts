import { conditionOf } from '../conditions';
import type { KubeObject } from '../../../cluster';
import { splitHost } from '../../../declaration/host';
import { Cursor } from '../../../rules/cursor';
import type { Route } from '../../../rules/read/route';
import { takesHost } from '../../../rules/read/route';
import type { Sight } from '../../sight';
import { forgePods } from '../forge-pod';
import { liveEstate } from '../live-estate';
import type { InventoryCertificate, InventoryRoute, InventoryService } from './record';

/** Services that select Gitea's pods. */
export async function servicesOf(sight: Sight): Promise<InventoryService[]> {
  const { cluster } = sight.request;
  const [{ pods }, services] = await Promise.all([
    sight.see(forgePods),
    cluster?.objects('services'),
  ]);
  return (services?.objects ?? [])
    .filter((service) => pods.some((pod) => selects(service, pod)))
    .map(asService);
}

function selects(service: KubeObject, { metadata }: KubeObject): boolean {
  const selector = new Cursor(service).get('spec', 'selector').entries();
  return (
    service.metadata.namespace === metadata.namespace &&
    selector.length > 0 &&
    selector.every(([label, { text }]) => metadata.labels?.[label] === text)
  );
}

function asService(service: KubeObject): InventoryService {
  const spec = new Cursor(service).get('spec');
  return {
    namespace: service.metadata.namespace ?? '',
    name: service.metadata.name,
    type: spec.get('type').text ?? 'ClusterIP',
    ports: spec
      .get('ports')
      .items()
      .map((port) => {
        const name = port.get('name').text;
        const targetPort = port.get('targetPort').scalar;
        const nodePort = port.get('nodePort').number;
        return {
          ...(name !== undefined && { name }),
          port: port.get('port').number ?? 0,
          ...(targetPort !== undefined && { targetPort }),
          ...(nodePort !== undefined && { nodePort }),
        };
      }),
  };
}

/** Routes of the whole cluster that take the host, wildcards included. */
export async function routesOf(sight: Sight): Promise<InventoryRoute[]> {
  const live = await sight.see(liveEstate);
  const { name } = splitHost(sight.request.host);
  return (live?.estate.routes ?? [])
    .filter((route) => route.host !== undefined && takesHost(route, name))
    .map(asRoute);
}

function asRoute(route: Route): InventoryRoute {
  const { kind, manifest, host = '', path, className, entryPoints, backends, tlsSecrets } = route;
  return {
    ...{ kind, namespace: manifest.namespace ?? '', name: manifest.name, host, path },
    ...(className !== undefined && { className }),
    ...(entryPoints && { entryPoints }),
    backends: backends.map(
      ({ namespace, name, port }) => `${namespace}/${name}${port === undefined ? '' : `:${port}`}`,
    ),
    tlsSecrets: tlsSecrets.map((secret) => secret.name),
  };
}

/** Certificates that name the host, or whose Secret a route of the host uses. */
export async function certificatesOf(
  sight: Sight,
  routes: readonly InventoryRoute[],
): Promise<InventoryCertificate[]> {
  const listing = await sight.request.cluster?.objects('certificates');
  const { name } = splitHost(sight.request.host);
  const used = new Set(
    routes.flatMap(({ namespace, tlsSecrets }) => tlsSecrets.map((one) => `${namespace}/${one}`)),
  );
  const wildcard = `*${name.slice(Math.max(name.indexOf('.'), 0))}`;
  return (listing?.objects ?? [])
    .map(asCertificate)
    .filter(
      ({ dnsNames, namespace, secretName }) =>
        dnsNames.includes(name) ||
        dnsNames.includes(wildcard) ||
        used.has(`${namespace}/${secretName}`),
    );
}

function asCertificate(certificate: KubeObject): InventoryCertificate {
  const root = new Cursor(certificate);
  const ready = conditionOf(certificate, 'Ready');
  const reason = ready?.get('reason').text;
  const { text: secretName } = root.get('spec', 'secretName');
  const { text: issuer } = root.get('spec', 'issuerRef', 'name');
  const { text: notAfter } = root.get('status', 'notAfter');
  return {
    namespace: certificate.metadata.namespace ?? '',
    name: certificate.metadata.name,
    ...(secretName !== undefined && { secretName }),
    dnsNames: root
      .get('spec', 'dnsNames')
      .items()
      .flatMap(({ text }) => text ?? []),
    ...(issuer !== undefined && { issuer }),
    isReady: ready?.get('status').text === 'True',
    ...(reason !== undefined && { reason }),
    ...(notAfter !== undefined && { notAfter }),
  };
}
