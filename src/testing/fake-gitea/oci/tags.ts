import { registryError, registryJson } from '../answers';
import type { FakeAnswer, FakeHeader } from '../exchange';
import type { Forge } from '../forge';
import { visibleVersions } from '../package-store';
import { imagePackage, imagePath, isDigest } from './image';
import type { ImageScope } from './image';

/** `GET …/tags/list?n=&last=`: `Link` whenever a tag is returned, even on the last page. */
export function listTags(forge: Forge, scope: ImageScope, query: URLSearchParams): FakeAnswer {
  const image = imagePackage(forge, scope);
  if (image === undefined) return registryError(404, 'NAME_UNKNOWN');
  const limit = limitOf(query.get('n'));
  const last = query.get('last')?.toLowerCase() ?? '';
  const all = visibleVersions(image)
    .map(({ version }) => version)
    .filter((version) => !isDigest(version) && version > last)
    .sort();
  const tags = limit === undefined ? all : all.slice(0, limit);
  const name = `${scope.owner.name.toLowerCase()}/${scope.image}`;
  return registryJson(200, { name, tags }, tags.length === 0 ? [] : [nextPage(scope, tags, limit)]);
}

/** `n` as a number; absent means all. */
export function limitOf(text: string | null): number | undefined {
  return text !== null && /^[0-9]+$/.test(text) ? Number(text) : undefined;
}

function nextPage(
  scope: ImageScope,
  tags: readonly string[],
  limit: number | undefined,
): FakeHeader {
  const query = new URLSearchParams({ last: tags.at(-1)! });
  if (limit !== undefined && limit > 0) query.set('n', String(limit));
  return ['Link', `<${imagePath(scope)}/tags/list?${query.toString()}>; rel="next"`];
}
