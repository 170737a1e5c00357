import { basic } from '../../client/http/credential';
import type { Seen } from '../ask';
import { isAnswered } from '../ask';
import type { Observation } from '../sight';
import { belongs } from './signed-in';
import { askSafely } from './token-answer';

/** What the API says of the account behind the credential of a path. */
export interface AccountSeen {
  readonly seen: Seen;
  /** Number of the account; -2 is the job of an Actions run. @default - the answer has none */
  readonly id?: number;
  /** Whether it is a site administrator. @default - the answer does not tell */
  readonly isAdmin?: boolean;
}

/** A user document with a long description. */
const READ_BYTES = 16 * 1024;

/** `GET /api/v1/user` with the credential of the path, which takes `read:user`; undefined without one. */
export const account: Observation<AccountSeen | undefined> = async (sight) => {
  const { credential } = sight.path;
  if (credential === undefined || !belongs(credential, sight)) {
    return undefined;
  }
  const seen = await askSafely(sight, () => ({
    url: '/api/v1/user',
    surface: 'api',
    readBytes: READ_BYTES,
    authorize: basic(credential),
  }));
  return { seen, ...(isAnswered(seen) && seen.status === 200 && factsIn(seen.body)) };
};

function factsIn(body: string): Pick<AccountSeen, 'id' | 'isAdmin'> {
  try {
    const { id, is_admin: isAdmin } = JSON.parse(body) as { id?: unknown; is_admin?: unknown };
    return {
      ...(typeof id === 'number' && { id }),
      ...(typeof isAdmin === 'boolean' && { isAdmin }),
    };
  } catch {
    return {};
  }
}
