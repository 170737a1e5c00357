import type { Probe } from '../../probe';
import { ofCluster } from '../of-cluster';
import type * as podsPullModule from './pods-pull';
import type * as pullSecretsModule from './pull-secrets';
import type * as secretSyncModule from './secret-sync';

/** What the text of a failed pull, or the Secrets of its pod, may name. */
const CAUSES =
  'REG114 REG120 REG122 REG123 REG124 REG312 REG323 REG540 REG541 REG542 REG543 REG545 REG723 REG724';

/** Step P12: whether pods can have the images of the registry. */
export const PULL_PROBES: readonly Probe[] = [
  ofCluster(
    'P12',
    'REG561',
    'pods, secrets, serviceaccounts, events',
    (sight) => (require('./pods-pull') as typeof podsPullModule).podsPull(sight),
    CAUSES.split(' '),
  ),
  ofCluster('P12', 'REG545', 'externalsecrets, clusterexternalsecrets', (sight) =>
    (require('./secret-sync') as typeof secretSyncModule).secretSync(sight),
  ),
  ofCluster(
    'P12',
    'REG540',
    'pods, deployments, statefulsets, secrets',
    (sight) => (require('./pull-secrets') as typeof pullSecretsModule).pullSecrets(sight),
    ['REG541', 'REG542', 'REG543'],
  ),
];
