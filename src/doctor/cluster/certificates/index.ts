import type { Probe } from '../../probe';
import { byRule, ofCluster } from '../of-cluster';
import type * as certificateExplicit from './certificate-explicit';
import type * as certificateReady from './certificate-ready';

const ISSUERS = ['clusterissuers', 'issuers', 'certificates'] as const;

/** Step P2a: from the Certificate to the challenge. What its configuration forbids comes before that it failed. */
export const P2A: readonly Probe[] = [
  byRule('P2a', {
    code: 'REG550',
    reads: ['certificates', 'ingresses'],
    holds: 'each TLS secret has one producer',
  }),
  ofCluster('P2a', 'REG551', 'certificates, ingresses, gateways', (sight) =>
    (require('./certificate-explicit') as typeof certificateExplicit).certificateExplicit(sight),
  ),
  byRule('P2a', { code: 'REG553', reads: ISSUERS }),
  byRule('P2a', { code: 'REG554', reads: [...ISSUERS, 'deployments'] }),
  byRule('P2a', { code: 'REG555', reads: [...ISSUERS, 'deployments'] }),
  byRule('P2a', { code: 'REG556', reads: [...ISSUERS, 'deployments'] }),
  ofCluster(
    'P2a',
    'REG552',
    'certificates, certificaterequests, orders, challenges, issuers',
    (sight) => (require('./certificate-ready') as typeof certificateReady).certificateReady(sight),
    ['REG557'],
  ),
];
