import type { HeaderLine } from './header-lines';
import { endToEnd, isNamed, replaced, valueOf, without } from './header-lines';
import type { Faults, HeaderEdit, RequestLine } from './switches';
import type { UpstreamRequest } from './upstream';

/** A request as a client sent it. */
export interface ClientHead extends RequestLine {
  /** As they arrived. */
  readonly headers: readonly HeaderLine[];
}

/** Whether a request has a body, as its header lines say (RFC 9112 §6.3). */
export function hasBody(headers: readonly HeaderLine[]): boolean {
  return valueOf(headers, 'transfer-encoding') !== undefined || lengthOf(headers) > 0;
}

/** Content-Length, 0 where there is none. */
export function lengthOf(headers: readonly HeaderLine[]): number {
  return Number(valueOf(headers, 'content-length') ?? 0);
}

/** The head the upstream sees. */
export function passedOn(head: ClientHead, faults: Faults): UpstreamRequest {
  const { method, path } = head;
  const decodes = faults.encodedSlash?.treatment === 'decode';
  return {
    method,
    path: decodes ? withDecodedSlashes(path) : path,
    headers: edited(forwarded(head, faults), faults.requestHeaders),
  };
}

/** Lines with a {@link HeaderEdit} made. */
export function edited(lines: readonly HeaderLine[], edit: HeaderEdit = {}): HeaderLine[] {
  return [...without(lines, ...(edit.strip ?? [])), ...(edit.add ?? [])];
}

/** Whether `%2F` stands in the path, before the query. */
export function hasEncodedSlash(path: string): boolean {
  return /^[^?]*%2f/i.test(path);
}

function withDecodedSlashes(path: string): string {
  return path.replace(/^[^?]*/, (beforeQuery) => beforeQuery.replace(/%2f/gi, '/'));
}

function forwarded({ method, headers }: ClientHead, faults: Faults): HeaderLine[] {
  let lines = [...endToEnd(headers), ...framing(method, headers)];
  if (faults.host !== undefined) {
    lines = replaced(lines, 'host', faults.host.value);
  }
  if (faults.forwardedProto !== undefined) {
    lines = [
      ...without(lines, 'x-forwarded-proto'),
      ['X-Forwarded-Proto', faults.forwardedProto.value],
    ];
  }
  return faults.expectContinue === undefined ? lines : without(lines, 'expect');
}

/** The line that frames the body on the next connection, where the client's own does not. */
function framing(method: string, headers: readonly HeaderLine[]): HeaderLine[] {
  if (headers.some((line) => isNamed(line, 'transfer-encoding'))) {
    return [['Transfer-Encoding', 'chunked']];
  }
  const unframed = valueOf(headers, 'content-length') === undefined;
  return unframed && /^(POST|PUT|PATCH)$/.test(method) ? [['Content-Length', '0']] : [];
}
