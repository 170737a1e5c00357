import type { Probe } from '../../probe';
import { accountUsable } from './account-usable';
import { actionsToken } from './actions-token';
import { anonymousAccess } from './anonymous-access';
import { authorizationPasses } from './authorization-passes';
import { bearerAccepted } from './bearer-accepted';
import { credentialAccepted } from './credential-accepted';
import { leastPrivilege } from './least-privilege';
import { privateOwners } from './private-owners';
import { publicOwners } from './public-owners';
import { pullerReads } from './puller-reads';
import { tokenCannotMint, tokenNotPassword } from './token-kind';
import { tokenScope } from './token-scope';

/** Who may come in, and to what: steps P6 to P8, and what P11 asks of owners and accounts. */
export const ACCESS_PROBES: readonly Probe[] = [
  // Of two probes with one code, others wait for the first.
  anonymousAccess,
  authorizationPasses,
  credentialAccepted,
  tokenNotPassword,
  tokenScope,
  actionsToken,
  bearerAccepted,
  leastPrivilege,
  tokenCannotMint,
  privateOwners,
  publicOwners,
  accountUsable,
  pullerReads,
];
