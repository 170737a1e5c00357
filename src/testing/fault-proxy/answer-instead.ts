import type { HeaderLine } from './header-lines';
import { isNamed, valueOf } from './header-lines';
import type { ClientHead } from './passed-on';
import { hasEncodedSlash, lengthOf } from './passed-on';
import type { ProxyAnswer } from './proxy-answer';
import { TOO_LARGE, TRAEFIK } from './styled-answers';
import type { Faults, Redirect } from './switches';

/**
 * The answer the proxy gives before it asks the upstream; undefined when it asks.
 *
 * @param scheme the proxy's own, `http` or `https`
 */
export function answerInstead(
  head: ClientHead,
  faults: Faults,
  scheme: string,
): ProxyAnswer | undefined {
  const { encodedSlash, bodyLimit, redirect, answer } = faults;
  if (encodedSlash?.treatment === 'refuse' && hasEncodedSlash(head.path)) {
    return TRAEFIK.encodedSlashRefused;
  }
  if (bodyLimit !== undefined && lengthOf(head.headers) > bodyLimit.bytes) {
    return TOO_LARGE[bodyLimit.style];
  }
  return redirect === undefined ? answer : redirectAnswer(redirect, head, scheme);
}

function redirectAnswer(
  { status, location }: Redirect,
  { path, headers }: ClientHead,
  scheme: string,
): ProxyAnswer {
  const origin = `${scheme}://${valueOf(headers, 'host') ?? ''}`;
  const filled = location.replace(/\{(origin|path)\}/g, (_, name) =>
    name === 'origin' ? origin : path,
  );
  return TRAEFIK.redirect(status, filled);
}

/** The header lines of an answer, `Content-Length` among them where there can be one (RFC 9110 §8.6). */
export function framedHeaders({ status, headers = [], body = '' }: ProxyAnswer): HeaderLine[] {
  const framed = status === 204 || headers.some((line) => isNamed(line, 'content-length'));
  return [
    ...headers,
    ...(framed ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const]),
  ];
}
