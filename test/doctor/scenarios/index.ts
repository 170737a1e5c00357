import { ACCESS } from './access';
import { HOSTILE } from './hostile';
import { LINKS } from './links';
import { NAMES } from './names';
import { PACKAGES } from './packages';
import { PUBLISH } from './publish';
import { REALM } from './realm';
import { ROUTE } from './route';
import type { Scenario } from './scenario';
import { UPLOAD } from './upload';

/** Every broken set-up, along the request path. */
export const BROKEN: readonly Scenario[] = [
  ...NAMES,
  ...ROUTE,
  ...HOSTILE,
  ...REALM,
  ...ACCESS,
  ...UPLOAD,
  ...PUBLISH,
  ...PACKAGES,
  ...LINKS,
];

export { HEALTHY } from './healthy';
export type { HealthyScenario, Scenario, SetUp } from './scenario';
