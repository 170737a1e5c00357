import { STANDARD_CACHE } from './behavior';
import type { FakeAnswer, FakeHeader } from './exchange';

/**
 * Bodies and headers of the answers, as Gitea 1.26-dev and Forgejo 11.0.2 gave them on loopback; where the products
 * differ, the caller asks {@link Behavior}.
 */

const NO_SNIFF: FakeHeader = ['X-Content-Type-Options', 'nosniff'];

/** Header names Go writes in its own spelling. */
export const DISTRIBUTION_VERSION: FakeHeader = ['Docker-Distribution-Api-Version', 'registry/2.0'];

/** Headers of REST and of the web pages. */
export const SITE_HEADERS: readonly FakeHeader[] = [
  ['Cache-Control', STANDARD_CACHE],
  NO_SNIFF,
  ['X-Frame-Options', 'SAMEORIGIN'],
];

/** JSON as Go writes it: `<`, `>` and `&` escaped, a line feed at the end. */
export function goJson(value: unknown): string {
  const escapes: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  return `${JSON.stringify(value).replace(/[<>&]/g, (sign) => escapes[sign]!)}\n`;
}

/** A status and nothing else. */
export function empty(status: number, headers: readonly FakeHeader[] = []): FakeAnswer {
  return { status, headers };
}

/** Text of Go's `http.Error`: a line feed at the end, a blank in the type. */
export function errorText(
  status: number,
  text: string,
  headers: readonly FakeHeader[] = [],
): FakeAnswer {
  return {
    status,
    headers: [...headers, ['Content-Type', 'text/plain; charset=utf-8'], NO_SNIFF],
    body: `${text}\n`,
  };
}

/** Text as the package registries answer it: no line feed, no blank in the type. */
export function plainText(
  status: number,
  text: string,
  headers: readonly FakeHeader[] = [],
): FakeAnswer {
  return {
    status,
    headers: [...headers, ['Content-Type', 'text/plain;charset=utf-8'], NO_SNIFF],
    body: text,
  };
}

/** What the web pages say to an unknown path, a client without HTML given. */
export const WEB_NOT_FOUND: FakeAnswer = plainText(404, 'Not found.\n', [
  SITE_HEADERS[0]!,
  SITE_HEADERS[2]!,
]);

/** An unknown owner, in `/v2` and `/api/packages`. */
export const OWNER_NOT_FOUND: FakeAnswer = plainText(404, 'Not found.\n');

/** Go's own 404. */
export const PAGE_NOT_FOUND: FakeAnswer = errorText(404, '404 page not found');

/** No right on an owner's packages, or a token without the scope. */
export const NO_PACKAGE_ACCESS: FakeAnswer = errorText(401, 'reqPackageAccess', [
  ['Www-Authenticate', 'Basic realm="Gitea Package API"'],
]);

/** A public-only token on a private owner. */
export const PUBLIC_ONLY: FakeAnswer = errorText(403, 'reqToken');

/** JSON that carries no further headers, as `/v2/token`. */
export function bareJson(status: number, value: unknown): FakeAnswer {
  return {
    status,
    headers: [['Content-Type', 'application/json;charset=utf-8']],
    body: goJson(value),
  };
}

/** An answer of `/v2` with JSON. */
export function registryJson(
  status: number,
  value: unknown,
  headers: readonly FakeHeader[] = [],
): FakeAnswer {
  return {
    status,
    headers: [...headers, ['Content-Type', 'application/json'], DISTRIBUTION_VERSION],
    body: goJson(value),
  };
}

/** An error of `/v2`, message often empty (OCI distribution spec, error codes). */
export function registryError(
  status: number,
  code: string,
  message = '',
  headers: readonly FakeHeader[] = [],
): FakeAnswer {
  return registryJson(status, { errors: [{ code, message }] }, headers);
}

/** An answer of `/v2` without a body. */
export function registryEmpty(status: number, headers: readonly FakeHeader[] = []): FakeAnswer {
  return empty(status, [...headers, DISTRIBUTION_VERSION]);
}

/** An answer of REST with JSON. */
export function apiJson(
  status: number,
  value: unknown,
  headers: readonly FakeHeader[] = [],
): FakeAnswer {
  return {
    status,
    headers: [...SITE_HEADERS, ...headers, ['Content-Type', 'application/json;charset=utf-8']],
    body: goJson(value),
  };
}

/** An answer of REST without a body. */
export function apiEmpty(status: number, headers: readonly FakeHeader[] = []): FakeAnswer {
  return empty(status, [...SITE_HEADERS, ...headers]);
}

/** REST has no such route. */
export const API_PAGE_NOT_FOUND: FakeAnswer = errorText(404, '404 page not found', [
  SITE_HEADERS[0]!,
  SITE_HEADERS[2]!,
]);

const PANIC_PAGE_BYTES = 2048;

/** The page of a handler that panicked; its length is that of the recorded page, its later text our own. */
export function panicPage(): FakeAnswer {
  const head =
    '\n<!DOCTYPE html>\n<html lang="en-US" data-theme="gitea-auto">\n<head>\n\t<meta name="viewport" content="width=device-width, initial-scale=1">\n\t<title>Internal Server Error</title>\n</head>\n<body>\n';
  const tail = '</body>\n</html>\n';
  return {
    status: 500,
    headers: [SITE_HEADERS[0]!, ['Content-Type', 'text/html; charset=utf-8'], SITE_HEADERS[2]!],
    body: head + ' '.repeat(PANIC_PAGE_BYTES - head.length - tail.length) + tail,
  };
}
