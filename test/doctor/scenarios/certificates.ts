import type { KeyObject } from 'node:crypto';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { TestCertificate, TestCertificateOptions } from '../../../src/testing';
import { testCertificate } from '../../../src/testing';
import * as der from '../../../src/testing/der';
import { extension, OID, signedCertificate } from '../../../src/testing/x509';

const DAY = 24 * 60 * 60 * 1000;

/** The moment so many days from now. */
export function inDays(days: number): Date {
  return new Date(Date.now() + days * DAY);
}

let first: TestCertificate | undefined;

/** A certificate of the one authority every doctor of the table trusts. */
export function trusted(options: Omit<TestCertificateOptions, 'issuer'>): TestCertificate {
  return testCertificate({ ...options, issuer: authority() });
}

/** That authority, with a certificate nobody asks for. */
export function authority(): TestCertificate {
  return (first ??= testCertificate({ names: ['authority.example.test'] }));
}

/** What Traefik makes at its start and shows for a host whose Secret it cannot find. */
export function traefikDefault(): TestCertificate {
  return signed({
    subject: 'TRAEFIK DEFAULT CERT',
    names: ['0123456789abcdef0123456789abcdef.fedcba9876543210.traefik.default'],
  });
}

/** A certificate under an intermediate authority that the server does not send; `ca` is the root. */
export function withoutIntermediate(name: string): TestCertificate {
  return underIntermediate(name).leaf;
}

/** A certificate and the intermediate authority between it and the root. */
export function withIntermediate(name: string): TestCertificate {
  const { leaf, intermediate } = underIntermediate(name);
  return { ...leaf, cert: leaf.cert + intermediate };
}

function underIntermediate(name: string): { leaf: TestCertificate; intermediate: string } {
  const root = authority();
  const { privateKey, publicKey } = newKeys();
  const intermediate = signedCertificate(
    {
      subject: 'test intermediate',
      issuer: new X509Certificate(root.ca).subject.replace(/^CN=/, ''),
      notBefore: inDays(-1),
      notAfter: inDays(365),
      publicKey,
      extensions: [
        extension(OID.basicConstraints, true, der.sequence(der.boolean(true))),
        extension(OID.keyUsage, true, der.bitString(Buffer.of(0x04), 2)),
      ],
    },
    createPrivateKey(root.caKey),
  );
  const issuer = { ...root, ca: intermediate, caKey: pkcs8(privateKey) };
  const leaf = testCertificate({ names: [name], issuer });
  return { leaf: { ...leaf, ca: root.ca }, intermediate };
}

/** A certificate signed by itself. */
function signed({
  subject,
  names,
}: {
  readonly subject: string;
  readonly names: readonly string[];
}): TestCertificate {
  const { privateKey, publicKey } = newKeys();
  const key = pkcs8(privateKey);
  const cert = signedCertificate(
    {
      subject,
      issuer: subject,
      notBefore: inDays(-1),
      notAfter: inDays(365),
      publicKey,
      extensions: [
        extension(
          OID.subjectAltName,
          false,
          der.sequence(...names.map((name) => der.implicit(2, Buffer.from(name)))),
        ),
      ],
    },
    privateKey,
  );
  return { key, cert, ca: cert, caKey: key };
}

function newKeys(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

function pkcs8(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
