import type { Rule } from '../rule';
import { blobLimit } from './blob-limit';
import { bodyLimit } from './body-limit';
import { cdnBodyCap } from './cdn-body-cap';
import { entrypointReadTimeout } from './entrypoint-read-timeout';
import { imageName } from './image-name';
import { indexShape } from './index-shape';
import { limitsSpareBlobs } from './limits-spare-blobs';
import { nginxProviderLimits } from './nginx-provider-limits';
import { ownerLimits } from './owner-limits';
import { proxyTimeouts } from './proxy-timeouts';

/** Rules on time, size and count limits of uploads, and on the shape of what is pushed, by code. */
export const LIMIT_RULES: readonly Rule[] = [
  entrypointReadTimeout,
  nginxProviderLimits,
  proxyTimeouts,
  bodyLimit,
  cdnBodyCap,
  blobLimit,
  ownerLimits,
  limitsSpareBlobs,
  imageName,
  indexShape,
];
