import type { DoctorOptions, DoctorRequest } from '../request';
import { Sight } from '../sight';
import { gitServices } from './git-service';
import type { HostingObservation, HostingSurface } from './observation';
import { page } from './page';
import { ownCredential, placeOf } from './place';
import { restApi } from './rest-api';
import { ssh } from './ssh';
import { readSshAddress, sshAddress } from './ssh-address';

/** What git hosting answers. */
export interface Hosting {
  /** `owner/repo` that fetch and push were asked of; absent when there is none to ask. */
  readonly repository?: string;
  /** Path by path in the order of the request, ssh last. */
  readonly observations: readonly HostingObservation[];
}

/** What is looked at of git hosting, as far as it is known before. */
export interface HostingSubject {
  /** `owner/repo`. @default - a public one */
  readonly repository?: string;
  /** `host:port` an earlier look asked by ssh, for when the API does not tell. @default - port 22 */
  readonly ssh?: string;
}

/**
 * Looks at git hosting on every access path: pages, REST API, git over http, and ssh. Only GETs are sent, without a
 * credential where that shows enough; nothing is changed.
 *
 * @returns undefined when the run was ended before
 */
export async function lookAtHosting(
  request: DoctorRequest,
  options: DoctorOptions,
  subject: HostingSubject = {},
): Promise<Hosting | undefined> {
  const sights: Sight[] = [];
  request.paths.forEach((path) => sights.push(new Sight(path, request, options, sights)));
  try {
    return await looked(sights, subject);
  } catch (error) {
    if (options.signal?.aborted) {
      return undefined;
    }
    throw error;
  } finally {
    sights.forEach((sight) => sight.close());
  }
}

async function looked(sights: readonly Sight[], subject: HostingSubject): Promise<Hosting> {
  const { repository, ssh: told } = await placeOf(sights, subject.repository);
  const known = subject.ssh === undefined ? undefined : readSshAddress(`ssh://${subject.ssh}`);
  const [first] = sights;
  const [ofPaths, banner] = await Promise.all([
    Promise.all(sights.map((sight) => ofPath(sight, repository))),
    first && ssh(first, sshAddress(first, [told, known])),
  ]);
  first?.options.signal?.throwIfAborted();
  return {
    ...(repository !== undefined && { repository }),
    observations: [...ofPaths.flat(), ...(banner ? [banner] : [])],
  };
}

async function ofPath(sight: Sight, repository: string | undefined): Promise<HostingObservation[]> {
  const [ui, login, api, git] = await Promise.all([
    webPage(sight, 'ui', '/'),
    webPage(sight, 'login', '/user/login'),
    restApi(sight),
    repository === undefined ? [] : gitServices(sight, repository, ownCredential(sight)),
  ]);
  return [ui, login, api, ...git];
}

async function webPage(
  sight: Sight,
  surface: HostingSurface,
  url: string,
): Promise<HostingObservation> {
  return {
    ...{ path: sight.path.name, surface, asked: `GET ${url}`, isSignedIn: false },
    ...(await page(sight, url)),
  };
}
