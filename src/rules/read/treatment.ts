import { lookUp } from '../look-up';
import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { objectName } from '../manifest';
import { controllerOf } from './controller';
import { annotation, joinedReference } from './ingress';
import type { Reference, Route } from './route';
import { takenEntryPoints } from './taken-entry-points';
import { listOf, option } from './traefik-static';

/** Something a proxy does to the requests of one route, whatever the product calls it. */
export interface Treatment {
  /** Traefik's name where it has one: `stripPrefix`, `basicAuth`, `buffering`, `rateLimit`, `headers`, … */
  readonly type: string;
  /** Where it is written: `spec.<type>` of a Middleware, a filter, an annotation. */
  readonly at: Cursor;
  /** Where the route takes it up: its list of middlewares, the entry point's; for the rest {@link at}. */
  readonly via: Cursor;
}

/** Annotations by what they do, in Traefik's words. Sources: the annotation pages of ingress-nginx and of F5's controller. */
const ANNOTATIONS: { readonly [annotation: string]: string } = {
  'nginx.ingress.kubernetes.io/rewrite-target': 'replacePathRegex',
  'nginx.ingress.kubernetes.io/auth-url': 'forwardAuth',
  'nginx.ingress.kubernetes.io/auth-type': 'basicAuth',
  'nginx.ingress.kubernetes.io/permanent-redirect': 'redirectRegex',
  'nginx.ingress.kubernetes.io/temporal-redirect': 'redirectRegex',
  'nginx.ingress.kubernetes.io/limit-rps': 'rateLimit',
  'nginx.ingress.kubernetes.io/limit-rpm': 'rateLimit',
  'nginx.ingress.kubernetes.io/limit-rate': 'bandwidth',
  'nginx.ingress.kubernetes.io/limit-connections': 'inFlightReq',
  'nginx.ingress.kubernetes.io/whitelist-source-range': 'ipAllowList',
  'nginx.ingress.kubernetes.io/allowlist-source-range': 'ipAllowList',
  'nginx.ingress.kubernetes.io/enable-modsecurity': 'firewall',
  'nginx.ingress.kubernetes.io/configuration-snippet': 'snippet',
  'nginx.ingress.kubernetes.io/server-snippet': 'snippet',
  'nginx.org/rewrites': 'replacePath',
  'nginx.org/basic-auth-secret': 'basicAuth',
  'nginx.org/limit-req-rate': 'rateLimit',
  'nginx.org/location-snippets': 'snippet',
  'nginx.org/server-snippets': 'snippet',
  'nginx.com/jwt-key': 'forwardAuth',
};

/** Filters of an HTTPRoute by what they do, in Traefik's words (Gateway API, HTTPRouteFilterType). */
const FILTERS: { readonly [type: string]: string } = {
  URLRewrite: 'replacePath',
  RequestRedirect: 'redirectRegex',
  RequestHeaderModifier: 'headers',
  ExternalAuth: 'forwardAuth',
};

/**
 * Everything written that touches the requests of a route: middlewares of the entry point before its own (chains
 * resolved), filters, annotations. What the route's controller does not read is left out.
 */
export function treatmentsOf(route: Route, estate: Estate): Treatment[] {
  const controller = controllerOf(route, estate);
  const byTraefik = controller === 'traefik' || controller === undefined;
  const byNginx = controller === 'nginx' || controller === undefined;
  return [
    ...(controller === 'traefik' ? entryPointTreatments(route, estate) : []),
    ...(byTraefik ? route.middlewares.flatMap((named) => actionsOf(named, estate)) : []),
    ...filterTreatments(route),
    ...(byNginx ? annotationTreatments(route) : []),
  ];
}

/** Names of the plugins a Middleware loads: `spec.plugin.<name>`. */
export function pluginNames({ type, at }: Treatment): string[] {
  return type === 'plugin' ? at.entries().map(([name]) => name) : [];
}

/** A treatment as people name it: `forwardAuth of Middleware auth/sso`, `annotation nginx.org/rewrites`. */
export function treatmentName(treatment: Treatment): string {
  const { type, at } = treatment;
  switch (at.manifest.kind) {
    case 'Middleware':
      return `${[type, ...pluginNames(treatment).map(quote)].join(' ')} of ${objectName(at.manifest)}`;
    case 'HTTPRoute':
      return `filter ${at.get('type').text}`;
    default:
      return `annotation ${at.step}`;
  }
}

function actionsOf(reference: Reference, estate: Estate): Treatment[] {
  return estate
    .middlewareActions(reference)
    .map(({ type, at }) => ({ type, at, via: reference.at }));
}

/** Middlewares of an entry point stand before those of every router bound to it. */
function entryPointTreatments(route: Route, estate: Estate): Treatment[] {
  return estate.traefiks.flatMap((traefik) =>
    takenEntryPoints(route, traefik, estate).flatMap(({ name }) => {
      const known = option(traefik, `entrypoints.${name}.http.middlewares`);
      return known
        ? listOf(known).flatMap((word) => actionsOf(joinedReference(word, known.at), estate))
        : [];
    }),
  );
}

function filterTreatments({ kind, at }: Route): Treatment[] {
  if (kind !== 'HTTPRoute') {
    return [];
  }
  return [at, ...at.get('backendRefs').items()].flatMap((place) =>
    place
      .get('filters')
      .items()
      .flatMap((filter) => {
        const type = lookUp(FILTERS, filter.get('type').text ?? '');
        return type ? [{ type, at: filter, via: filter }] : [];
      }),
  );
}

function annotationTreatments({ kind, manifest }: Route): Treatment[] {
  if (kind !== 'Ingress') {
    return [];
  }
  return Object.entries(ANNOTATIONS).flatMap(([name, type]) => {
    const at = annotation(manifest, name);
    return at.exists && at.scalar !== 'false' ? [{ type, at, via: at }] : [];
  });
}
