import { basic } from '../../client/http/credential';
import type { ForgeServer } from '../../client/packages/server';
import { serverText } from '../../client/server-text';
import type { Flavor } from '../../declaration/model';
import { atLeast, parseForgeVersion } from '../../declaration/version';
import type { ForgeVersion } from '../../declaration/version';
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

/** Releases of Gitea from here on share their number with no Forgejo: after 1.21 came 7.0, which names itself. */
const FIRST_GITEA_ALONE = '1.22.0';

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
  return { seen, ...(text !== undefined && { server: await serverOf(sight, text) }) };
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

async function serverOf(sight: Sight, text: string): Promise<ForgeServer> {
  const known = parsed(text);
  const product = productBy(known) ?? (await productOf(sight));
  const numbered = product === 'forgejo' ? parsed(text, 'forgejo') : known;
  return { product, text, ...(numbered && { version: numbered }) };
}

/** What a version tells of its product; undefined when it could be either. */
function productBy(known: ForgeVersion | undefined): Flavor | undefined {
  if (known === undefined || known.flavor === 'forgejo') {
    return known?.flavor;
  }
  return atLeast(known, FIRST_GITEA_ALONE) ? 'gitea' : undefined;
}

/** Forgejo before 7 names itself only here. */
async function productOf(sight: Sight): Promise<Flavor> {
  const seen = await ask(sight, { url: '/api/forgejo/v1/version', surface: 'api' });
  return isAnswered(seen) && seen.status === 200 && /"version"/.test(seen.body)
    ? 'forgejo'
    : 'gitea';
}

/** A build by hand has a version that cannot be compared. */
function parsed(text: string, flavor?: Flavor): ForgeVersion | undefined {
  try {
    return parseForgeVersion(text, flavor);
  } catch {
    return undefined;
  }
}
