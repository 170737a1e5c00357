import { basic } from '../../client/http/credential';
import type { Seen } from '../ask';
import { ask } from '../ask';
import type { Observation } from '../sight';
import { lookedAtOwners } from './looked-at-owners';
import { belongs } from './signed-in';
import { askSafely } from './token-answer';

/** Answers to paths with `%2F` in them. */
export interface EncodedSlashes {
  /** The versions of an image nobody has, as nobody asks for them. */
  readonly list: Seen;
  /** An npm package nobody has. */
  readonly npm: Seen;
  /** The first question with the credential. @default - there is none for this path */
  readonly signedList?: Seen;
}

/** Stands for an owner where none is known: what refuses the path does so whoever it is. */
const NOBODY = 'doctor-probe';

/** Paths with `%2F`, by way of the API and of the packages themselves. */
export const encodedSlashes: Observation<EncodedSlashes> = async (sight) => {
  const { credential } = sight.path;
  const owner = lookedAtOwners(sight.request)[0] ?? credential?.user ?? NOBODY;
  const list = {
    url: `/api/v1/packages/${encodeURIComponent(owner)}/container/a%2Fb`,
    surface: 'api',
  } as const;
  const npm = `/api/packages/${encodeURIComponent(owner)}/npm/@doctor%2fprobe`;
  const [anonymous, other, signed] = await Promise.all([
    ask(sight, list),
    ask(sight, { url: npm, surface: 'generic' }),
    credential && belongs(credential, sight)
      ? askSafely(sight, () => ({ ...list, authorize: basic(credential) }))
      : undefined,
  ]);
  return { list: anonymous, npm: other, ...(signed && { signedList: signed }) };
};
