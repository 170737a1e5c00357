import { canReadRepository } from '../access-rights';
import { apiJson } from '../answers';
import type { FakeAnswer } from '../exchange';
import type { ApiCall } from './call';
import { repositoryDocument } from './documents';
import { pageOf } from './paging';
import type { ApiRoute } from './routes';

/** `GET /repos/search`, as far as names and owners go. */
export const REPOSITORY_SEARCH: ApiRoute = {
  method: 'GET',
  path: '/repos/search',
  scope: 'repository',
  answer: search,
};

/** Repositories by a part of the name (`q`) and by owner (`uid` with `exclusive`), in alphabetical order. */
function search({ forge, identity, request }: ApiCall): FakeAnswer {
  const part = (request.query.get('q') ?? '').toLowerCase();
  const uid = Number(request.query.get('uid') ?? 0);
  const found = forge.state.repositories
    .filter(
      (repository) =>
        repository.name.toLowerCase().includes(part) &&
        (uid === 0 || repository.ownerId === uid) &&
        canReadRepository(forge, identity, repository),
    )
    .sort((left, right) => (left.name.toLowerCase() < right.name.toLowerCase() ? -1 : 1));
  const { items, headers } = pageOf(forge, request, found);
  const data = items.map((repository) => repositoryDocument(forge, repository, identity));
  return apiJson(200, { ok: true, data }, headers);
}
