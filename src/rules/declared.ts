import { anonymousPull } from './access/anonymous-pull';
import { blobLimit } from './limits/blob-limit';
import { limitsSpareBlobs } from './limits/limits-spare-blobs';
import { ownerLimits } from './limits/owner-limits';
import { linkName } from './links/link-name';
import { linkRoute } from './links/link-route';
import { nodeTrustsIssuer } from './names/node-trusts-issuer';
import { v2NoRedirect } from './routes/v2-no-redirect';
import type { Rule } from './rule';
import { storageHeadroom } from './storage/storage-headroom';
import { chartImagePair } from './values/chart-image-pair';
import { versionNotBroken } from './values/version-not-broken';
import { versionSupported } from './values/version-supported';

/**
 * The rules a declaration can break by itself, before anything is rendered, by code. Where no manifest is seen only
 * these have something to say (a test proves it), and they alone run for a registry nobody else touches.
 */
export const DECLARED_RULES: readonly Rule[] = [
  nodeTrustsIssuer,
  v2NoRedirect,
  anonymousPull,
  blobLimit,
  ownerLimits,
  limitsSpareBlobs,
  chartImagePair,
  versionSupported,
  versionNotBroken,
  storageHeadroom,
  linkRoute,
  linkName,
];

/** What judging declarations needs; the package bundles this file apart, a quarter of all rules. */
export { Estate } from './estate';
export { describeFinding } from './finding';
export { judge } from './judge';
export { asManifest } from './manifest';
export { suppress } from './suppression';
