import { isPage } from '../../client/server-text';
import { bearer } from '../../client/http/credential';
import type { RegistryToken } from '../../client/oci/registry-token';
import type { Question, Seen } from '../ask';
import { ask, isAnswered } from '../ask';
import type { Observation, Sight } from '../sight';
import { anonymousToken } from './anonymous-token';
import type { ImageSubject } from './image-subjects';
import { imageSubjects, MOST_SUBJECTS } from './image-subjects';
import { pullSignedIn, signedIn } from './signed-in';

/** An image and what its reader was told. */
export interface TagRead extends ImageSubject {
  readonly seen: Seen;
  readonly verdict: ReadVerdict;
}

/**
 * `readable`: the image, or any image of the owner; `closed`: no right; `public-only`: the token sees public owners
 * only; `no-owner`: nobody has the name now; `unclear`: anything else, or no answer.
 */
export type ReadVerdict = 'readable' | 'closed' | 'public-only' | 'no-owner' | 'unclear';

/** Lists of tags as nobody reads them; none where nobody gets a token. */
export const anonymousReads: Observation<readonly TagRead[]> = async (sight) => {
  const { token } = await sight.see(anonymousToken);
  // It is nobody's, and may go over an unverified connection.
  return reads(sight, token, ({ value }) => ({ headers: { Authorization: `Bearer ${value}` } }));
};

/** Lists of tags as the credential of the path reads them; none without a token. */
export const credentialReads: Observation<readonly TagRead[]> = async (sight) =>
  reads(sight, (await sight.see(signedIn))?.token, signed(sight));

/** Lists of tags as the pull credential reads them; none without a token. */
export const pullReads: Observation<readonly TagRead[]> = async (sight) =>
  reads(sight, (await sight.see(pullSignedIn))?.token, signed(sight));

type Showing = (token: RegistryToken) => Pick<Question, 'headers' | 'authorize'>;

function signed({ path }: Sight): Showing {
  return ({ value }) => ({ authorize: bearer(value, path.origin.origin) });
}

async function reads(
  sight: Sight,
  token: RegistryToken | undefined,
  show: Showing,
): Promise<readonly TagRead[]> {
  const subjects = token ? imageSubjects(sight.request).slice(0, MOST_SUBJECTS) : [];
  return Promise.all(
    subjects.map(async (subject) => {
      const path = subject.repository.split('/').map(encodeURIComponent).join('/');
      const seen = await ask(sight, {
        url: `/v2/${path}/tags/list?n=1`,
        surface: 'v2',
        ...show(token!),
      });
      return { ...subject, seen, verdict: verdictOf(seen) };
    }),
  );
}

/** What the row of the fingerprint table says of reading. */
const VERDICTS: { readonly [reading: string]: ReadVerdict | undefined } = {
  'image-missing': 'readable',
  'package-access': 'closed',
  'no-credential-seen': 'closed',
  'public-only-v2': 'public-only',
  'owner-unknown': 'no-owner',
  'owner-renamed': 'no-owner',
};

function verdictOf(seen: Seen): ReadVerdict {
  if (!isAnswered(seen)) {
    return 'unclear';
  }
  const { status, body, headers, reading } = seen;
  if (status === 200) {
    return isPage(body, headers['content-type']) ? 'unclear' : 'readable';
  }
  return VERDICTS[reading.id] ?? 'unclear';
}
