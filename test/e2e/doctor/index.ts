import { ACCESS } from './access';
import { HEALTHY } from './healthy';
import { NAMES } from './names';
import { PACKAGES } from './packages';
import { REALM } from './realm';
import { ROUTE } from './route';
import type { RealScenario } from './scenario';
import { UPLOAD } from './upload';

/** Every set-up of real servers, along the request path, the healthy ones last. */
export const SCENARIOS: readonly RealScenario[] = [
  ...NAMES,
  ...ROUTE,
  ...REALM,
  ...ACCESS,
  ...UPLOAD,
  ...PACKAGES,
  ...HEALTHY,
];
