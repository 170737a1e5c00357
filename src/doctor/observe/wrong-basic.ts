import type { Observation } from '../sight';
import type { TokenAnswer } from './token-answer';
import { askForToken } from './token-answer';

/** No account has it, and it is no secret, so that it may go over an unverified connection. */
const WRONG = `Basic ${Buffer.from('gitea-registry-doctor:no-password').toString('base64')}`;

/** A token for an account there is not: 401 tells that the Authorization header arrived. */
export const wrongBasic: Observation<TokenAnswer> = (sight) =>
  askForToken(sight, () => ({ headers: { Authorization: WRONG } }));
