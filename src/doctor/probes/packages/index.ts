import type { Probe } from '../../probe';
import { LINK_PROBES } from '../link';
import { apiAnswers } from './api-answers';
import { encodedSlashArrives } from './encoded-slash';
import { linkNameFits } from './link-name';
import { linkRouteThere } from './link-route';
import { releaseSound, releaseSupported } from './release';
import { STORE_PROBES } from './stored';

/** P10 and P11: the REST API, its release, links, and what the store holds. */
export const PACKAGE_PROBES: readonly Probe[] = [
  apiAnswers,
  encodedSlashArrives,
  releaseSupported,
  releaseSound,
  linkRouteThere,
  linkNameFits,
  ...STORE_PROBES,
  ...LINK_PROBES,
];
