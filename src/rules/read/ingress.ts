import { lookUp } from '../look-up';
import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { plainPattern } from './path-pattern';
import type { Backend, PathMatch, Reference, Route } from './route';

/** Begin of the annotations that configure a router of Traefik's Ingress provider. */
export const TRAEFIK_ROUTER = 'traefik.ingress.kubernetes.io/router.';

/** An annotation of an object. */
export function annotation(manifest: Manifest, name: string): Cursor {
  return manifest.root.get('metadata', 'annotations', name);
}

/** The routes of an Ingress (`networking.k8s.io`), with Traefik's annotations. */
export function ingressRoutes(manifest: Manifest): Route[] {
  const spec = manifest.root.get('spec');
  const shared = sharedBy(manifest);
  const routes = spec
    .get('rules')
    .items()
    .flatMap((rule) => ruleRoutes(rule, manifest, shared));
  const fallback = spec.get('defaultBackend');
  return fallback.exists
    ? [...routes, { ...shared, ...anyPath(fallback), backends: backendsOf(fallback, manifest) }]
    : routes;
}

type Shared = Omit<Route, 'at' | 'host' | 'hostAt' | 'path' | 'match' | 'pathAt' | 'backends'>;

function sharedBy(manifest: Manifest): Shared {
  const className = classOf(manifest).text;
  const entryPoints = listed(annotation(manifest, `${TRAEFIK_ROUTER}entrypoints`).text ?? '');
  const priority = Number(annotation(manifest, `${TRAEFIK_ROUTER}priority`).scalar);
  return {
    kind: 'Ingress',
    manifest,
    narrowed: false,
    conditions: [],
    excludedPaths: [],
    bySegment: true,
    tls: speaksTls(manifest),
    tlsSecrets: tlsSecretsOf(manifest),
    middlewares: annotatedMiddlewares(manifest),
    ...(className !== undefined && { className }),
    ...(entryPoints.length > 0 && { entryPoints }),
    // 0 means "by length of the rule", as when nothing is written.
    ...(priority && { priority }),
  };
}

/** `router.tls: "true"`, or anything below it, such as `router.tls.certresolver`. */
function speaksTls(manifest: Manifest): boolean {
  const tls = `${TRAEFIK_ROUTER}tls`;
  return (
    annotation(manifest, tls).scalar?.toLowerCase() === 'true' ||
    manifest.root
      .get('metadata', 'annotations')
      .entries()
      .some(([name]) => name.startsWith(`${tls}.`))
  );
}

/** Where an Ingress names its class: the field, else the annotation of before Kubernetes 1.18. */
export function classOf(manifest: Manifest): Cursor {
  const field = manifest.root.get('spec', 'ingressClassName');
  return field.text ? field : annotation(manifest, 'kubernetes.io/ingress.class');
}

function tlsSecretsOf(manifest: Manifest): Reference[] {
  const namespace = namespaceOrDefault(manifest);
  return manifest.root
    .get('spec', 'tls')
    .items()
    .map((tls) => tls.get('secretName'))
    .flatMap((at) => (at.text ? [{ name: at.text, namespace, at }] : []));
}

/** `router.middlewares: ns-name@kubernetescrd, …`: Traefik joins namespace and name with a dash. */
function annotatedMiddlewares(manifest: Manifest): Reference[] {
  const at = annotation(manifest, `${TRAEFIK_ROUTER}middlewares`);
  return listed(at.text ?? '').map((text) => joinedReference(text, at));
}

/** A reference in the form `ns-name@provider`; only of kubernetescrd is the suffix cut. */
export function joinedReference(text: string, at: Cursor): Reference {
  const provider = /@([^@]*)$/.exec(text)?.[1];
  return {
    name: text.replace(/@kubernetescrd$/, ''),
    // The namespace cannot be told from the joined name; the estate's middlewares resolve it.
    namespace: JOINED,
    at,
    ...(provider !== undefined && { provider }),
  };
}

/** Namespace of a middleware reference that joins namespace and name, `<ns>-<name>`. */
export const JOINED = '';

function listed(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function ruleRoutes(rule: Cursor, manifest: Manifest, shared: Shared): Route[] {
  const hostAt = rule.get('host');
  const host = hostAt.text?.toLowerCase();
  const named = { hostAt: hostAt.exists ? hostAt : rule, ...(host ? { host } : {}) };
  return rule
    .get('http', 'paths')
    .items()
    .map((at) => ({
      ...shared,
      ...named,
      at,
      ...pathOf(at, shared.className, manifest),
      backends: backendsOf(at.get('backend'), manifest),
    }));
}

type PathPart = Pick<Route, 'path' | 'match' | 'pathAt' | 'narrowed' | 'conditions'>;

function pathOf(at: Cursor, className: string | undefined, manifest: Manifest): PathPart {
  const pathAt = at.get('path');
  const path = pathAt.text || '/';
  const match = pathMatch(at, path, className, manifest);
  const part = { path, match, pathAt: pathAt.exists ? pathAt : at };
  return match === 'regex' && !plainPattern(`^${path}`)
    ? { ...part, path: '/', match: 'prefix', narrowed: true, conditions: ['other'] }
    : { ...part, narrowed: false, conditions: [] };
}

/** Matchers of Traefik by the annotation `router.pathmatcher`. */
const TRAEFIK_MATCHERS: { readonly [matcher: string]: PathMatch } = {
  Path: 'exact',
  PathRegexp: 'regex',
};

function pathMatch(
  at: Cursor,
  path: string,
  className: string | undefined,
  manifest: Manifest,
): PathMatch {
  if (isNginxPattern(path, className, manifest)) {
    return 'regex';
  }
  switch (at.get('pathType').text) {
    case 'Exact':
      return 'exact';
    case 'Prefix':
      return 'prefix';
    default:
      return (
        lookUp(TRAEFIK_MATCHERS, annotation(manifest, `${TRAEFIK_ROUTER}pathmatcher`).text ?? '') ??
        'prefix'
      );
  }
}

/** With `use-regex` or a rewrite ingress-nginx reads every path of the object as a pattern, whatever its type. */
function isNginxPattern(path: string, className: string | undefined, manifest: Manifest): boolean {
  return (
    className !== 'traefik' &&
    // Plain text is the prefix it looks like.
    /[\^$.|?*+()[\]{}]/.test(path) &&
    (annotation(manifest, `${NGINX}use-regex`).scalar === 'true' ||
      annotation(manifest, `${NGINX}rewrite-target`).exists)
  );
}

const NGINX = 'nginx.ingress.kubernetes.io/';

function anyPath(at: Cursor): Pick<Route, 'at' | 'hostAt' | 'path' | 'match' | 'pathAt'> {
  return { at, hostAt: at, path: '/', match: 'prefix', pathAt: at };
}

/** The backend of a path, in the form of `networking.k8s.io/v1` or of v1beta1. */
function backendsOf(backend: Cursor, manifest: Manifest): Backend[] {
  const service = backend.get('service');
  const name = service.get('name').text ?? backend.get('serviceName').text;
  if (name === undefined) {
    return [];
  }
  const port =
    service.get('port', 'number').scalar ??
    service.get('port', 'name').text ??
    backend.get('servicePort').scalar;
  const scheme = annotation(manifest, `${NGINX}backend-protocol`).text;
  return [
    {
      name,
      namespace: namespaceOrDefault(manifest),
      at: backend,
      kind: 'Service',
      nativeLb: false,
      ...(port !== undefined && { port }),
      ...(scheme !== undefined && { scheme: scheme.toLowerCase() }),
    },
  ];
}
