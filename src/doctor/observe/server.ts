import { basic } from '../../client/http/credential';
import type { ForgeServer } from '../../client/packages/server';
import { serverOf } from '../../client/packages/server';
import { serverText } from '../../client/server-text';
import type { Flavor } from '../../declaration/model';
import type { Seen } from '../ask';
import { ask, isAnswered } from '../ask';
import type { Observation, Sight } from '../sight';
import { belongs } from './signed-in';
import { askSafely } from './token-answer';

/** Whose API answers. */
export interface ServerSeen {
  /** The answer that decides: with the credential where sign-in is required. */
  readonly seen: Seen;
  /** @default - the answer names none */
  readonly server?: ForgeServer;
}

/** `GET /api/v1/version` without credentials. */
export const version: Observation<Seen> = (sight) =>
  ask(sight, { url: '/api/v1/version', surface: 'api' });

/**
 * Product and version: without credential first, for a wrong one is refused even here; with it where nobody is answered
 * who is not signed in.
 */
export const server: Observation<ServerSeen> = async (sight) => {
  const anonymous = await sight.see(version);
  const { credential } = sight.path;
  const seen =
    isSignInRequired(anonymous) && credential && belongs(credential, sight)
      ? await askSafely(sight, () => ({
          url: '/api/v1/version',
          surface: 'api',
          authorize: basic(credential),
        }))
      : anonymous;
  const text = versionIn(seen);
  return {
    seen,
    ...(text !== undefined && { server: await serverOf(text, () => productOf(sight)) }),
  };
};

/** Whether nobody is answered who has not signed in (`REQUIRE_SIGNIN_VIEW`). */
export function isSignInRequired(seen: Seen): boolean {
  return isAnswered(seen) && /^(sign-in-required|no-token-seen)$/.test(seen.reading.id);
}

/** Product and version, as the first path tells whose API answers: `Gitea 1.25.4`, `Forgejo 11.0.2`. */
export async function serverName(sights: readonly Sight[]): Promise<string | undefined> {
  for (const sight of sights) {
    const { server: known } = await sight.see(server);
    if (known !== undefined) {
      return nameOf(known);
    }
  }
  return undefined;
}

/** `Gitea 1.25.4`, `Forgejo 11.0.2`. */
export function nameOf({ product, text }: ForgeServer): string {
  return product === 'forgejo' ? `Forgejo ${text.replace(/\+gitea-.*/, '')}` : `Gitea ${text}`;
}

/** The version of an answer; undefined for a page, and for another document. */
function versionIn(seen: Seen): string | undefined {
  if (!isAnswered(seen) || seen.status !== 200) {
    return undefined;
  }
  try {
    const { version: text } = JSON.parse(seen.body) as { readonly version?: unknown };
    return typeof text === 'string' && text !== '' ? serverText(text, 80) : undefined;
  } catch {
    return undefined;
  }
}

/** Forgejo before 7 names itself only here. */
async function productOf(sight: Sight): Promise<Flavor> {
  const seen = await ask(sight, { url: '/api/forgejo/v1/version', surface: 'api' });
  return isAnswered(seen) && seen.status === 200 && /"version"/.test(seen.body)
    ? 'forgejo'
    : 'gitea';
}
