import { ClientError } from '../error';
import { brokenBody } from '../http/answer';
import type { HttpRequest, HttpResponse } from '../http/message';
import { shownUrl } from '../http/recording';
import { READ_BYTES } from '../refusal';
import { serverText } from '../server-text';
import type { Digest } from './digest';
import { digestOf, isDigest } from './digest';
import type { Manifest } from './manifest';
import { MOST_MANIFEST_BYTES, parseManifest } from './manifest';
import { pageError } from './registry-answer';

/**
 * Reads the manifest of an answer and compares its digest with the one it was asked for by, and with the one the
 * registry names (`Docker-Content-Digest`).
 *
 * @param purpose what it is read for, as the rest of `cannot …`
 * @param wanted the digest it was asked for by. @default - it was asked for by tag
 * @throws ClientError REG217 or REG212 for a page of a sign-in or of the web interface, REG218 when the bytes are not
 * those the registry speaks of, REG471 when they are no manifest, REG210 when they end too early
 */
export async function readManifest(
  answer: HttpResponse,
  request: HttpRequest,
  purpose: string,
  wanted?: Digest,
): Promise<Manifest> {
  const bytes = await readBytes(answer, request);
  const beginning = bytes.subarray(0, READ_BYTES).toString('utf8');
  const page = await pageError(answer, { method: request.method, purpose }, beginning);
  if (page) {
    throw page;
  }
  const named = digestHeader(answer);
  const actual = digestOf(bytes);
  const expected = wanted ?? named;
  if (expected !== undefined && expected !== actual) {
    throw new ClientError(
      `'${answer.url.host}' sent another manifest than ${expected}: its digest is ${actual}; a proxy on the way changes or caches answers`,
      'REG218',
      { method: request.method, url: shownUrl(answer.url), status: answer.status },
    );
  }
  return parseManifest({ mediaType: answer.headers['content-type'] ?? '', bytes });
}

/** The digest an answer names; undefined where it names none, or one of another algorithm. */
export function digestHeader({ headers }: Pick<HttpResponse, 'headers'>): Digest | undefined {
  const value = headers['docker-content-digest'];
  return isDigest(value) ? value : undefined;
}

async function readBytes(answer: HttpResponse, request: HttpRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_MANIFEST_BYTES) {
        break;
      }
    }
  } catch (cause) {
    request.signal?.throwIfAborted();
    throw brokenBody(cause, { request, url: answer.url });
  }
  if (size > MOST_MANIFEST_BYTES) {
    throw new ClientError(
      `'${answer.url.host}' sent a manifest of more than 10 MiB: '${serverText(answer.headers['content-type'] ?? 'no type', 80)}' is probably something else`,
      'REG471',
      { method: request.method, url: shownUrl(answer.url), status: answer.status },
    );
  }
  return Buffer.concat(chunks);
}
