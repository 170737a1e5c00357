import { ClientError } from '../../client/error';
import type { Credential } from '../../client/http/credential';
import type { RegistryTarget } from '../../client/target';
import type { Sight } from '../sight';

/** What a client told, or why it did not. */
export type Told<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly error: ClientError; readonly value?: undefined };

/** Challenge, token, question and one more: each may take as long as one request. */
const MOST_REQUESTS = 4;

/**
 * Asks by way of a client, for as long as a few requests may take.
 *
 * @param credential undefined: as nobody
 * @throws the reason of the run's signal
 */
export async function told<T>(
  sight: Sight,
  credential: Credential | undefined,
  use: (target: RegistryTarget) => Promise<T>,
): Promise<Told<T>> {
  const { origin } = sight.path;
  const { signal, allowedRealms } = sight.options;
  const deadline = AbortSignal.timeout(sight.requestMs * MOST_REQUESTS);
  try {
    const value = await use({
      origin,
      transport: sight.transport(),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      ...(credential && { credential }),
      ...(allowedRealms && { allowedRealms }),
    });
    return { value };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ClientError) {
      return { error };
    }
    if (deadline.aborted) {
      return { error: new ClientError(`'${origin.host}' did not answer in time`, 'REG210') };
    }
    throw error;
  }
}
