import { bearer } from '../../client/http/credential';
import { isAnswered } from '../ask';
import type { Observation } from '../sight';
import { signedIn } from './signed-in';
import { askSafely } from './token-answer';

/** Whether an account may do something; `unknown` where no answer tells. */
export type Right = 'yes' | 'no' | 'unknown';

/** Name of a session nobody has: those of Gitea are longer. */
const NO_SESSION = 'doctor-probe';

/**
 * Whether the account may write packages of the owner of the link: to ask for an upload session takes that right as
 * everything else about sessions does, and changes nothing (Gitea's routes below `/v2/OWNER/IMAGE/blobs/uploads`).
 */
export const writesPackages: Observation<Right> = async (sight) => {
  const { token } = (await sight.see(signedIn)) ?? {};
  const { link } = sight.request;
  if (token === undefined || link === undefined) {
    return 'unknown';
  }
  const seen = await askSafely(sight, () => ({
    url: `/v2/${encodeURIComponent(link.reference.owner)}/doctor-probe/blobs/uploads/${NO_SESSION}`,
    surface: 'v2',
    authorize: bearer(token.value, sight.path.origin.origin),
  }));
  return (isAnswered(seen) && RIGHTS[seen.reading.id]) || 'unknown';
};

const RIGHTS: { readonly [reading: string]: Right | undefined } = {
  'session-missing': 'yes',
  'package-access': 'no',
};
