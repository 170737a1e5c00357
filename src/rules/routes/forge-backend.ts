import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import type { Backend, Route } from '../read/route';
import type { RegistryView } from '../registry-view';
import { servingRoutes, V2_PING } from './serving';

/** A Service that a route of `/v2` leads to. */
export interface ForgeBackend {
  readonly route: Route;
  readonly backend: Backend;
  /** The Service, where it is rendered. */
  readonly service?: Manifest;
  /** Its port the backend means, where it is rendered. */
  readonly servicePort?: Cursor;
  /** Where the port of the backend stands, or the backend. */
  readonly portAt: Cursor;
}

/** The Services behind the routes that serve `/v2`. */
export function forgeBackends(registry: RegistryView): readonly ForgeBackend[] {
  return registry.remember('forge backends', () =>
    servingRoutes(registry, V2_PING).flatMap((route) =>
      route.backends
        .filter(({ kind }) => kind === 'Service')
        .map((backend) => forgeBackend(route, backend, registry)),
    ),
  );
}

function forgeBackend(route: Route, backend: Backend, { estate }: RegistryView): ForgeBackend {
  const service = estate.object('Service', backend.namespace, backend.name);
  const servicePort = portsOf(service).find((port) => isPort(port, backend.port));
  return {
    route,
    backend,
    portAt: portPlace(backend),
    ...(service && { service }),
    ...(servicePort && { servicePort }),
  };
}

/** The ports of a Service; none where it is not rendered, or is only a name for something else. */
export function portsOf(service: Manifest | undefined): Cursor[] {
  const spec = service?.root.get('spec');
  return spec === undefined || spec.get('type').text === 'ExternalName'
    ? []
    : spec.get('ports').items();
}

function isPort(port: Cursor, wanted: string | undefined): boolean {
  return (
    wanted !== undefined && (port.get('port').scalar === wanted || port.get('name').text === wanted)
  );
}

/** `service.port` of an Ingress, `servicePort` of its older form, `port` elsewhere. */
function portPlace({ at }: Backend): Cursor {
  const places = [at.get('service', 'port'), at.get('servicePort'), at.get('port')];
  return places.find(({ exists }) => exists) ?? at;
}
