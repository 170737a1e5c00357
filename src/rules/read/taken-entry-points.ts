import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { gatewayParents } from './gateway';
import type { Route } from './route';
import type { EntryPoint, TraefikStatic } from './traefik-static';
import { option } from './traefik-static';

/** Entry points of the chart that carry no traffic of others. */
const INTERNAL: readonly string[] = ['traefik', 'metrics'];

/**
 * The entry points of a Traefik that carry the https requests for a route.
 *
 * @param estate finds the Gateways of an HTTPRoute, whose listeners have the ports of entry points
 */
export function takenEntryPoints(
  route: Route,
  traefik: TraefikStatic,
  estate?: Estate,
): readonly EntryPoint[] {
  if (!mayServe(traefik, route)) {
    return [];
  }
  const taken = boundEntryPoints(route, traefik, estate);
  // Registry clients speak https: beside an entry point for it the plain one carries nothing.
  const secure = taken.filter((entryPoint) => !isPlain(entryPoint));
  return secure.length > 0 ? secure : taken;
}

/** Whether this Traefik takes routes of this class. */
function mayServe(traefik: TraefikStatic, { kind, className }: Route): boolean {
  const provider = kind === 'IngressRoute' ? 'kubernetescrd' : 'kubernetesingress';
  const wanted = option(traefik, `providers.${provider}.ingressclass`)?.text;
  return kind === 'HTTPRoute' || wanted === undefined || wanted === className;
}

function boundEntryPoints(
  { entryPoints, manifest }: Route,
  traefik: TraefikStatic,
  estate: Estate | undefined,
): EntryPoint[] {
  const names = entryPoints?.map((name) => name.toLowerCase());
  if (names) {
    return traefik.entryPoints.filter(({ name }) => names.includes(name));
  }
  const parents = estate ? gatewayParents(manifest, estate) : [];
  const ports = parents.flatMap(({ listeners }) => listeners.flatMap(({ port }) => port ?? []));
  return ports.length > 0
    ? traefik.entryPoints.filter(({ port }) => port !== undefined && ports.includes(port))
    : defaultEntryPoints(traefik);
}

/** Those a router is bound to that names none: the ones marked, else all. */
export function defaultEntryPoints(traefik: TraefikStatic): EntryPoint[] {
  const marked = traefik.entryPoints.filter(
    ({ name }) => option(traefik, `entrypoints.${name}.asdefault`)?.text === 'true',
  );
  return marked.length > 0 ? marked : publicEntryPoints(traefik);
}

/** The entry points clients come in by. */
export function publicEntryPoints({ entryPoints }: TraefikStatic): EntryPoint[] {
  return entryPoints.filter(({ name }) => !INTERNAL.includes(name));
}

/** Whether an entry point speaks http by its port, or by the usual name where no port is known. */
export function isPlain({ name, port, tls }: Pick<EntryPoint, 'name' | 'port' | 'tls'>): boolean {
  return !tls && (port === undefined ? PLAIN_NAME.test(name) : port === 80 || port === 8000);
}

/** What people call the entry point or listener of port 80. */
const PLAIN_NAME = /^(web|http)$/;

/** Whether a route answers on plain http only: everything it is bound to is for http, as far as that is told. */
export function answersPlainHttpOnly(route: Route, estate: Estate): boolean {
  if (route.kind === 'HTTPRoute') {
    return plainParents(route, estate);
  }
  const { entryPoints = [], tls } = route;
  return !tls && entryPoints.length > 0 && entryPoints.every((name) => isPlainName(name, estate));
}

function isPlainName(name: string, estate: Estate): boolean {
  const known = estate.traefiks
    .flatMap(({ entryPoints }) => entryPoints)
    .filter((entryPoint) => entryPoint.name === name.toLowerCase());
  return known.length > 0 ? known.every(isPlain) : PLAIN_NAME.test(name.toLowerCase());
}

function plainParents({ manifest }: Route, estate: Estate): boolean {
  const refs = manifest.root.get('spec', 'parentRefs').items();
  const rendered = gatewayParents(manifest, estate);
  return (
    refs.length > 0 &&
    refs.every((ref) => {
      const parent = rendered.find(({ at }) => at.step === ref.step);
      return parent
        ? parent.listeners.length > 0 &&
            parent.listeners.every(({ protocol }) => protocol === 'HTTP')
        : isPlainRef(ref);
    })
  );
}

function isPlainRef(ref: Cursor): boolean {
  const port = ref.get('port').number;
  return isPlain({
    name: ref.get('sectionName').text ?? '',
    tls: false,
    ...(port !== undefined && { port }),
  });
}
