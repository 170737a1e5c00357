import { createHmac, timingSafeEqual } from 'node:crypto';

/** Claims of the token `/v2/token` gives (section 3.2 of the reference). */
export interface RegistryClaims {
  /** Seconds since 1970. */
  readonly exp: number;
  /** Seconds since 1970. */
  readonly nbf: number;
  /** Id of an account; -1 is the anonymous ghost. */
  readonly UserID: number;
  /** Scopes of the access token, joined by commas. @default - no such claim before Gitea 1.22.2 */
  readonly Scope?: string;
}

/** `UserID` of who has no account. */
export const GHOST_ID = -1;

/** Seconds a token lives. */
export const LIFETIME_SECONDS = 86_400;

const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

/** Signs claims as HS256 (RFC 7519). */
export function signToken(claims: RegistryClaims, secret: Buffer): string {
  const signed = `${HEADER}.${encode(claims)}`;
  return `${signed}.${signature(signed, secret).toString('base64url')}`;
}

/** Reads a token; absent when it is none of ours, or not valid at `now` (seconds since 1970). */
export function readToken(text: string, secret: Buffer, now: number): RegistryClaims | undefined {
  const [, signed, payload, given] = /^([\w-]+\.([\w-]+))\.([\w-]+)$/.exec(text) ?? [];
  if (signed === undefined || payload === undefined || given === undefined) return undefined;
  const expected = signature(signed, secret);
  const actual = Buffer.from(given, 'base64url');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as RegistryClaims;
  return claims.nbf <= now && now < claims.exp ? claims : undefined;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(text: string, secret: Buffer): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}
