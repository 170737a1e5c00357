import type { Check } from '../check';
import { ACCESS_CHECKS } from './access';
import { CONNECTION_CHECKS } from './connection';
import { PACKAGE_CHECKS } from './packages';
import { ROUTE_CHECKS } from './routes';

/** What only a live server shows: no rule can find it in manifests, and messages of the command speak of it. */
export const LIVE_CHECKS: readonly Check[] = [
  ...CONNECTION_CHECKS,
  ...ROUTE_CHECKS,
  ...ACCESS_CHECKS,
  ...PACKAGE_CHECKS,
];
