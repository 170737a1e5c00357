import { isSignInRequired, nameOf, server, version } from '../observe/server';
import type { Sight } from '../sight';
import { unlikeWorking } from './found';
import type { HostingObservation } from './observation';
import { ownCredential } from './place';

/** Product and version, as `GET /api/v1/version` tells. */
export async function restApi(sight: Sight): Promise<HostingObservation> {
  const { seen, server: known } = await sight.see(server);
  // The version is asked for again with a credential only where nobody else is answered.
  const isSignedIn =
    ownCredential(sight) !== undefined && isSignInRequired(await sight.see(version));
  const path = sight.path.name;
  return {
    ...{ path, surface: 'api', asked: 'GET /api/v1/version', isSignedIn },
    ...(known ? { standing: 'works', observed: nameOf(known) } : unlikeWorking(seen)),
  };
}
