import { bearer } from '../../client/http/credential';
import type { Method } from '../../client/http/message';
import type { Manifest } from '../../client/oci/manifest';
import { MOST_MANIFEST_BYTES, parseManifest } from '../../client/oci/manifest';
import { ACCEPTED_MANIFESTS } from '../../client/oci/media-type';
import { ClientError } from '../../client/error';
import type { Answered, Seen } from '../ask';
import { ask, isAnswered } from '../ask';
import type { Observation, Sight } from '../sight';
import { anonymousToken } from './anonymous-token';
import { signedIn } from './signed-in';

/** Reads what is stored, redirects followed by hand: no credential goes to a store. */
export interface StoredParts {
  readonly head: (repository: string, part: Part) => Promise<Seen>;
  readonly get: (repository: string, part: Part, readBytes?: number) => Promise<Fetched>;
}

/** A manifest by tag or digest, or a blob by digest. */
export interface Part {
  readonly kind: 'manifests' | 'blobs';
  readonly reference: string;
}

/** What a GET gave, and what the store it led to did. */
export interface Fetched {
  /** The answer of the registry. */
  readonly seen: Seen;
  /** Where it led to (`SERVE_DIRECT`). @default - it gave the bytes itself */
  readonly store?: { readonly url: URL; readonly seen: Seen };
}

/** With the token of the credential, else the one for nobody; undefined without either. */
export const storedParts: Observation<StoredParts | undefined> = async (sight) => {
  const token = (await sight.see(signedIn))?.token ?? (await sight.see(anonymousToken)).token;
  if (token === undefined) {
    return undefined;
  }
  const { origin } = sight.path.origin;
  const isNobody = (token.userId ?? 0) < 0;
  const authorize = bearer(token.value, origin);
  const send = (
    method: Method,
    repository: string,
    part: Part,
    readBytes?: number,
  ): Promise<Seen> =>
    ask(sight, {
      url: urlOf(repository, part),
      method,
      surface: 'v2',
      // A token for nobody may go over an unverified connection.
      ...(isNobody ? {} : { authorize }),
      headers: {
        ...(part.kind === 'manifests' && { Accept: ACCEPTED_MANIFESTS }),
        ...(isNobody && { Authorization: `Bearer ${token.value}` }),
      },
      ...(readBytes !== undefined && { readBytes }),
    });
  return {
    head: (repository, part) => send('HEAD', repository, part),
    get: async (repository, part, readBytes) => {
      const seen = await send('GET', repository, part, readBytes);
      const url = isAnswered(seen) ? storeOf(seen, origin) : undefined;
      return url === undefined
        ? { seen }
        : { seen, store: { url, seen: await fromStore(sight, url, readBytes) } };
    },
  };
};

/** The manifest of an answer; undefined when it is none. */
export function manifestIn({ seen, store }: Fetched): Manifest | undefined {
  const answer = store?.seen ?? seen;
  if (!isAnswered(answer) || answer.status !== 200) {
    return undefined;
  }
  try {
    return parseManifest({
      mediaType: answer.headers['content-type'] ?? '',
      bytes: Buffer.from(answer.body),
    });
  } catch (error) {
    if (error instanceof ClientError) {
      return undefined;
    }
    throw error;
  }
}

/** Bytes of a manifest that are read. */
export const MANIFEST_BYTES = MOST_MANIFEST_BYTES;

function urlOf(repository: string, { kind, reference }: Part): string {
  const path = repository.split('/').map(encodeURIComponent).join('/');
  return `/v2/${path}/${kind}/${reference}`;
}

function storeOf(
  { status, headers: { location }, url }: Answered,
  origin: string,
): URL | undefined {
  if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, url.href)) {
    return undefined;
  }
  const target = new URL(location, url);
  const isWeb = target.protocol === 'https:' || target.protocol === 'http:';
  if (!isWeb || target.origin === origin) {
    return undefined;
  }
  target.username = '';
  target.password = '';
  return target;
}

/** The signature stands in the query: nothing else is shown to a store. */
function fromStore(sight: Sight, url: URL, readBytes?: number): Promise<Seen> {
  return ask(sight, {
    url: url.href,
    surface: 'v2',
    ...(readBytes !== undefined && { readBytes }),
  });
}
