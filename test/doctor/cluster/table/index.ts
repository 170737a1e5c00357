import { CAPACITY } from './capacity';
import { CERTIFICATES } from './certificates';
import { DRIFT } from './drift';
import { INVENTORY } from './inventory';
import { PULLS } from './pulls';
import type { ClusterScenario } from './scenario';

/** Broken clusters, along the steps of the catalogue. */
export const BROKEN_CLUSTERS: readonly ClusterScenario[] = [
  ...INVENTORY,
  ...CERTIFICATES,
  ...PULLS,
  ...DRIFT,
  ...CAPACITY,
];
