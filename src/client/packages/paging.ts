import { ClientError } from '../error';

/** Entries of a page: `[api] MAX_RESPONSE_ITEMS` unless set lower. */
export const PAGE_SIZE = 50;

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Entries of all pages. @default - the server does not say */
  readonly total?: number;
}

/**
 * Walks the pages of a list by number. The `Link` header is not followed: Gitea builds it on ROOT_URL, which may be
 * another host. Holds two pages at a time: the next one is asked for while one is read.
 *
 * @param load gives a page, from 1; its signal is aborted when nobody wants the rest
 * @param outer ends everything
 * @throws ClientError REG910 when the server gives a page twice
 */
export async function* paged<T extends { readonly id: number }>(
  load: (page: number, signal: AbortSignal) => Promise<Page<T>>,
  outer?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController();
  const signal = outer === undefined ? stop.signal : AbortSignal.any([outer, stop.signal]);
  try {
    let next: Promise<Page<T>> | undefined = load(1, signal);
    let before: ReadonlySet<number> = new Set();
    let seen = 0;
    let fullPage = 1;
    for (let page = 1; next !== undefined; page++) {
      const current: Page<T> = await next;
      const { items, total } = current;
      next = undefined;
      seen += items.length;
      fullPage = Math.max(fullPage, items.length);
      // Without a total only a short page tells; a limit below 50 makes every page short.
      const isLast = total === undefined ? items.length < fullPage : seen >= total;
      // What was pushed meanwhile moves entries to the next page.
      const fresh = items.filter(({ id }) => !before.has(id));
      if (items.length > 0 && fresh.length === 0) {
        throw repeatedPage(page);
      }
      before = new Set(items.map(({ id }) => id));
      for (const item of fresh) {
        yield item;
        // Not before: whoever wants one entry only costs one request.
        next ??= isLast ? undefined : started(load(page + 1, signal));
      }
    }
  } finally {
    stop.abort();
  }
}

/** A promise somebody may never wait for. */
function started<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function repeatedPage(page: number): ClientError {
  return new ClientError(
    `the server gives page ${page} of a list the same entries as the page before: something on the way drops the query or keeps answers; ask Gitea itself with --registry`,
    'REG910',
  );
}
