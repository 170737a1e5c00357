import { looksLikeCredential, REDACTED } from '../../declaration/credential';

/** One attempt of one request, without anything secret: what reports and support bundles may hold. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** From 1. */
  readonly attempt: number;
  readonly requestHeaders: { readonly [name: string]: string };
  /** Absent when no answer came. */
  readonly status?: number;
  /** Names and values in turn, as they came. */
  readonly responseHeaders?: readonly string[];
  /** Milliseconds until the answer's head, or the end of the attempt. */
  readonly elapsedMs: number;
  /** Address of the peer, when there was a connection. */
  readonly peer?: string;
  /** Why no answer came. */
  readonly error?: string;
}

/** Takes what happened on the wire. */
export type Recorder = (exchange: Exchange) => void;

/** Headers whose values are secret, or let somebody act for the user (RFC 9110 §11, RFC 6265). */
const SECRET_HEADERS =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-gitea-otp|x-forgejo-otp)$/i;

/** Query parameters that carry credentials: Gitea's, and those of presigned object-store URLs. */
const SECRET_PARAMETERS =
  /^(token|access_token|private_token|sig|signature|x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|awsaccesskeyid)$/i;

/** Whether a header is a credential, so that it goes to its own origin only. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.test(name);
}

/** A header value as it may be shown. `Basic` and `Bearer` stay, what follows goes. */
export function shownHeader(name: string, value: string): string {
  if (SECRET_HEADERS.test(name)) {
    const scheme = /^(Basic|Bearer|token)\s/i.exec(value)?.[1];
    return scheme ? `${scheme} ${REDACTED}` : REDACTED;
  }
  if (/^(location|link|content-location|referer)$/i.test(name)) {
    return shownText(
      value.replace(/[^\s<>;,"]+/g, (word) => (isUrl(word) ? shownUrl(word) : word)),
    );
  }
  return shownText(value);
}

/** A URL without userinfo and without the values of secret parameters. */
export function shownUrl(url: string | URL): string {
  const relative = typeof url === 'string' && url.startsWith('/');
  if (!relative && !URL.canParse(`${url}`)) {
    return shownText(`${url}`);
  }
  const shown = new URL(`${url}`, 'http://relative.invalid');
  shown.username = '';
  shown.password = '';
  for (const name of new Set(shown.searchParams.keys())) {
    if (SECRET_PARAMETERS.test(name)) {
      shown.searchParams.set(name, 'redacted');
    }
  }
  const text = relative ? shown.href.slice(shown.origin.length) : shown.href;
  return text;
}

/** Text of a server as it may be shown: hidden as a whole once something in it is shaped like a credential. */
export function shownText(text: string): string {
  return looksLikeCredential(text) ? REDACTED : text;
}

function isUrl(word: string): boolean {
  return word.startsWith('/') || /^https?:\/\//i.test(word);
}
