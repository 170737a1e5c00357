import { ClientError } from '../../client/error';
import { readToken } from '../../client/oci/registry-token';
import type { RegistryToken } from '../../client/oci/registry-token';
import type { Answered, Question, Seen } from '../ask';
import { ask, isAnswered } from '../ask';
import type { Sight } from '../sight';
import { tokenUrl } from './token-url';

/** What came of asking for a token. The token, and the body it stood in, are never shown. */
export interface TokenAnswer {
  readonly seen: Seen;
  /** @default - none was given */
  readonly token?: RegistryToken;
}

/** A JWT with every scope there is, and room. */
const READ_BYTES = 16 * 1024;

/** Asks for a token as docker does: `GET`, once. */
export async function askForToken(
  sight: Sight,
  how: (url: URL) => Pick<Question, 'headers' | 'authorize'>,
): Promise<TokenAnswer> {
  const url = await sight.see(tokenUrl);
  const seen = await askSafely(sight, () => ({
    url: url.href,
    surface: 'v2',
    readBytes: READ_BYTES,
    ...how(url),
  }));
  const token = isAnswered(seen) && seen.status === 200 ? await tokenIn(seen, sight) : undefined;
  return { seen, ...(token && { token }) };
}

/** As {@link ask}; a credential that no header can carry is silence with its reason. */
export async function askSafely(sight: Sight, question: () => Question): Promise<Seen> {
  try {
    return await ask(sight, question());
  } catch (error) {
    if (error instanceof ClientError) {
      return { error };
    }
    throw error;
  }
}

async function tokenIn(
  { url, status, body }: Answered,
  { options }: Sight,
): Promise<RegistryToken | undefined> {
  try {
    return await readToken({ url, status, json: async () => parsed(body) }, options.now?.());
  } catch (error) {
    if (error instanceof ClientError) {
      return undefined;
    }
    throw error;
  }
}

/** A page is no document; what reads it says so. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
