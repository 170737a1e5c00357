import { splitHost } from '../../declaration/host';
import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import { objectName } from '../manifest';
import { controllerOf } from '../read/controller';
import { annotation, TRAEFIK_ROUTER } from '../read/ingress';
import type { Route } from '../read/route';
import { isV2Route, V2 } from '../read/route';
import { answersPlainHttpOnly, takenEntryPoints } from '../read/taken-entry-points';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { takesV2 } from './router';

/** REG213: a Traefik router is https by `tls` of its own or of its entry point, not by the secrets it names. */
export const v2EntrypointTls: Rule = {
  code: 'REG213',
  slug: 'v2-entrypoint-tls',
  title: 'the `/v2` rule has the same entry points and TLS as the UI rule',
  severity: 'error',
  gate: 'Traefik',
  why: 'in Traefik `spec.tls` of an Ingress only loads certificates; a router answers https through `router.tls`, through `tls` of the IngressRoute, or through `http.tls` of its entry point, and without any of them https://HOST/v2/ reaches no router',
  shows: [
    '`curl -i https://HOST/v2/`: 404 `404 page not found` (19 bytes), while `curl -i http://HOST/v2/` answers',
    'docker login: `login attempt to https://HOST/v2/ failed with status: 404 Not Found`, while the web UI opens',
    "Traefik's dashboard shows the router of /v2 without the TLS mark, or on the entry point `web`",
  ],
  fix: 'Ingress: `traefik.ingress.kubernetes.io/router.tls: "true"` and the entry points of the UI rule; IngressRoute: `tls: {}` and its entry points',
  links: [
    'https://github.com/traefik/traefik/issues/7420',
    'https://github.com/traefik/traefik/issues/5729',
    'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/',
  ],
  judgeRegistry: (registry) => {
    const { estate, routes } = registry;
    const all = routes.filter((route) => !route.narrowed);
    const traefik = all.filter(
      (route) => route.kind !== 'HTTPRoute' && controllerOf(route, estate) === 'traefik',
    );
    const dark = withoutTls(all, registry);
    return dark.length > 0 ? dark : differing(traefik, registry);
  },
};

/** Whether a route answers https; undefined where the rules cannot tell. */
function speaksHttps(route: Route, estate: Estate): boolean | undefined {
  if (route.kind === 'HTTPRoute' || controllerOf(route, estate) !== 'traefik') {
    return undefined;
  }
  const serving = estate.traefiks.filter((traefik) => takenEntryPoints(route, traefik).length > 0);
  const byEntryPoint = serving.some((traefik) =>
    takenEntryPoints(route, traefik).some(({ tls }) => tls),
  );
  if (route.tls || byEntryPoint) {
    return true;
  }
  return serving.length > 0 && serving.every(({ complete }) => complete) ? false : undefined;
}

/** Certificates are there for the host, and nothing in Traefik's whole configuration makes a router for `/v2` use them. */
function withoutTls(routes: readonly Route[], registry: RegistryView): Violation[] {
  const { estate } = registry;
  const takers = routes.filter(takesV2);
  const dark = takers.every((route) => speaksHttps(route, estate) === false);
  const place = takers.find((route) => !answersPlainHttpOnly(route, estate)) ?? takers[0];
  return takers.length > 0 && dark && endsTls(takers, registry)
    ? [
        {
          at: tlsPlace(place),
          observed: `${missingTls(place)}, and no http.tls on ${namesOf(place)}`,
          expected: `a router for '${V2}' with TLS`,
          fix: tlsFix(place),
        },
      ]
    : [];
}

/** Whether TLS is meant to end at this proxy: there is a certificate for the host. */
function endsTls(routes: readonly Route[], { estate, hostName = '' }: RegistryView): boolean {
  const certified = estate.remember('certificates by dnsName', () =>
    indexed(estate.certificates, ({ dnsNames }) => dnsNames),
  );
  return routes.some(({ tlsSecrets }) => tlsSecrets.length > 0) || certified.has(hostName);
}

/** The route made for `/v2` answers on other entry points than the UI rule, or without its TLS. */
function differing(routes: readonly Route[], registry: RegistryView): Violation[] {
  const { host = '', estate } = registry;
  const made = routes.filter((route) => isV2Route(route) && takesV2(route));
  const uis = routes.filter((route) => !isV2Route(route) && isHttps(route, estate));
  const compared = made.flatMap((route) => uis.map((ui) => difference(route, ui, estate)));
  const differences = compared.filter((one) => one !== undefined);
  // A registry on a port of its own has an entry point of its own.
  const apart = splitHost(host).port !== undefined;
  return apart || differences.length < compared.length ? [] : differences.slice(0, 1);
}

function isHttps(route: Route, estate: Estate): boolean {
  const named = route.entryPoints?.some((name) => HTTPS_NAME.test(name)) ?? false;
  return named || speaksHttps(route, estate) === true;
}

/** What people call the entry point of port 443. */
const HTTPS_NAME = /^(websecure|https)$/i;

/** How a route for `/v2` is less than the UI rule; undefined where https requests reach both. */
function difference(route: Route, ui: Route, estate: Estate): Violation | undefined {
  if (!shareEntryPoint(route, ui)) {
    return elsewhere(route, ui);
  }
  const known = speaksHttps(route, estate);
  return route.tls || !ui.tls || known === true ? undefined : bare(route, ui, known);
}

function shareEntryPoint({ entryPoints: own }: Route, { entryPoints: theirs }: Route): boolean {
  if (own === undefined || theirs === undefined) {
    return true;
  }
  const https = theirs.filter((name) => HTTPS_NAME.test(name));
  return (https.length > 0 ? https : theirs).some((name) => own.includes(name));
}

/** Requests for `/v2` over https still find a router where the UI rule takes every path. */
function fallsThrough(ui: Route): Pick<Violation, 'severity' | 'why'> {
  return takesV2(ui)
    ? {
        severity: 'warning',
        why: "over https the rule for '/v2' is never asked: the UI rule answers in its place, with its middlewares and its backend",
      }
    : {};
}

function elsewhere(route: Route, ui: Route): Violation {
  const wanted = (ui.entryPoints ?? []).join(', ');
  return {
    at: entryPointPlace(route),
    ...fallsThrough(ui),
    observed: `'${V2}' answers on ${quote((route.entryPoints ?? []).join(', '))} only, the UI rule of ${objectName(ui.manifest)} on ${quote(wanted)}`,
    expected: `the entry points of the UI rule, ${quote(wanted)}`,
    fix:
      route.kind === 'Ingress'
        ? `set ${TRAEFIK_ROUTER}entrypoints to ${quote(wanted)}`
        : `set spec.entryPoints to [${wanted}]`,
  };
}

/** Traefik's own configuration is not here. */
const UNSEEN: Pick<Violation, 'severity' | 'why'> = {
  severity: 'warning',
  why: 'a router without TLS of its own answers https only where its entry point has http.tls, which cannot be seen here',
};

function bare(route: Route, ui: Route, known: boolean | undefined): Violation {
  return {
    at: tlsPlace(route),
    ...(known === undefined ? UNSEEN : fallsThrough(ui)),
    observed: `${missingTls(route)}, while the UI rule of ${objectName(ui.manifest)} has TLS`,
    expected: 'the TLS of the UI rule',
    fix: tlsFix(route),
  };
}

function missingTls({ kind, manifest }: Route): string {
  if (kind !== 'Ingress') {
    return 'no spec.tls';
  }
  const written = annotation(manifest, `${TRAEFIK_ROUTER}tls`);
  return written.exists ? `router.tls is ${quote(written.scalar)}` : 'no annotation router.tls';
}

function namesOf({ entryPoints }: Route): string {
  return entryPoints
    ? `Traefik's entry point ${entryPoints.map(quote).join(', ')}`
    : 'any entry point of Traefik';
}

function tlsFix({ kind }: Route): string {
  return kind === 'Ingress'
    ? `set the annotation ${TRAEFIK_ROUTER}tls to "true"`
    : 'add `tls: {}` to the spec, or `tls` with a secretName';
}

/** The annotation or field that is wrong, else what it is missing in. */
function tlsPlace({ kind, manifest }: Route): Cursor {
  if (kind !== 'Ingress') {
    return manifest.root.get('spec');
  }
  const written = annotation(manifest, `${TRAEFIK_ROUTER}tls`);
  const annotations = manifest.root.get('metadata', 'annotations');
  const around = annotations.exists ? annotations : manifest.root.get('metadata');
  return written.exists ? written : around;
}

function entryPointPlace({ kind, manifest }: Route): Cursor {
  return kind === 'Ingress'
    ? annotation(manifest, `${TRAEFIK_ROUTER}entrypoints`)
    : manifest.root.get('spec', 'entryPoints');
}
