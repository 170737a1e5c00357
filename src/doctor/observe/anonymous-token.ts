import type { Observation } from '../sight';
import type { TokenAnswer } from './token-answer';
import { askForToken } from './token-answer';

/** A token without a credential: Gitea gives one for nobody, or 401 where sign-in is required. */
export const anonymousToken: Observation<TokenAnswer> = (sight) => askForToken(sight, () => ({}));
