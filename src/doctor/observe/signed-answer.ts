import { basic } from '../../client/http/credential';
import type { Question, Seen } from '../ask';
import type { Sight } from '../sight';
import { belongs } from './signed-in';
import { askSafely } from './token-answer';

/** Asks the API with the credential of the path; undefined where it has none. @param path below `/api/v1` */
export async function signedAnswer(
  sight: Sight,
  path: string,
  { readBytes }: Pick<Question, 'readBytes'>,
): Promise<Seen | undefined> {
  const { credential } = sight.path;
  return credential && belongs(credential, sight)
    ? askSafely(sight, () => ({
        url: `/api/v1${path}`,
        surface: 'api',
        authorize: basic(credential),
        ...(readBytes !== undefined && { readBytes }),
      }))
    : undefined;
}
