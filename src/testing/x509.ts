import type { KeyObject } from 'node:crypto';
import { randomBytes, sign } from 'node:crypto';
import * as der from './der';

/** Object identifiers of what a certificate says (RFC 5280, RFC 5758). */
export const OID = {
  commonName: '2.5.4.3',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

/** What a certificate says. */
export interface CertificateContent {
  /** Common names. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
  /** Elements {@link extension} makes. */
  readonly extensions: readonly Buffer[];
}

/** `Extension` (RFC 5280 §4.1): one that is critical makes readers refuse what they do not know. */
export function extension(oid: string, critical: boolean, value: Buffer): Buffer {
  return der.sequence(
    der.objectIdentifier(oid),
    ...(critical ? [der.boolean(true)] : []),
    der.octetString(value),
  );
}

/**
 * A certificate in PEM (RFC 5280 §4.1, version 3).
 *
 * @param issuerKey private key on a curve; signs with ECDSA and SHA-256
 */
export function signedCertificate(content: CertificateContent, issuerKey: KeyObject): string {
  const algorithm = der.sequence(der.objectIdentifier(OID.ecdsaWithSha256));
  const toBeSigned = der.sequence(
    der.explicit(0, der.integer(Buffer.of(2))),
    der.integer(serialNumber()),
    algorithm,
    distinguishedName(content.issuer),
    der.sequence(der.time(content.notBefore), der.time(content.notAfter)),
    distinguishedName(content.subject),
    content.publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(...content.extensions)),
  );
  const signature = der.bitString(sign('sha256', toBeSigned, issuerKey));
  return pem(der.sequence(toBeSigned, algorithm, signature));
}

/** Positive, not zero, at most 20 bytes (RFC 5280 §4.1.2.2). */
function serialNumber(): Buffer {
  return Buffer.concat([Buffer.of(1), randomBytes(15)]);
}

function distinguishedName(commonName: string): Buffer {
  const attribute = der.sequence(der.objectIdentifier(OID.commonName), der.utf8String(commonName));
  return der.sequence(der.set(attribute));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
