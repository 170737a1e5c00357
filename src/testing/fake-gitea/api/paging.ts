import type { FakeHeader, FakeRequest } from '../exchange';
import type { Forge } from '../forge';
import { rootUrlOf } from '../forge';

/** A page of a list and its headers. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly headers: readonly FakeHeader[];
}

/** Cuts the page a request asks for; `Link` is built on ROOT_URL (section 4.1 of the reference). */
export function pageOf<Item>(forge: Forge, request: FakeRequest, all: readonly Item[]): Page<Item> {
  const { defaultPaging, maxResponseItems } = forge.settings;
  const page = positive(request.query.get('page')) ?? 1;
  const size = Math.min(positive(request.query.get('limit')) ?? defaultPaging, maxResponseItems);
  const links = linksOf(page, Math.ceil(all.length / size));
  const link = links.map(([rel, number]) => {
    const query = new URLSearchParams(request.query);
    query.set('page', String(number));
    query.sort();
    return `<${rootUrlOf(forge).replace(/\/$/, '')}${request.path}?${query.toString()}>; rel="${rel}"`;
  });
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: [
      ['Access-Control-Expose-Headers', link.length > 0 ? 'Link, X-Total-Count' : 'X-Total-Count'],
      ...(link.length > 0 ? [['Link', link.join(',')] as const] : []),
      ['X-Total-Count', String(all.length)],
    ],
  };
}

function linksOf(page: number, last: number): readonly (readonly [rel: string, page: number])[] {
  const links: [string, number][] = [];
  if (page < last) links.push(['next', page + 1], ['last', last]);
  // A page behind the end has the links of the last one.
  if (page > 1 && last > 1) links.push(['first', 1], ['prev', Math.min(page, last) - 1]);
  return links;
}

function positive(text: string | null): number | undefined {
  const number = Number(text);
  return text !== null && Number.isInteger(number) && number > 0 ? number : undefined;
}
