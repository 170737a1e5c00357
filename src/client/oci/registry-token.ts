import { ClientError } from '../error';
import type { HttpResponse } from '../http/message';
import { shownUrl } from '../http/recording';

/** A token for the registry (distribution, "Token Authentication Specification"). */
export interface RegistryToken {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Gitea's `UserID`: -1 for nobody, -2 for an Actions job, else the account. @default - another server's token */
  readonly userId?: number;
  /**
   * Gitea's `Scope`: scopes of the credential such as `write:package`; `all` for a password on Gitea, none for one on
   * Forgejo. @default - the token does not say (Gitea before 1.22.2, other servers)
   */
  readonly scopes?: readonly string[];
}

/** How long a token lives whose server does not say (same specification). */
const DEFAULT_LIFETIME_MS = 60_000;

/** Lets a request arrive before its token expires. */
const MARGIN_MS = 30_000;

/** RFC 6750 §2.1; anything else could not stand in a header. */
const USABLE = /^[\x21-\x7e]+$/;

/** Whether a token can still be used. */
export function isAlive({ expiresAt }: RegistryToken, now = Date.now()): boolean {
  return now < expiresAt - MARGIN_MS;
}

/**
 * The token in the answer of a realm: `token` or `access_token`, and how long it lives: a JWT says it itself (`exp`,
 * RFC 7519), others in `expires_in` and `issued_at`.
 *
 * @throws ClientError REG210 when there is none in it
 */
export async function readToken(
  answer: Pick<HttpResponse, 'url' | 'status' | 'json'>,
  now = Date.now(),
): Promise<RegistryToken> {
  const document = asObject(await answer.json());
  const value = document.token ?? document.access_token;
  if (typeof value !== 'string' || !USABLE.test(value)) {
    throw new ClientError(
      `'${answer.url.host}' answered the request for a token without a token: a proxy may stand in front of it`,
      'REG210',
      { method: 'GET', url: shownUrl(answer.url), status: answer.status },
    );
  }
  const { exp, UserID: userId, Scope: scope } = claimsOf(value);
  return {
    value,
    expiresAt: typeof exp === 'number' ? exp * 1000 : lifetimeEnd(document, now),
    ...(typeof userId === 'number' && { userId }),
    ...(typeof scope === 'string' && { scopes: scope.split(',').filter((each) => each !== '') }),
  };
}

function lifetimeEnd({ expires_in: seconds, issued_at: issued }: JsonObject, now: number): number {
  const begun = typeof issued === 'string' ? Date.parse(issued) : NaN;
  const lifetime = typeof seconds === 'number' ? seconds * 1000 : DEFAULT_LIFETIME_MS;
  return (Number.isNaN(begun) ? now : begun) + lifetime;
}

type JsonObject = { readonly [name: string]: unknown };

/** What a JWT says; nothing for another token. Nobody checks the signature: the claims only spare requests. */
function claimsOf(token: string): JsonObject {
  try {
    return asObject(JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}
