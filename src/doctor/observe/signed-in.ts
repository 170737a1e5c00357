import type { Credential } from '../../client/http/credential';
import { basic } from '../../client/http/credential';
import type { Observation, Sight } from '../sight';
import type { TokenAnswer } from './token-answer';
import { askForToken } from './token-answer';

/** A token with the credential of the path; undefined without one. */
export const signedIn: Observation<TokenAnswer | undefined> = async (sight) =>
  signIn(sight, sight.path.credential);

/** A token with the pull credential; undefined without one, and on another path than the one it belongs to. */
export const pullSignedIn: Observation<TokenAnswer | undefined> = async (sight) =>
  signIn(sight, sight.request.pullCredential);

/** The realm that gets it was looked at by `tokenUrl`: the credential is made to fit its origin. */
async function signIn(
  sight: Sight,
  credential: Credential | undefined,
): Promise<TokenAnswer | undefined> {
  return credential && belongs(credential, sight)
    ? askForToken(sight, ({ origin }) => ({ authorize: basic({ ...credential, origin }) }))
    : undefined;
}

/** Whether a credential belongs to the origin of a path. */
export function belongs({ origin }: Credential, { path }: Sight): boolean {
  return new URL(origin).origin === path.origin.origin;
}
