import type { Probe } from '../../probe';
import { cacheInFront, cdnInFront } from './edge-headers';
import { edgeReachesGitea } from './edge-reaches-gitea';
import { oneOwner } from './one-owner';
import { realmHost } from './realm-host';
import { realmPath } from './realm-path';
import { realmScheme } from './realm-scheme';
import { rootUrl } from './root-url';
import { v2Answers } from './v2-answers';

/** P3 to P5: who answers for the host, for `/v2`, and where the token realm leads. */
export const ROUTE_PROBES: readonly Probe[] = [
  edgeReachesGitea,
  oneOwner,
  v2Answers,
  cdnInFront,
  cacheInFront,
  realmScheme,
  realmHost,
  realmPath,
  rootUrl,
];
