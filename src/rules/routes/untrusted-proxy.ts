import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { EntryPoint, TraefikStatic } from '../read/traefik-static';
import { option } from '../read/traefik-static';
import { treatmentsOf } from '../read/treatment';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import type { OuterProxy } from './outer-proxy';
import { outerProxies } from './outer-proxy';
import { servingRoutes, V2_PING } from './serving';

/** Entry points that drop the X-Forwarded-Proto of the proxy at which TLS ends. */
export function untrustedProxies(registry: RegistryView): Violation[] {
  return writesScheme(registry)
    ? []
    : outerProxies(registry)
        .slice(0, 1)
        .flatMap((proxy) => untrusted(proxy, registry));
}

/** A middleware that sets the header mends it as well. */
function writesScheme(registry: RegistryView): boolean {
  return servingRoutes(registry, V2_PING).some((route) =>
    treatmentsOf(route, registry.estate).some(
      ({ type, at }) => type === 'headers' && setsHttps(at),
    ),
  );
}

function setsHttps(at: Cursor): boolean {
  return at
    .get('customRequestHeaders')
    .entries()
    .some(([name, { text }]) => name.toLowerCase() === 'x-forwarded-proto' && text === 'https');
}

/** Only a Traefik that is seen whole proves that nothing is trusted; one that trusts speaks for all. */
function untrusted(proxy: OuterProxy, { estate }: RegistryView): Violation[] {
  const takers = estate.traefiks.flatMap((traefik) =>
    proxy.entryPointsOf(traefik).map((entryPoint) => ({ traefik, entryPoint })),
  );
  return takers.some(({ traefik, entryPoint }) => trusts(traefik, entryPoint))
    ? []
    : takers
        .filter(({ traefik }) => traefik.complete)
        .slice(0, 1)
        .map(({ traefik, entryPoint }) => distrust(proxy, traefik, entryPoint));
}

function trusts(traefik: TraefikStatic, { name }: EntryPoint): boolean {
  const below = `entrypoints.${name}.forwardedheaders`;
  return (
    option(traefik, `${below}.trustedips`) !== undefined ||
    option(traefik, `${below}.insecure`)?.text === 'true'
  );
}

function distrust(proxy: OuterProxy, traefik: TraefikStatic, { name }: EntryPoint): Violation {
  return {
    at: placeOf(traefik, name),
    observed: `entry point ${quote(name)} trusts nobody's X-Forwarded-Proto, and TLS ends ${proxy.words}`,
    expected: '`forwardedHeaders.trustedIPs` with the addresses of that proxy',
    fix: fixOf(traefik, name),
  };
}

/** The entry point in values or a static file, else the arguments. */
function placeOf({ at }: TraefikStatic, name: string): Cursor {
  const places = [
    at.get('ports', name, 'forwardedHeaders'),
    at.get('ports', name),
    at.get('entryPoints', name),
    at.get('args'),
  ];
  return places.find(({ exists }) => exists) ?? at;
}

function fixOf({ at }: TraefikStatic, name: string): string {
  const key = `${name}.forwardedHeaders.trustedIPs`;
  const range = 'CIDR being the addresses that proxy sends from';
  if (at.get('image').text !== undefined) {
    return `argument \`--entryPoints.${key}=CIDR\`, ${range}`;
  }
  const root = at.get('entryPoints').exists ? 'entryPoints' : 'ports';
  return `\`${root}.${key}: [CIDR]\`, ${range}`;
}
