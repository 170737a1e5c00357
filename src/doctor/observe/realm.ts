import { challengesOf } from '../../client/oci/challenge';
import type { Seen } from '../ask';
import { ask, isAnswered } from '../ask';
import type { Observation } from '../sight';
import { v2 } from './v2';

/** Where the challenge of `/v2/` sends clients for a token. */
export interface Realm {
  /** As written; anything can stand there (Gitea copies `X-Forwarded-Proto` into it). */
  readonly written: string;
  /** Without userinfo; absent when it is no http or https URL. */
  readonly url?: URL;
  /** Whether it is Gitea's own way to say it; other registries have token servers of their own. */
  readonly isGitea: boolean;
}

/** The realm of the Bearer challenge; undefined without one. */
export const realm: Observation<Realm | undefined> = async (sight) => realmIn(await sight.see(v2));

/** The realm on a request that says it came by https, as behind a proxy that ends TLS. */
export const realmBehindTls: Observation<Realm | undefined> = async (sight) =>
  realmIn(
    await ask(sight, { url: '/v2/', surface: 'v2', headers: { 'X-Forwarded-Proto': 'https' } }),
  );

/** The realm an answer names. */
export function realmIn(seen: Seen): Realm | undefined {
  const parameters = isAnswered(seen)
    ? challengesOf(seen).find(({ scheme }) => scheme === 'bearer')?.parameters
    : undefined;
  const written = parameters?.get('realm');
  if (parameters === undefined || written === undefined) {
    return undefined;
  }
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url) {
    url.username = '';
    url.password = '';
  }
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  return {
    written,
    ...(isHttp && { url }),
    // Gitea 1.17 sends no service.
    isGitea: parameters.get('service') === 'container_registry' || /\/v2\/token\b/.test(written),
  };
}
