import { ClientError } from '../error';
import { serverText } from '../server-text';
import type { RegistryTarget } from '../target';
import type { Challenge } from './challenge';

/** Where a registry sends clients for a token. */
export interface Realm {
  /** Without userinfo. */
  readonly url: URL;
  /** Whether the registry's credential may go there. */
  readonly isTrusted: boolean;
}

/**
 * The realm of a Bearer challenge. It gets the credential when it lies on the registry's own origin, or when its host
 * is one of {@link RegistryTarget.allowedRealms}.
 *
 * @throws ClientError REG240 for a realm that is no URL (Gitea copies `X-Forwarded-Proto` into it as it is), and for
 * one that is less safe than the registry
 */
export function realmOf(
  { parameters }: Challenge,
  { origin, allowedRealms = [] }: Pick<RegistryTarget, 'origin' | 'allowedRealms'>,
): Realm {
  const written = parameters.get('realm') ?? '';
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new ClientError(
      `'${origin.host}' asks for a token from '${serverText(written, 80)}', which is no URL: a proxy in front of it must set X-Forwarded-Proto to one value`,
      'REG240',
    );
  }
  url.username = '';
  url.password = '';
  if (origin.protocol === 'https:' && url.protocol === 'http:') {
    throw new ClientError(
      `'${origin.host}' speaks https and asks for a token from '${url.origin}': no credential goes there; the proxy that ends TLS must set X-Forwarded-Proto to https, and the next one must trust it`,
      'REG240',
    );
  }
  return {
    url,
    isTrusted: url.origin === origin.origin || allowedRealms.some((host) => isHost(url, host)),
  };
}

/** `host[:port]` as people write it: in any case, the default port or none. */
function isHost({ protocol, host }: URL, allowed: string): boolean {
  const text = `${protocol}//${allowed}`;
  return URL.canParse(text) && new URL(text).origin === `${protocol}//${host}`;
}

/** A request failed without the credential that the realm did not get. */
export function realmElsewhere(origin: URL, realm: URL): ClientError {
  return new ClientError(
    `'${origin.host}' asks for a token from '${realm.host}', which is another host, so it got no credential: set ROOT_URL or the proxy's Host header so that both are one, or allow it with --allow-realm ${realm.host}`,
    'REG241',
  );
}

/** No answer came from a realm on another host. */
export function realmUnreachable(origin: URL, realm: URL, cause: ClientError): ClientError {
  return new ClientError(
    `'${origin.host}' asks for a token from another host, which cannot be reached: ${cause.message}`,
    'REG241',
    { method: 'GET', url: `${realm.origin}${realm.pathname}` },
    { cause },
  );
}
