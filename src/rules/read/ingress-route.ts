import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { annotation, joinedReference } from './ingress';
import type { Backend, Reference, Route } from './route';
import type { MatcherBranch } from './traefik-matcher';
import { matcherBranches } from './traefik-matcher';

/** The routes of a Traefik IngressRoute (`traefik.io`, `traefik.containo.us`), one for each way its rule matches. */
export function ingressRouteRoutes(manifest: Manifest): Route[] {
  return manifest.root
    .get('spec', 'routes')
    .items()
    .flatMap((at) => matchRoutes(at, manifest));
}

function matchRoutes(at: Cursor, manifest: Manifest): Route[] {
  const match = at.get('match');
  const kind = at.get('kind');
  const branches = matcherBranches(match.text ?? '') ?? [];
  const shared = sharedBy(at, manifest);
  // Traefik takes no other kind.
  return kind.exists && kind.text !== 'Rule'
    ? []
    : branches.map((branch) => ({
        ...shared,
        ...branchPart(branch, manifest),
        at,
        hostAt: match,
        pathAt: match,
      }));
}

type BranchPart = Pick<
  Route,
  'host' | 'path' | 'match' | 'excludedPaths' | 'method' | 'conditions' | 'narrowed'
>;

function branchPart(branch: MatcherBranch, manifest: Manifest): BranchPart {
  const { host, path, method, excludedPaths } = branch;
  // A child router sees only what its parents let through (Traefik 3.6, multi-layer routing).
  const child = manifest.root.get('spec', 'parentRefs').items().length > 0;
  const conditions = child ? [...branch.conditions, 'other' as const] : branch.conditions;
  return {
    path: path?.value ?? '/',
    match: path?.kind ?? 'prefix',
    excludedPaths,
    conditions,
    narrowed: conditions.length > 0,
    ...(host !== undefined && { host }),
    ...(method !== undefined && { method }),
  };
}

/** Class an IngressRoute names: the field of Traefik 3.7, else the annotation. */
export function ingressRouteClass(manifest: Manifest): Cursor {
  const field = manifest.root.get('spec', 'ingressClassName');
  return field.text === undefined ? annotation(manifest, 'kubernetes.io/ingress.class') : field;
}

function sharedBy(
  at: Cursor,
  manifest: Manifest,
): Omit<Route, 'at' | 'hostAt' | 'pathAt' | keyof BranchPart> {
  const spec = manifest.root.get('spec');
  const namespace = namespaceOrDefault(manifest);
  const entryPoints = spec
    .get('entryPoints')
    .items()
    .flatMap(({ text }) => text ?? []);
  const className = ingressRouteClass(manifest).text;
  const secret = spec.get('tls', 'secretName');
  const priority = at.get('priority').number;
  return {
    kind: 'IngressRoute',
    manifest,
    bySegment: false,
    tls: spec.get('tls').isMap,
    tlsSecrets: secret.text ? [{ name: secret.text, namespace, at: secret }] : [],
    middlewares: at
      .get('middlewares')
      .items()
      .flatMap((entry) => middleware(entry, namespace)),
    backends: at
      .get('services')
      .items()
      .flatMap((entry) => backend(entry, namespace)),
    ...(className !== undefined && { className }),
    ...(entryPoints.length > 0 && { entryPoints }),
    // 0 means "by length of the rule", as when nothing is written.
    ...(priority && { priority }),
  };
}

/** `name` and `namespace`, or a name with its provider: `ns-name@kubernetescrd`, `sso@file`. */
function middleware(entry: Cursor, namespace: string): Reference[] {
  return reference(entry, namespace).map((named) =>
    named.name.includes('@') ? joinedReference(named.name, entry) : named,
  );
}

function reference(entry: Cursor, namespace: string): Reference[] {
  const name = entry.get('name').text;
  return name === undefined
    ? []
    : [{ name, namespace: entry.get('namespace').text ?? namespace, at: entry }];
}

function backend(entry: Cursor, namespace: string): Backend[] {
  return reference(entry, namespace).map((named) => {
    const port = entry.get('port').scalar;
    const scheme = entry.get('scheme').text;
    return {
      ...named,
      kind: entry.get('kind').text ?? 'Service',
      nativeLb: entry.get('nativeLB').value === true,
      ...(port !== undefined && { port }),
      ...(scheme !== undefined && { scheme }),
    };
  });
}
