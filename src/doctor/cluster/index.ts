/** What the doctor looks at in the cluster of the registry, in the order of the catalogue's steps. */
import type { Probe } from '../probe';
import { CAPACITY_PROBES } from './capacity';
import { P2A } from './certificates';
import { DRIFT_PROBES } from './drift';
import { P0 } from './inventory';
import { PULL_PROBES } from './pulls';

/** Every probe of the cluster: the first that fails is the cause. */
export const CLUSTER_PROBES: readonly Probe[] = [
  ...P0,
  ...P2A,
  ...PULL_PROBES,
  ...DRIFT_PROBES,
  ...CAPACITY_PROBES,
];
