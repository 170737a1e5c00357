import { ClientError } from '../error';

/** A user name and a token (or password) for one origin. */
export interface Credential {
  /** Scheme, host and port the credential belongs to: `https://git.example.org`. It goes nowhere else. */
  readonly origin: string;
  readonly user: string;
  /** Personal access token or password. */
  readonly secret: string;
}

/**
 * `Authorization` of RFC 7617, for the credential's own origin only.
 *
 * @throws ClientError REG312 for a user name with a colon, or a line break or other control character in either
 */
export function basic({ origin, user, secret }: Credential): (url: URL) => string | undefined {
  if (user.includes(':')) {
    throw new ClientError(
      'a user name with a colon cannot log in: Basic authentication ends the name there',
      'REG312',
    );
  }
  if (/\p{Cc}/u.test(user + secret)) {
    throw new ClientError(
      'the user name or the token holds a line break or another control character: write the token file without one at its end',
      'REG312',
    );
  }
  return forOrigin(origin, `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`);
}

/**
 * `Authorization` of RFC 6750, for one origin only.
 *
 * @throws ClientError REG312 for a token no header can carry
 */
export function bearer(token: string, origin: string): (url: URL) => string | undefined {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new ClientError(
      'the token is empty, or holds a blank, a line break or a letter no token has',
      'REG312',
    );
  }
  return forOrigin(origin, `Bearer ${token}`);
}

function forOrigin(origin: string, value: string): (url: URL) => string | undefined {
  // As URLs have it: in lower case, without the default port.
  const own = new URL(origin).origin;
  return (url) => (url.origin === own ? value : undefined);
}
