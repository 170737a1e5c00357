import type { Probe } from '../../probe';
import { certificateStable } from './certificate-stable';
import { certificateTime } from './certificate-time';
import { dnsResolves } from './dns';
import { hostForm } from './host-form';
import { issuerTrusted } from './issuer-trusted';
import { ownCertificate } from './own-certificate';
import { sanCoversHost } from './san-covers-host';
import { speaksTls } from './speaks-tls';
import { tcpConnects } from './tcp';

/** P1 and P2: name, address, port, TLS and certificate. */
export const NAME_PROBES: readonly Probe[] = [
  hostForm,
  dnsResolves,
  tcpConnects,
  speaksTls,
  ownCertificate,
  sanCoversHost,
  issuerTrusted,
  certificateTime,
  certificateStable,
];
