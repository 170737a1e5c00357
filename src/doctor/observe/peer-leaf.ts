import type { DetailedPeerCertificate, PeerCertificate } from 'node:tls';
import { checkServerIdentity } from 'node:tls';

/** The certificate a peer shows, as far as reports speak of it. */
export interface PeerLeaf {
  /** Common name of the subject; empty when there is none. */
  readonly subject: string;
  /** Common name, else organization, of the issuer. */
  readonly issuer: string;
  /** DNS names and addresses of the SAN extension, as written. */
  readonly names: readonly string[];
  /** Whether it is one of the host of the path (RFC 6125). */
  readonly coversHost: boolean;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  /** Milliseconds since 1970. */
  readonly notAfter: number;
  /** SHA-256 of the certificate, `AB:CD:…`. */
  readonly fingerprint: string;
  /** Whether it was issued by itself. */
  readonly isSelfIssued: boolean;
  /** Whether it tells where its issuer's certificate is found (RFC 5280 §4.2.2.1), as those of public authorities do. */
  readonly namesIssuerUrl: boolean;
  /** Number of certificates of the chain that were read: those sent, and what the trusted ones add. */
  readonly chainLength: number;
}

/** Longer than any honest chain. */
const MOST_ISSUERS = 10;

/** One name of `subjectaltname`, quoted by Node where it holds a comma or a quote. */
const NAME = /(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g;

/** Reads a certificate; undefined when the peer showed none. */
export function peerLeaf(
  certificate: PeerCertificate | DetailedPeerCertificate,
  host: string,
): PeerLeaf | undefined {
  if (!certificate.raw) {
    return undefined;
  }
  const { subject, issuer, subjectaltname = '', infoAccess } = certificate;
  return {
    subject: first(subject?.CN),
    issuer: first(issuer?.CN) || first(issuer?.O),
    names: Array.from(subjectaltname.matchAll(NAME), ([, name]) => name),
    coversHost: checkServerIdentity(host, certificate) === undefined,
    notBefore: Date.parse(certificate.valid_from),
    notAfter: Date.parse(certificate.valid_to),
    fingerprint: certificate.fingerprint256,
    isSelfIssued: JSON.stringify(subject) === JSON.stringify(issuer),
    namesIssuerUrl: infoAccess?.['CA Issuers - URI'] !== undefined,
    chainLength: lengthOf(certificate),
  };
}

function lengthOf(leaf: PeerCertificate | DetailedPeerCertificate): number {
  let length = 1;
  if (!('issuerCertificate' in leaf)) {
    return length;
  }
  for (
    let { fingerprint256, issuerCertificate: next } = leaf;
    next && next.fingerprint256 !== fingerprint256 && length < MOST_ISSUERS;
    { fingerprint256, issuerCertificate: next } = next
  ) {
    length++;
  }
  return length;
}

/** A name may hold several values of a kind. */
function first(value: string | readonly string[] | undefined): string {
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}
