import { bareJson } from '../answers';
import type { Identity } from '../authentication';
import type { FakeAnswer } from '../exchange';
import type { Forge } from '../forge';
import { GHOST_ID, LIFETIME_SECONDS, signToken } from '../registry-token';
import { allows } from '../token-scopes';

/** Whether `/v2/token` gives these scopes a token. */
export function mayHaveToken(forge: Forge, scopes: readonly string[] | undefined): boolean {
  return (
    scopes === undefined ||
    forge.behavior.registryTokenScope !== 'required' ||
    allows(scopes, 'read', 'package')
  );
}

/** The 200 of `/v2/token`; what scope was asked for does not matter. */
export function issueToken(forge: Forge, identity: Identity): FakeAnswer {
  const now = Math.floor(forge.settings.now() / 1000);
  const scope = scopeClaim(forge, identity);
  const claims = {
    exp: now + LIFETIME_SECONDS,
    nbf: now,
    UserID: identity.user?.id ?? GHOST_ID,
    ...(scope === undefined ? {} : { Scope: scope }),
  };
  return bareJson(200, { token: signToken(claims, forge.jwtSecret) });
}

function scopeClaim(forge: Forge, { user, scopes }: Identity): string | undefined {
  if (forge.behavior.registryTokenScope === 'absent') return undefined;
  if (user === undefined) return '';
  return scopes?.join(',') ?? forge.behavior.passwordScope;
}
