import { apiJson } from '../answers';
import type { Account, Identity } from '../authentication';
import type { FakeAnswer, FakeHeader, FakeRequest } from '../exchange';
import { rootUrlOf } from '../forge';
import type { Forge } from '../forge';

/** A REST request on its route. */
export interface ApiCall {
  readonly forge: Forge;
  readonly request: FakeRequest;
  readonly identity: Identity;
  /** Parameters of the path, decoded once. */
  readonly params: Readonly<Record<string, string>>;
  /** The same, as sent. */
  readonly rawParams: Readonly<Record<string, string>>;
}

/** A call whose caller signed in. */
export type SignedCall = ApiCall & { readonly identity: Identity & { readonly user: Account } };

/** REST's error body. */
export function apiError(
  forge: Forge,
  status: number,
  message: string,
  headers: readonly FakeHeader[] = [],
): FakeAnswer {
  return apiJson(status, { message, url: swaggerUrl(forge) }, headers);
}

/** REST's answer for a missing thing, where only a function's name or an inner error tells which. */
export function apiNotFound(
  forge: Forge,
  message: string = forge.behavior.notFoundText,
  errors?: readonly string[],
): FakeAnswer {
  const url = swaggerUrl(forge);
  return apiJson(
    404,
    forge.behavior.isForgejo
      ? { message, url, errors: errors ?? [] }
      : { errors: errors ?? null, message, url },
  );
}

/** The object in a JSON body; empty when it is none. */
export async function jsonBody(request: FakeRequest): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value = JSON.parse((await request.bytes()).toString()) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function swaggerUrl(forge: Forge): string {
  return `${rootUrlOf(forge)}api/swagger`;
}

/** A text of a JSON body; the fallback for anything else. */
export function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

/** A yes or no of a JSON body; the fallback for anything else. */
export function flagOf(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback;
}
