import type { GatewayHttpRouteDeclaration, RegistryDeclaration } from './model';

type Release = Pick<RegistryDeclaration['release'], 'name' | 'namespace'>;

/** Name of the object that leads `/v2`, unless the user gives another. */
export function routeName({ name }: Release): string {
  return `${name}-registry-v2`;
}

/** Name of what leads the token endpoint below the path of ROOT_URL: an Ingress, a Middleware. */
export function realmName({ name }: Release): string {
  return `${name}-registry-realm`;
}

/** Name of the ReferenceGrant by which a Gateway may read the TLS secret. */
export function secretGrantName({ name }: Release): string {
  return `${name}-registry-tls`;
}

/** The secret a Gateway of another namespace has to read, where a certificate is rendered for it. */
export function grantedSecret(
  { tls, listener }: GatewayHttpRouteDeclaration,
  { namespace }: Release,
): string | undefined {
  return tls.source === 'certificate' && listener.namespace !== namespace
    ? tls.secretName
    : undefined;
}
