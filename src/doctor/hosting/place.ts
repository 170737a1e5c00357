import type { Credential } from '../../client/http/credential';
import { basic } from '../../client/http/credential';
import type { Seen } from '../ask';
import { isAnswered } from '../ask';
import { askSafely } from '../observe/token-answer';
import { belongs } from '../observe/signed-in';
import type { Sight } from '../sight';
import { isRepository } from './repository';
import type { SshAddress } from './ssh-address';
import { readSshAddress } from './ssh-address';

/** Where git goes. */
export interface Place {
  /** `owner/repo`. @default - none is known */
  readonly repository?: string;
  /** Where it is cloned from by ssh. @default - the API told none */
  readonly ssh?: SshAddress;
}

/** The document of one repository. */
const READ_BYTES = 64 * 1024;

/**
 * The repository that is looked at, and its address for ssh, as the first path tells whose API answers.
 *
 * @param given `owner/repo`. @default - any public one
 */
export async function placeOf(sights: readonly Sight[], given?: string): Promise<Place> {
  for (const sight of sights) {
    const told = placeIn(await asked(sight, given));
    if (told !== undefined) {
      return { ...told, ...(given !== undefined && { repository: given }) };
    }
  }
  return given === undefined ? {} : { repository: given };
}

/** The credential of a path, when it belongs to its origin. */
export function ownCredential(sight: Sight): Credential | undefined {
  const { credential } = sight.path;
  return credential && belongs(credential, sight) ? credential : undefined;
}

/** Without a credential first; with it where that shows nothing. */
async function asked(sight: Sight, given: string | undefined): Promise<Seen> {
  const url = given === undefined ? '/api/v1/repos/search?limit=1' : `/api/v1/repos/${given}`;
  const anonymous = await read(sight, url);
  const credential = ownCredential(sight);
  return placeIn(anonymous) === undefined && credential !== undefined
    ? read(sight, given === undefined ? `${url}&is_private=false` : url, credential)
    : anonymous;
}

function read(sight: Sight, url: string, credential?: Credential): Promise<Seen> {
  return askSafely(sight, () => ({
    url,
    surface: 'api',
    readBytes: READ_BYTES,
    ...(credential && { authorize: basic(credential) }),
  }));
}

/** The repository of an answer, or the first of a list; undefined for anything else. */
function placeIn(seen: Seen): Place | undefined {
  if (!isAnswered(seen) || seen.status !== 200) {
    return undefined;
  }
  try {
    const document = JSON.parse(seen.body) as { readonly data?: readonly unknown[] };
    const found = document.data === undefined ? document : document.data[0];
    const { full_name: repository, ssh_url: sshUrl } = found as {
      readonly full_name?: unknown;
      readonly ssh_url?: unknown;
    };
    if (typeof repository !== 'string' || !isRepository(repository)) {
      return undefined;
    }
    const address = typeof sshUrl === 'string' ? readSshAddress(sshUrl) : undefined;
    return { repository, ...(address && { ssh: address }) };
  } catch {
    return undefined;
  }
}
