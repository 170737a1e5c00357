import type { RegistryToken } from '../../../client/oci/registry-token';

/** Scopes that open reading of packages. */
const READING = ['all', 'write:package', 'read:package'];

/**
 * Whether a token may be used for packages at all. A release that does not tell scopes asks for none; a password has
 * none on Forgejo and every right.
 */
export function mayRead({ scopes = [] }: RegistryToken): boolean {
  return isUnlimited(scopes) || scopes.some((scope) => READING.includes(scope));
}

/** Whether it may push, delete and link. */
export function mayWrite({ scopes = [] }: RegistryToken): boolean {
  return isUnlimited(scopes) || scopes.includes('all') || scopes.includes('write:package');
}

/** Whether it sees public owners only. */
export function isPublicOnly({ scopes = [] }: RegistryToken): boolean {
  return scopes.includes('public-only');
}

function isUnlimited(scopes: readonly string[]): boolean {
  return scopes.length === 0;
}
