import { lookUp } from '../look-up';
import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { plainPattern } from './path-pattern';
import type { Backend, PathMatch, Reference, Route } from './route';
import type { Condition } from './traefik-matcher';

const PATH_MATCH: { readonly [type: string]: PathMatch } = {
  Exact: 'exact',
  PathPrefix: 'prefix',
  RegularExpression: 'regex',
};

/** The routes of a Gateway API HTTPRoute: each host with each match of each rule. */
export function httpRouteRoutes(manifest: Manifest): Route[] {
  const spec = manifest.root.get('spec');
  const hosts = spec.get('hostnames').items();
  return spec
    .get('rules')
    .items()
    .flatMap((rule) => ruleRoutes(rule, manifest, hosts.length > 0 ? hosts : [undefined]));
}

function ruleRoutes(
  rule: Cursor,
  manifest: Manifest,
  hosts: readonly (Cursor | undefined)[],
): Route[] {
  const matches = rule.get('matches').items();
  const shared = sharedBy(rule, manifest);
  // No match at all means every path (Gateway API, HTTPRouteRule.matches).
  return (matches.length > 0 ? matches : [rule.get('matches', 0)]).flatMap((match) =>
    hosts.map((host) => ({
      ...shared,
      at: rule,
      hostAt: host ?? rule,
      ...(host?.text && { host: host.text.toLowerCase() }),
      ...pathOf(match, rule),
    })),
  );
}

type MatchPart = Pick<Route, 'path' | 'match' | 'pathAt' | 'method' | 'conditions' | 'narrowed'>;

/** What a match asks beside host and path, by its field. */
const CONDITIONS: readonly (readonly [field: string, condition: Condition])[] = [
  ['method', 'method'],
  ['headers', 'header'],
  ['queryParams', 'query'],
];

function pathOf(match: Cursor, rule: Cursor): MatchPart {
  const at = match.get('path');
  const path = at.get('value').text || '/';
  const kind = lookUp(PATH_MATCH, at.get('type').text ?? 'PathPrefix') ?? 'prefix';
  const readable = kind !== 'regex' || plainPattern(path) !== undefined;
  const asked = CONDITIONS.filter(([field]) => isAsked(match.get(field))).map(([, name]) => name);
  const conditions: Condition[] = readable ? asked : [...asked, 'other'];
  const method = match.get('method').text;
  return {
    path: readable ? path : '/',
    match: readable ? kind : 'prefix',
    pathAt: at.exists ? at : rule,
    conditions,
    narrowed: conditions.length > 0,
    ...(method !== undefined && { method: method.toUpperCase() }),
  };
}

/** An empty list of headers asks for nothing. */
function isAsked(at: Cursor): boolean {
  return at.isList ? at.items().length > 0 : at.exists;
}

function sharedBy(
  rule: Cursor,
  manifest: Manifest,
): Omit<Route, 'at' | 'host' | 'hostAt' | keyof MatchPart> {
  const namespace = namespaceOrDefault(manifest);
  return {
    kind: 'HTTPRoute',
    manifest,
    bySegment: true,
    excludedPaths: [],
    // The listener of the Gateway decides; REG221 looks there.
    tls: false,
    tlsSecrets: [],
    middlewares: extensionFilters(rule, namespace),
    backends: rule
      .get('backendRefs')
      .items()
      .flatMap((entry) => backend(entry, namespace)),
  };
}

/** Traefik middlewares come into an HTTPRoute as `ExtensionRef` filters. */
function extensionFilters(rule: Cursor, namespace: string): Reference[] {
  return rule
    .get('filters')
    .items()
    .map((filter) => filter.get('extensionRef'))
    .flatMap((at) => {
      const name = at.get('name').text;
      return name !== undefined && at.get('kind').text === 'Middleware'
        ? [{ name, namespace, at }]
        : [];
    });
}

function backend(entry: Cursor, namespace: string): Backend[] {
  const name = entry.get('name').text;
  if (name === undefined) {
    return [];
  }
  const port = entry.get('port').scalar;
  return [
    {
      name,
      namespace: entry.get('namespace').text ?? namespace,
      at: entry,
      kind: entry.get('kind').text ?? 'Service',
      nativeLb: false,
      ...(port !== undefined && { port }),
    },
  ];
}
