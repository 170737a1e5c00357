import type { Cursor } from '../cursor';
import { plainPattern } from '../read/path-pattern';
import type { Route } from '../read/route';
import type { Treatment } from '../read/treatment';

/**
 * The path that reaches the backend when a client asks for `path` and the treatment is applied.
 *
 * @returns undefined where the rules cannot tell
 */
export function rewrittenPath(
  path: string,
  { type, at }: Treatment,
  route: Route,
): string | undefined {
  switch (type) {
    case 'stripPrefix':
      return stripped(path, at);
    case 'stripPrefixRegex':
      return strippedByPattern(path, at);
    case 'addPrefix':
      return `${at.get('prefix').text ?? ''}${path}`;
    case 'replacePath':
      return replaced(path, at, route);
    case 'replacePathRegex':
      return at.manifest.kind === 'Ingress' ? byNginx(path, at, route) : byPattern(path, at);
    default:
      return path;
  }
}

function replaced(path: string, at: Cursor, route: Route): string | undefined {
  switch (at.manifest.kind) {
    case 'HTTPRoute':
      return byFilter(path, at, route);
    case 'Ingress':
      return byF5(path, at, route);
    default:
      return at.get('path').text;
  }
}

/** Traefik cuts the first prefix that fits, as text. */
function stripped(path: string, at: Cursor): string {
  const prefixes = at
    .get('prefixes')
    .items()
    .flatMap(({ text }) => text?.trim() ?? []);
  const prefix = prefixes.find((one) => path.startsWith(one)) ?? '';
  return withSlash(path.slice(prefix.length));
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** Traefik cuts what the first fitting pattern finds, when the path begins with it. */
function strippedByPattern(path: string, at: Cursor): string | undefined {
  for (const { text } of at.get('regex').items()) {
    const pattern = plainPattern(text?.trim() ?? '');
    if (!pattern) {
      return undefined;
    }
    const found = pattern.exec(path)?.[0];
    if (found && path.startsWith(found)) {
      return withSlash(path.slice(found.length));
    }
  }
  return path;
}

/** Traefik replaces every find; Go writes a group `${1}` as well. */
function byPattern(path: string, at: Cursor): string | undefined {
  const pattern = plainPattern(at.get('regex').text ?? '');
  const replacement = at.get('replacement').text?.replace(/\$\{(\d)\}/g, '$$$1');
  return pattern && replacement !== undefined
    ? path.replace(new RegExp(pattern.source, `${pattern.flags}g`), replacement)
    : undefined;
}

/** `URLRewrite` of an HTTPRoute: the whole path, or what the match of the rule took. */
function byFilter(path: string, at: Cursor, { path: matched, match }: Route): string | undefined {
  const rewrite = at.get('urlRewrite', 'path');
  switch (rewrite.get('type').text) {
    case 'ReplaceFullPath':
      return rewrite.get('replaceFullPath').text;
    case 'ReplacePrefixMatch':
      return match === 'prefix'
        ? prefixed(rewrite.get('replacePrefixMatch').text ?? '/', path, matched)
        : undefined;
    default:
      return path;
  }
}

/** `path` with another begin in place of what the route matched. */
function prefixed(prefix: string, path: string, matched: string): string {
  const rest = path.slice(withoutSlash(matched).length);
  return `${withoutSlash(prefix)}${withSlash(rest)}`;
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

/** `serviceName=gitea-http rewrite=/; …` of F5's controller puts the rewrite in place of the path of the rule. */
function byF5(
  path: string,
  at: Cursor,
  { backends, path: matched, match }: Route,
): string | undefined {
  for (const entry of (at.text ?? '').split(';')) {
    const [, service, rewrite] = /^\s*serviceName=(\S+)\s+rewrite=(\S+)\s*$/.exec(entry) ?? [];
    if (backends.some(({ name }) => name === service)) {
      return match === 'prefix' ? prefixed(rewrite, path, matched) : undefined;
    }
  }
  return path;
}

/** ingress-nginx puts the target in place of the whole path; the very path of the rule as target does nothing. */
function byNginx(path: string, at: Cursor, route: Route): string | undefined {
  const target = at.text ?? '';
  if (target === route.path) {
    return path;
  }
  const taken = plainPattern(`^${route.path}`, true)?.exec(path);
  // nginx' own variables, such as $request_uri, keep the path or not.
  return taken && !/\$\{?[a-z]/.test(target)
    ? target.replace(/\$\{?(\d)\}?/g, (_, group: string) => taken[Number(group)] ?? '')
    : undefined;
}
