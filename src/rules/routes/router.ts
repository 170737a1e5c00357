import { atLeast, parseForgeVersion } from '../../declaration/version';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { controllerOf } from '../read/controller';
import { annotation, JOINED, TRAEFIK_ROUTER } from '../read/ingress';
import type { Reference, Route } from '../read/route';
import { covers, isV2Route, V2 } from '../read/route';
import { answersPlainHttpOnly, takenEntryPoints } from '../read/taken-entry-points';
import type { RegistryView } from '../registry-view';

/** Routes that name no host at all. */
export function routesOfAnyHost(estate: Estate): readonly Route[] {
  return estate.remember('routes of any host', () =>
    estate.routes.filter(({ host }) => host === undefined),
  );
}

/** Whether a route takes requests for `/v2/…` by host and path alone. */
export function takesV2(route: Route): boolean {
  return !route.narrowed && covers(route, `${V2}/`);
}

/** The routes among these that registry clients reach: they speak https, so plain http counts only where all is plain. */
export function reached(routes: readonly Route[], estate: Estate): readonly Route[] {
  const secure = routes.filter((route) => !answersPlainHttpOnly(route, estate));
  return secure.length > 0 ? secure : routes;
}

/** Routes of the host itself that own `/v2`: those made for it, else the nearest ones above it. */
export function v2Owners({ routes, estate }: RegistryView): readonly Route[] {
  const takers = reached(routes.filter(takesV2), estate);
  const made = takers.filter(isV2Route);
  const nearest = Math.max(...takers.map(({ path }) => path.length));
  return made.length > 0 ? made : takers.filter(({ path }) => path.length === nearest);
}

/** Whether both routes are in the hands of one controller and take requests at the same place. */
export function compete(a: Route, b: Route, estate: Estate): boolean {
  if (a.kind === 'HTTPRoute' || b.kind === 'HTTPRoute') {
    return a.kind === b.kind && shareParent(a.manifest, b.manifest);
  }
  return (
    shareController(a, b, estate) &&
    shareEntryPoint(a, b) &&
    speaksTls(a, estate) === speaksTls(b, estate) &&
    !isCanary(a) &&
    !isCanary(b)
  );
}

function shareController(a: Route, b: Route, estate: Estate): boolean {
  const sameKind = a.kind === b.kind;
  const classes = new Set([a.className, b.className]);
  // The class of an Ingress and that of an IngressRoute are two options of Traefik.
  const sameClass = classes.size === 1 || (!sameKind && classes.has(undefined));
  return sameClass && controllerOf(a, estate) === controllerOf(b, estate);
}

function shareEntryPoint(a: Route, b: Route): boolean {
  const { entryPoints: some } = a;
  const { entryPoints: others } = b;
  return some === undefined || others === undefined || some.some((name) => others.includes(name));
}

/** Traefik keeps routers with TLS and routers without apart, on one entry point too. */
function speaksTls(route: Route, estate: Estate): boolean {
  return (
    route.tls ||
    estate.traefiks.some((traefik) => takenEntryPoints(route, traefik).some(({ tls }) => tls))
  );
}

/** ingress-nginx: a second Ingress for the same path, on purpose. */
function isCanary({ manifest }: Route): boolean {
  return annotation(manifest, 'nginx.ingress.kubernetes.io/canary').scalar === 'true';
}

/** Whether two HTTPRoutes are attached to one listener, as far as they say. */
function shareParent(a: Manifest, b: Manifest): boolean {
  const others = parentsOf(b);
  return parentsOf(a).some((one) =>
    others.some((other) => one.every((part, i) => !part || !other[i] || part === other[i])),
  );
}

/** Gateway, section and port of each parent; the last two may be absent. */
function parentsOf(manifest: Manifest): (string | undefined)[][] {
  return manifest.root
    .get('spec', 'parentRefs')
    .items()
    .map((at) => [
      `${at.get('namespace').text ?? namespaceOrDefault(manifest)}/${at.get('name').text}`,
      at.get('sectionName').text,
      at.get('port').scalar,
    ]);
}

/** What Traefik sorts its routers by: the larger wins, and equal ones win by turns. */
export function priorityOf(route: Route, estate: Estate): number {
  return route.priority ?? ownPriority(route, estate);
}

/** The priority a router has when none is written. */
export function ownPriority(route: Route, estate: Estate): number {
  return ruleText(route, estate).length;
}

/** Where the priority is written; undefined where it follows from the rule. */
export function priorityAt({ kind, manifest, at, priority }: Route): Cursor | undefined {
  if (priority === undefined) {
    return undefined;
  }
  return kind === 'Ingress'
    ? annotation(manifest, `${TRAEFIK_ROUTER}priority`)
    : at.get('priority');
}

/** The rule of the router; Traefik makes one of each path of an Ingress. */
function ruleText(route: Route, estate: Estate): string {
  if (route.kind !== 'Ingress') {
    return route.at.get('match').text ?? '';
  }
  const { host, path, match, pathAt, at } = route;
  const parts = [
    ...(host === undefined ? [] : [hostRule(host, estate)]),
    ...(pathAt === at ? [] : [`${match === 'exact' ? 'Path' : 'PathPrefix'}(\`${path}\`)`]),
  ];
  return parts.join(' && ');
}

/** Before 3.7 a wildcard is a pattern, and longer than the hosts it takes (traefik/traefik#8166). */
function hostRule(host: string, estate: Estate): string {
  const isOld = estate.traefiks.some(
    ({ version }) => version !== undefined && !atLeast(parseForgeVersion(version), '3.7.0'),
  );
  return host.startsWith('*.') && isOld
    ? `HostRegexp(\`^[a-zA-Z0-9-]+${host.slice(1).replace(/\./g, '\\.')}$\`)`
    : `Host(\`${host}\`)`;
}

/** Whether it makes no difference which of two routes takes a request. */
export function haveSameEffect(a: Route, b: Route): boolean {
  return (
    sameSet(a.backends.map(nameOf), b.backends.map(nameOf)) &&
    sameSet(a.middlewares.map(nameOf), b.middlewares.map(nameOf)) &&
    [a, b].every((route) => route.at.get('filters').items().length === 0)
  );
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

/** In the joined form of Traefik, which an Ingress cannot help writing. */
function nameOf({ namespace, name }: Reference): string {
  return namespace === JOINED ? name : `${namespace}-${name}`;
}
