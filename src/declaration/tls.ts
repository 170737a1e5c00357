import { LINE_OF_TEXT } from './free-text';
import { KIND_NAME, OBJECT_NAME } from './kubernetes-name';
import type { Problem } from './problem';
import { object, oneOf, optional, text, variants } from './schema';

/** The cert-manager issuer a certificate is asked from (cert-manager `issuerRef`). */
export interface IssuerDeclaration {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
}

/** Where the TLS secret of the route comes from, beside the release. */
export interface TlsDeclaration {
  readonly source: 'certificate' | 'ingress-shim' | 'existing-secret';
  readonly secretName: string;
  /** For `certificate` and `ingress-shim`. */
  readonly issuer?: IssuerDeclaration;
  /** For `existing-secret`: who makes the secret, in words. */
  readonly producer?: string;
  /** How every node and client trusts an authority that is not public, in words. */
  readonly nodeTrust?: string;
}

/** The listener of a Gateway holds the certificate already. */
export interface ListenerTlsDeclaration {
  readonly source: 'listener';
  /** Name of the TLS secret in the namespace of the Gateway, where it is known. */
  readonly secretName?: string;
  /** Who makes the secret, in words. */
  readonly producer: string;
  /** How every node and client trusts an authority that is not public, in words. */
  readonly nodeTrust?: string;
}

/** Every way a route can come by its certificate. */
export type RouteTlsDeclaration = TlsDeclaration | ListenerTlsDeclaration;

/** The issuer of a certificate. */
export const issuerSchema = object<IssuerDeclaration>({
  name: text(OBJECT_NAME),
  kind: text(KIND_NAME),
  group: text(OBJECT_NAME),
});

const producer = text({
  ...LINE_OF_TEXT,
  allowed: 'must say in one line who makes the TLS secret',
  code: 'REG550',
});

const nodeTrust = text({
  ...LINE_OF_TEXT,
  allowed: 'must say in one line how every node and client trusts the authority',
  code: 'REG123',
});

/** A TLS secret beside the release. */
export const tlsSchema = object<TlsDeclaration>({
  source: oneOf<TlsDeclaration['source']>('certificate', 'ingress-shim', 'existing-secret'),
  secretName: text(OBJECT_NAME),
  issuer: optional(issuerSchema),
  producer: optional(producer),
  nodeTrust: optional(nodeTrust),
});

/** A TLS secret beside the release, or the one a listener names. */
export const routeTlsSchema = variants<RouteTlsDeclaration>('source', {
  certificate: tlsSchema,
  'ingress-shim': tlsSchema,
  'existing-secret': tlsSchema,
  listener: object<ListenerTlsDeclaration>({
    source: oneOf<'listener'>('listener'),
    secretName: optional(text(OBJECT_NAME)),
    producer,
    nodeTrust: optional(nodeTrust),
  }),
});

/** A secret that nobody makes. */
export function tlsProblems(tls: RouteTlsDeclaration): Problem[] {
  if (tls.source === 'listener') {
    return [];
  }
  const isForeign = tls.source === 'existing-secret';
  const missing = isForeign ? tls.producer === undefined : tls.issuer === undefined;
  return missing
    ? [
        {
          path: 'route.tls.secretName',
          value: tls.secretName,
          allowed: isForeign
            ? 'has no producer: say who makes the secret, or ask cert-manager for a certificate'
            : 'has no producer: name the issuer that signs its certificate',
          code: 'REG550',
        },
      ]
    : [];
}
