import { testCertificate } from '../../../src/testing';
import { inDays, trusted, withoutIntermediate } from '../../doctor/scenarios/certificates';
import { HOST } from '../../doctor/scenarios/world';
import { behindNothing, behindTraefik } from './front';
import type { RealScenario } from './scenario';

const elsewhere = () => trusted({ names: ['www.example.test'] });

/** Step P2: the certificate Traefik shows. */
export const NAMES: readonly RealScenario[] = [
  behindNothing('the public port leads straight to Gitea, which speaks http', 'REG120'),
  behindTraefik('Traefik shows its default certificate', 'REG121', { certificate: () => 'none' }),
  behindTraefik('Traefik has a certificate for another name only', 'REG121', {
    certificate: elsewhere,
  }),
  behindTraefik('the default certificate of Traefik is set, and for another name', 'REG122', {
    certificate: elsewhere,
    isDefaultCertificate: true,
  }),
  behindTraefik('the certificate is of an authority nobody trusts', 'REG123', {
    certificate: () => testCertificate({ names: [HOST] }),
  }),
  behindTraefik('the intermediate certificate is not sent', 'REG123', {
    certificate: () => withoutIntermediate(HOST),
  }),
  behindTraefik('the certificate ends in two days', 'REG124', {
    certificate: () => trusted({ names: [HOST], notAfter: inDays(2) }),
  }),
  behindTraefik('the certificate has ended', 'REG124', {
    certificate: () => trusted({ names: [HOST], notAfter: inDays(-1), notBefore: inDays(-30) }),
  }),
];
