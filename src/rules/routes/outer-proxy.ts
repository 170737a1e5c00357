import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { objectName } from '../manifest';
import { controllerOf } from '../read/controller';
import type { Route } from '../read/route';
import {
  answersPlainHttpOnly,
  publicEntryPoints,
  takenEntryPoints,
} from '../read/taken-entry-points';
import { hostMatches } from '../read/traefik-matcher';
import type { EntryPoint, TraefikStatic } from '../read/traefik-static';
import { option } from '../read/traefik-static';
import { treatmentsOf } from '../read/treatment';
import type { RegistryView } from '../registry-view';
import { servingRoutes, V2_PING } from './serving';

/** A sign that TLS ends in front of Traefik, and a proxy there tells the scheme in a header. */
export interface OuterProxy {
  /** How people call what shows it, as the rest of `TLS ends …`. */
  readonly words: string;
  /** The entry points of a Traefik its requests come in by. */
  readonly entryPointsOf: (traefik: TraefikStatic) => readonly EntryPoint[];
}

/** What shows that TLS of a registry ends in front of Traefik. */
export function outerProxies(registry: RegistryView): OuterProxy[] {
  return [...tunnels(registry), ...loadBalancers(registry), ...plainRoutes(registry)];
}

/** A rule of cloudflared's own configuration. */
interface TunnelRule {
  readonly hostname: string;
  readonly service: string;
  readonly at: Cursor;
}

/** cloudflared speaks http to Traefik for this host: Cloudflare has ended TLS. */
function tunnels({ estate, hostName = '' }: RegistryView): OuterProxy[] {
  return tunnelRules(estate)
    .filter(
      ({ hostname, service }) => hostMatches(hostname, hostName) && HTTP_TRAEFIK.test(service),
    )
    .slice(0, 1)
    .map(({ at }) => ({
      words: `at Cloudflare (${objectName(at.manifest)})`,
      entryPointsOf: (traefik) => publicEntryPoints(traefik).filter(({ tls }) => !tls),
    }));
}

const HTTP_TRAEFIK = /^http:\/\/[^/]*traefik/;

function tunnelRules(estate: Estate): readonly TunnelRule[] {
  return estate.remember('tunnel rules', () =>
    estate
      .ofKind('ConfigMap')
      .flatMap(({ root }) => [root.get('data', 'config.yaml'), root.get('data', 'config.yml')])
      .filter(({ text = '' }) => /^tunnel:/m.test(text) && /^ingress:/m.test(text))
      .flatMap((at) => estate.parseYaml(at)?.get('ingress').items() ?? [])
      .flatMap((at) => {
        const hostname = at.get('hostname').text?.toLowerCase();
        const service = at.get('service').text;
        return hostname && service ? [{ hostname, service, at }] : [];
      }),
  );
}

/** Annotations of a Service that make a load balancer end TLS and send X-Forwarded-Proto. */
const CERTIFICATES: readonly string[] = [
  'service.beta.kubernetes.io/do-loadbalancer-certificate-id',
  'load-balancer.hetzner.cloud/http-certificates',
];

const AWS = 'service.beta.kubernetes.io/aws-load-balancer';

function loadBalancers({ estate }: RegistryView): OuterProxy[] {
  const services = estate.remember('load balancers that end TLS', () =>
    annotationsOfTraefik(estate).filter(endsTls),
  );
  return services.slice(0, 1).map((annotations) => ({
    words: `at the load balancer (annotations of ${objectName(annotations.manifest)})`,
    entryPointsOf: publicEntryPoints,
  }));
}

function annotationsOfTraefik(estate: Estate): Cursor[] {
  const rendered = estate
    .ofKind('Service')
    .map(({ root }) => root.get('metadata'))
    .filter((metadata) => metadata.get('labels', 'app.kubernetes.io/name').text === 'traefik')
    .map((metadata) => metadata.get('annotations'));
  return [...rendered, ...estate.traefiks.map(({ at }) => at.get('service', 'annotations'))];
}

/** A classic load balancer of AWS writes the header only where it speaks http to the pods. */
function endsTls(annotations: Cursor): boolean {
  return (
    CERTIFICATES.some((name) => annotations.get(name).exists) ||
    (annotations.get(`${AWS}-ssl-cert`).exists &&
      annotations.get(`${AWS}-backend-protocol`).text === 'http')
  );
}

/** Nothing but plain http leads to `/v2`, although the registry is https. */
function plainRoutes(registry: RegistryView): OuterProxy[] {
  const { estate } = registry;
  const routes = servingRoutes(registry, V2_PING);
  const isPlain =
    routes.length > 0 && isHttps(registry) && routes.every((route) => servesPlain(route, estate));
  return isPlain
    ? [
        {
          words: `in front of Traefik: '/v2' is routed on plain http only (${objectName(routes[0].manifest)})`,
          entryPointsOf: (traefik) =>
            routes.flatMap((route) => takenEntryPoints(route, traefik, estate)),
        },
      ]
    : [];
}

/** A declared registry is; of another its ROOT_URL tells. */
function isHttps(registry: RegistryView): boolean {
  return (
    registry.declaration !== undefined ||
    registry.settingsOf('server', 'ROOT_URL').some(({ text }) => text?.startsWith('https://'))
  );
}

function servesPlain(route: Route, estate: Estate): boolean {
  return (
    controllerOf(route, estate) === 'traefik' &&
    answersPlainHttpOnly(route, estate) &&
    !redirects(route, estate)
  );
}

/** A route of plain http that only redirects says nothing of where TLS ends. */
function redirects(route: Route, estate: Estate): boolean {
  return (
    treatmentsOf(route, estate).some(({ type }) => type.startsWith('redirect')) ||
    estate.traefiks.some((traefik) =>
      takenEntryPoints(route, traefik, estate).some(({ name }) =>
        Boolean(option(traefik, `entrypoints.${name}.http.redirections.entrypoint.to`)),
      ),
    )
  );
}
