import { ClientError } from '../../client/error';
import type { RegistryTarget } from '../../client/target';
import type { IssuedToken } from './issued-token';
import { issueToken } from './issued-token';

/** What a token is used for. */
export type PackageUse = 'read' | 'write';

/** Scopes with which a token can make tokens of every scope (POST /users/{user}/tokens over Basic). */
const MINTING = ['all', 'write:user'];

/**
 * Refuses a token whose scopes do not allow a use. What the server does not tell, and a password on Forgejo, allow
 * everything.
 *
 * @param purpose as the rest of `cannot …`
 * @throws ClientError REG314
 */
export function requireScope({ scopes = [] }: IssuedToken, use: PackageUse, purpose: string): void {
  const enough = ['all', 'write:package', ...(use === 'read' ? ['read:package'] : [])];
  if (scopes.length > 0 && !scopes.some((scope) => enough.includes(scope))) {
    throw new ClientError(
      `cannot ${purpose}: the token has ${scopes.join(', ')}, and needs ${use}:package: make one with that scope`,
      'REG314',
    );
  }
}

/**
 * Names a missing scope before any work is done. Silent where the server does not tell, or cannot be asked: then the
 * work itself shows it.
 *
 * @throws ClientError REG314
 */
export async function refuseMissingScope(
  target: RegistryTarget,
  use: PackageUse,
  purpose: string,
): Promise<void> {
  const token = await issueToken(target).catch((error: unknown) => {
    if (error instanceof ClientError) {
      return {};
    }
    throw error;
  });
  requireScope(token, use, purpose);
}

/** A sentence with its code when a token, or a password, can make further tokens. */
export function mintingWarning({ scopes = [] }: IssuedToken): string | undefined {
  const mints = scopes.filter((scope) => MINTING.includes(scope));
  return mints.length === 0
    ? undefined
    : `it has ${mints.join(', ')}, or is a password: who reads it can make tokens of every scope (REG325)`;
}

/** Why a token should not be used for pulling, in sentences with their codes; none for one with `read:package` alone. */
export function pullWarnings(token: IssuedToken): string[] {
  const { scopes = [] } = token;
  const minting = mintingWarning(token);
  const wider = scopes.filter(
    (scope) => ![...MINTING, 'read:package', 'public-only'].includes(scope),
  );
  return [
    ...(minting === undefined ? [] : [minting]),
    ...(wider.length === 0
      ? []
      : [`it has ${wider.join(', ')}, and pulling needs read:package only (REG314)`]),
    ...(scopes.includes('public-only')
      ? ['it is limited to public packages: images of private owners stay closed to it (REG314)']
      : []),
  ];
}
