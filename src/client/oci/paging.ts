import { ClientError } from '../error';
import type { HttpResponse } from '../http/message';
import { shownUrl } from '../http/recording';
import { isObject } from './descriptor';

/**
 * Reads a list that comes in pages (OCI distribution spec, "Listing Tags": `Link` with rel=next). Gitea sends the link
 * with each page that has an entry, the last one too, so that an empty page ends the list.
 *
 * @param first URL of the first page
 * @param key name of the list in each page: `tags`
 * @param load gets a page that is a success
 * @throws ClientError REG212 when a page leads to another origin, REG218 when the pages lead in a circle, REG210 when
 * a page is none
 */
export async function* pages(
  first: URL,
  key: string,
  load: (url: URL) => Promise<HttpResponse>,
): AsyncGenerator<string> {
  const circle = new CircleGuard();
  for (let url: URL | undefined = first; url !== undefined;) {
    const answer = await load(url);
    yield* entriesOf(await answer.json(), key, answer);
    url = nextPage(answer.headers.link, url);
    if (url && circle.closes(url.href)) {
      throw new ClientError(
        `the pages of '${shownUrl(first)}' lead in a circle, back to '${shownUrl(url)}': a proxy on the way caches answers`,
        'REG218',
        { method: 'GET', url: shownUrl(url) },
      );
    }
  }
}

function* entriesOf(document: unknown, key: string, answer: HttpResponse): Generator<string> {
  const list = isObject(document) ? document[key] : undefined;
  const isList = Array.isArray(list) && list.every((entry) => typeof entry === 'string');
  // Go encodes a list without elements as null.
  if (!isList && !(isObject(document) && list === null)) {
    throw new ClientError(
      `'${answer.url.host}' answered with something that is no list of ${key}: a proxy may stand in front of the registry`,
      'REG210',
      { method: 'GET', url: shownUrl(answer.url), status: answer.status },
    );
  }
  yield* (list ?? []) as string[];
}

/**
 * The next page a `Link` header names (RFC 8288).
 *
 * @throws ClientError REG212 when it lies on another origin
 */
export function nextPage(link: string | string[] | undefined, from: URL): URL | undefined {
  for (const [, target, parameters] of [link ?? []].flat().join(', ').matchAll(LINK)) {
    if (!IS_NEXT.test(parameters) || !URL.canParse(target, from.href)) {
      continue;
    }
    const next = new URL(target, from);
    if (next.origin !== from.origin) {
      throw new ClientError(
        `'${from.host}' continues its list at '${next.origin}': the registry must be served at one origin`,
        'REG212',
        { method: 'GET', url: shownUrl(from) },
      );
    }
    return next;
  }
  return undefined;
}

const LINK = /<([^<>]*)>((?:\s*;\s*[^\s;,="]+(?:\s*=\s*(?:"[^"]*"|[^\s;,"]*))?)*)/g;
const IS_NEXT = /;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s|"|;|$)/i;

/** Notices that a row of things comes back to one it had, with the memory of one (R. P. Brent). */
class CircleGuard {
  private mark?: string;
  private steps = 0;
  private limit = 1;

  /** Whether the next thing is one the row had, sooner or later. */
  public closes(next: string): boolean {
    if (next === this.mark) {
      return true;
    }
    this.steps += 1;
    if (this.steps === this.limit) {
      this.mark = next;
      this.steps = 0;
      this.limit *= 2;
    }
    return false;
  }
}
