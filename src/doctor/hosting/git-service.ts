import type { Credential } from '../../client/http/credential';
import { basic } from '../../client/http/credential';
import { isAnswered } from '../ask';
import { askSafely } from '../observe/token-answer';
import type { Sight } from '../sight';
import { answerText, mediaType, unlikeWorking } from './found';
import type { Found, HostingObservation } from './observation';

/** The two services of git over http. */
type Service = 'git-upload-pack' | 'git-receive-pack';

/**
 * What the server tells git before a fetch and before a push (gitprotocol-http, "Smart Clients"). Fetching is tried
 * without a credential first.
 *
 * @param repository `owner/repo`
 * @param credential of the path
 */
export async function gitServices(
  sight: Sight,
  repository: string,
  credential: Credential | undefined,
): Promise<HostingObservation[]> {
  const anonymous = await advertised(sight, repository, 'git-upload-pack');
  const isAskedAgain = anonymous.standing === 'refuses' && credential !== undefined;
  const fetch = isAskedAgain
    ? await advertised(sight, repository, 'git-upload-pack', credential)
    : anonymous;
  // With ENABLE_PUSH_CREATE_USER or _ORG Gitea answers an account for a repository that is not there as if it were.
  const pusher = fetch.standing === 'works' ? credential : undefined;
  const push = await advertised(sight, repository, 'git-receive-pack', pusher);
  const path = sight.path.name;
  return [
    { path, surface: 'fetch', asked: repository, isSignedIn: isAskedAgain, ...fetch },
    { path, surface: 'push', asked: repository, isSignedIn: pusher !== undefined, ...push },
  ];
}

async function advertised(
  sight: Sight,
  repository: string,
  service: Service,
  credential?: Credential,
): Promise<Found> {
  const seen = await askSafely(sight, () => ({
    url: `/${repository}.git/info/refs?service=${service}`,
    surface: 'api',
    ...(credential && { authorize: basic(credential) }),
  }));
  return isAnswered(seen) &&
    seen.status === 200 &&
    mediaType(seen) === `application/x-${service}-advertisement`
    ? { standing: 'works', observed: answerText(seen) }
    : unlikeWorking(seen);
}
