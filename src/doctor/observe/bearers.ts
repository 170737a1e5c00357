import { bearer } from '../../client/http/credential';
import type { Seen } from '../ask';
import { ask } from '../ask';
import type { Observation } from '../sight';
import { signedIn } from './signed-in';

/** Enough to meet each of two replicas nearly always. */
const TIMES = 5;

/** `GET /v2/` with the token of the credential, five at once; none without a token. */
export const bearers: Observation<readonly Seen[]> = async (sight) => {
  const { token } = (await sight.see(signedIn)) ?? {};
  if (token === undefined) {
    return [];
  }
  const authorize = bearer(token.value, sight.path.origin.origin);
  return Promise.all(
    Array.from({ length: TIMES }, () => ask(sight, { url: '/v2/', surface: 'v2', authorize })),
  );
};
