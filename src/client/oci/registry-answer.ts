import { ClientError } from '../error';
import type { HttpResponse, Method } from '../http/message';
import { shownUrl } from '../http/recording';
import { readRefusal, refusal } from '../refusal';
import { isPage } from '../server-text';
import type { RegistryTarget } from '../target';

/** What a request was for. */
export interface Purpose {
  readonly method: Method;
  /** The rest of `cannot …`: `read blob sha256:… of 'owner/image'`. */
  readonly purpose: string;
}

/**
 * Whether a 404 says that the thing is not there, and not that something on the way, or no owner, was found: only a
 * registry names its version or answers with a document of errors (OCI distribution spec, "Error Codes").
 */
export function isAbsent({ status, headers }: HttpResponse): boolean {
  return (
    status === 404 &&
    (headers['docker-distribution-api-version'] !== undefined ||
      /^application\/json\b/i.test(headers['content-type'] ?? ''))
  );
}

/**
 * Throws unless an answer has one of the statuses.
 *
 * @throws ClientError REG712 when a store refuses to which the registry redirects, else as {@link refusal}
 */
export async function expectStatus(
  answer: HttpResponse,
  statuses: readonly number[],
  { method, purpose }: Purpose,
  { origin }: RegistryTarget,
): Promise<void> {
  if (statuses.includes(answer.status)) {
    return;
  }
  if (answer.url.origin !== origin.origin) {
    await answer.discard();
    throw storeRefuses(answer, { method, purpose }, origin);
  }
  throw await refusal(answer, { method, purpose, surface: 'v2' });
}

/**
 * Throws unless an answer is a success and no page for browsers, which a sign-in in front gives with 200.
 *
 * @throws ClientError as {@link expectStatus}
 */
export async function expectDocument(
  answer: HttpResponse,
  asked: Purpose,
  target: RegistryTarget,
): Promise<void> {
  await expectStatus(answer, [200], asked, target);
  if (isPage('', answer.headers['content-type'])) {
    throw await refusal(answer, { ...asked, surface: 'v2' });
  }
}

/**
 * The error for a page that came where a JSON document belongs; undefined for what may be one, whatever its
 * `Content-Type` says.
 *
 * @param text the first 2 KiB of the body
 */
export async function pageError(
  answer: HttpResponse,
  asked: Purpose,
  text: string,
): Promise<ClientError | undefined> {
  if (text.trimStart().startsWith('{') || !isPage(text, answer.headers['content-type'])) {
    return undefined;
  }
  return (await readRefusal(answer, { ...asked, surface: 'v2' }, text)).error;
}

/** An object store that clients cannot reach (Gitea `SERVE_DIRECT`). */
export function storeUnreachable(cause: ClientError, purpose: string, origin: URL): ClientError {
  return new ClientError(
    `cannot ${purpose}: '${origin.host}' redirects to its object store, and ${cause.message}; set SERVE_DIRECT to false, or make the store reachable for clients`,
    'REG712',
    cause.facts,
    { cause },
  );
}

function storeRefuses({ url, status }: HttpResponse, { method, purpose }: Purpose, origin: URL) {
  return new ClientError(
    `cannot ${purpose}: '${origin.host}' redirects to '${url.host}', which answers ${status}; set SERVE_DIRECT to false, or mend the object store`,
    'REG712',
    { method, url: shownUrl(url), status },
  );
}
