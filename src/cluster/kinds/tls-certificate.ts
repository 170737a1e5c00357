import { X509Certificate } from 'node:crypto';

/** What is public in the certificate of a TLS Secret. */
export interface TlsCertificate {
  /** DNS names it is for (subjectAltName). */
  readonly dnsNames: readonly string[];
  /** ISO 8601 times. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Distinguished name of who signed it, on one line. */
  readonly issuer: string;
}

/** Reads the first certificate of `tls.crt`; undefined when it is none. */
export function readTlsCertificate(pem: string): TlsCertificate | undefined {
  try {
    const certificate = new X509Certificate(pem);
    return {
      dnsNames: dnsNames(certificate.subjectAltName ?? ''),
      notBefore: new Date(certificate.validFrom).toISOString(),
      notAfter: new Date(certificate.validTo).toISOString(),
      issuer: certificate.issuer.replace(/\s*\n\s*/g, ', '),
    };
  } catch {
    return undefined;
  }
}

function dnsNames(subjectAltName: string): string[] {
  return subjectAltName
    .split(', ')
    .filter((name) => name.startsWith('DNS:'))
    .map((name) => name.slice('DNS:'.length));
}
