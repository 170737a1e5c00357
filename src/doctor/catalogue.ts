import { CLUSTER_PROBES } from './cluster';
import { anonymousToken } from './observe/anonymous-token';
import { handshakes } from './observe/handshakes';
import { health } from './observe/health';
import { version } from './observe/server';
import { v2 } from './observe/v2';
import { wrongBasic } from './observe/wrong-basic';
import type { Probe, Step } from './probe';
import { ACCESS_PROBES } from './probes/access';
import { NAME_PROBES } from './probes/names';
import { PACKAGE_PROBES } from './probes/packages';
import { PUBLISH_PROBES } from './probes/publish';
import { ROUTE_PROBES } from './probes/route';
import { UPLOAD_PROBES } from './probes/upload';
import type { Observation } from './sight';

/** Every probe, along the request path: the first that fails is the cause. */
export const PROBES: readonly Probe[] = [
  ...inCluster('P0'),
  ...NAME_PROBES,
  ...inCluster('P2a'),
  ...ROUTE_PROBES,
  ...ACCESS_PROBES,
  ...UPLOAD_PROBES,
  ...PACKAGE_PROBES,
  ...PUBLISH_PROBES,
  ...inCluster('P12', 'P13', 'P14'),
];

function inCluster(...steps: readonly Step[]): Probe[] {
  return CLUSTER_PROBES.filter(({ step }) => steps.includes(step));
}

/** What is asked before any verdict, on every path: the answers come while names and certificates are looked at. */
export const PREFETCHED: readonly Observation<unknown>[] = [
  handshakes,
  v2,
  health,
  version,
  anonymousToken,
  wrongBasic,
];
