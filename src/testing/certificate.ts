import type { KeyObject } from 'node:crypto';
import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { addressBytes } from './address-bytes';
import * as der from './der';
import { extension, OID, signedCertificate } from './x509';

/** What {@link testCertificate} is asked for. */
export interface TestCertificateOptions {
  /** DNS names (`*.example.org` too) and IP addresses of the server: its subjectAltName. At least one. */
  readonly names: readonly string[];
  /**
   * A moment to come makes a certificate clients refuse with `CERT_NOT_YET_VALID`.
   *
   * @default - a day ago, or a day before `notAfter`
   */
  readonly notBefore?: Date;
  /**
   * A moment that has passed makes a certificate clients refuse with `CERT_HAS_EXPIRED`.
   *
   * @default - in 30 days, or 30 days after `notBefore`
   */
  readonly notAfter?: Date;
  /** An earlier certificate: its authority signs this one too. @default - a new authority */
  readonly issuer?: TestCertificate;
}

/** A server certificate with the authority that signed it, all PEM. */
export interface TestCertificate {
  /** Private key of the server, PKCS #8. */
  readonly key: string;
  readonly cert: string;
  /** Certificate of the authority: what a client trusts. */
  readonly ca: string;
  /** Private key of the authority, PKCS #8. */
  readonly caKey: string;
}

/** Bits of the key usage extension (RFC 5280 §4.2.1.3), with how many bits of the byte do not count. */
const DIGITAL_SIGNATURE = der.bitString(Buffer.of(0x80), 7);
const CERTIFICATE_SIGNING = der.bitString(Buffer.of(0x04), 2);

/** `[2] dNSName` and `[7] iPAddress` of a GeneralName (RFC 5280 §4.2.1.6). */
const NAME_TAG = { dns: 2, address: 7 } as const;

const DNS_NAME = /^(\*\.)?[a-zA-Z0-9_]([-a-zA-Z0-9_.]*[a-zA-Z0-9_])?$/;

const DAY = 24 * 60 * 60 * 1000;

/**
 * Makes a server certificate on the curve P-256 and, unless `issuer` is given, an authority that signs it. Keys are new
 * in each call; nothing is kept, and no program is needed.
 *
 * @throws Error when no name is given, a name is neither a DNS name nor an address, or the period is empty
 */
export function testCertificate(options: TestCertificateOptions): TestCertificate {
  const names = subjectAltName(options.names);
  const period = periodOf(options);
  const { ca, caKey } = options.issuer ?? newAuthority();
  const { privateKey, publicKey } = newKeys();
  const cert = signedCertificate(
    {
      subject: 'test server',
      issuer: new X509Certificate(ca).subject.replace(/^CN=/, ''),
      ...period,
      publicKey,
      extensions: [
        extension(OID.basicConstraints, true, der.sequence()),
        extension(OID.keyUsage, true, DIGITAL_SIGNATURE),
        extension(OID.extendedKeyUsage, false, der.sequence(der.objectIdentifier(OID.serverAuth))),
        extension(OID.subjectAltName, false, names),
      ],
    },
    createPrivateKey(caKey),
  );
  return { key: pkcs8(privateKey), cert, ca, caKey };
}

function newAuthority(): Pick<TestCertificate, 'ca' | 'caKey'> {
  const { privateKey, publicKey } = newKeys();
  // A client may trust several: it finds the one that signed by name.
  const name = `test authority ${randomBytes(8).toString('hex')}`;
  const ca = signedCertificate(
    {
      subject: name,
      issuer: name,
      notBefore: new Date('2000-01-01T00:00:00Z'),
      notAfter: new Date('2099-12-31T23:59:59Z'),
      publicKey,
      extensions: [
        extension(OID.basicConstraints, true, der.sequence(der.boolean(true))),
        extension(OID.keyUsage, true, CERTIFICATE_SIGNING),
      ],
    },
    privateKey,
  );
  return { ca, caKey: pkcs8(privateKey) };
}

function newKeys(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

function pkcs8(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function periodOf({
  notBefore,
  notAfter,
}: TestCertificateOptions): Required<Pick<TestCertificateOptions, 'notBefore' | 'notAfter'>> {
  const now = Date.now();
  const end = notAfter ?? new Date(Math.max(now, notBefore?.getTime() ?? now) + 30 * DAY);
  const start = notBefore ?? new Date(Math.min(now, end.getTime()) - DAY);
  if (!(start < end)) {
    throw new Error(
      `the certificate would end at '${text(end)}', not after it begins at '${text(start)}'; give a later notAfter or an earlier notBefore`,
    );
  }
  return { notBefore: start, notAfter: end };
}

function text(date: Date): string {
  return Number.isNaN(date.getTime()) ? String(date) : date.toISOString();
}

function subjectAltName(names: readonly string[]): Buffer {
  if (names.length === 0) {
    throw new Error(
      "a certificate needs at least one name, such as 'git.example.org' or '127.0.0.1'",
    );
  }
  return der.sequence(...names.map(generalName));
}

function generalName(name: string): Buffer {
  const address = addressBytes(name);
  if (address !== undefined) {
    return der.implicit(NAME_TAG.address, address);
  }
  if (!DNS_NAME.test(name)) {
    throw new Error(
      `'${name}' cannot stand in a certificate; give a DNS name such as 'git.example.org' or '*.example.org', or an IP address, without scheme and port`,
    );
  }
  return der.implicit(NAME_TAG.dns, Buffer.from(name));
}
