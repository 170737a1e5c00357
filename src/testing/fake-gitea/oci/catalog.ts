import { canSeeOwner } from '../access-rights';
import { registryJson } from '../answers';
import type { Identity } from '../authentication';
import type { FakeAnswer, FakeHeader } from '../exchange';
import type { Forge } from '../forge';
import { ownerById } from '../forge';
import { visibleVersions } from '../package-store';
import { limitOf } from './tags';

const MOST = 100;

/** `GET /v2/_catalog?n=&last=`: images with a version, of owners the caller may see; `Link` on a full page. */
export function listCatalog(forge: Forge, identity: Identity, query: URLSearchParams): FakeAnswer {
  const limit = Math.min(limitOf(query.get('n')) ?? MOST, MOST);
  const last = query.get('last') ?? '';
  const repositories = forge.state.packages
    .filter(
      (each) =>
        each.type === 'container' &&
        visibleVersions(each).length > 0 &&
        canSeeOwner(identity, ownerById(forge, each.ownerId)),
    )
    .map((each) => `${ownerById(forge, each.ownerId).name}/${each.name}`.toLowerCase())
    .filter((name) => name > last)
    .sort()
    .slice(0, limit);
  const isFull = repositories.length === limit && limit > 0;
  return registryJson(200, { repositories }, isFull ? [nextPage(repositories, limit)] : []);
}

function nextPage(repositories: readonly string[], limit: number): FakeHeader {
  const query = new URLSearchParams({ last: repositories.at(-1)!, n: String(limit) });
  return ['Link', `</v2/_catalog?${query.toString()}>; rel="next"`];
}
