import type { Check } from '../check';
import { ACCESS_CHECKS } from './access';
import { CAPACITY_CHECKS } from './capacity';
import { CLUSTER_CHECKS } from './cluster';
import { CONNECTION_CHECKS } from './connection';
import { DRIFT_CHECKS } from './drift';
import { HOSTING_CHECKS } from './hosting';
import { PACKAGE_CHECKS } from './packages';
import { PULL_CHECKS } from './pulls';
import { ROUTE_CHECKS } from './routes';
import { UPLOAD_CHECKS } from './uploads';

/** What only a live server shows: no rule can find it in manifests, and messages of the command speak of it. */
export const LIVE_CHECKS: readonly Check[] = [
  ...CONNECTION_CHECKS,
  ...ROUTE_CHECKS,
  ...ACCESS_CHECKS,
  ...UPLOAD_CHECKS,
  ...PACKAGE_CHECKS,
  ...HOSTING_CHECKS,
  ...CLUSTER_CHECKS,
  ...PULL_CHECKS,
  ...DRIFT_CHECKS,
  ...CAPACITY_CHECKS,
];
