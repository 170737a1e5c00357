import { anonymousToken } from './observe/anonymous-token';
import { handshakes } from './observe/handshakes';
import { health } from './observe/health';
import { version } from './observe/server';
import { v2 } from './observe/v2';
import { wrongBasic } from './observe/wrong-basic';
import type { Probe } from './probe';
import { ACCESS_PROBES } from './probes/access';
import { NAME_PROBES } from './probes/names';
import { PACKAGE_PROBES } from './probes/packages';
import { PUBLISH_PROBES } from './probes/publish';
import { ROUTE_PROBES } from './probes/route';
import { UPLOAD_PROBES } from './probes/upload';
import type { Observation } from './sight';

/** Every probe, along the request path: the first that fails is the cause. */
export const PROBES: readonly Probe[] = [
  ...NAME_PROBES,
  ...ROUTE_PROBES,
  ...ACCESS_PROBES,
  ...UPLOAD_PROBES,
  ...PACKAGE_PROBES,
  ...PUBLISH_PROBES,
];

/** What is asked before any verdict, on every path: the answers come while names and certificates are looked at. */
export const PREFETCHED: readonly Observation<unknown>[] = [
  handshakes,
  v2,
  health,
  version,
  anonymousToken,
  wrongBasic,
];
