import { ClientError } from './error';

/** A deletion that must not hit something else the second time. */
export interface Deletion {
  /** Sends it once. */
  readonly send: () => Promise<'deleted' | 'absent'>;
  /** Whether the thing is gone. */
  readonly isGone: () => Promise<boolean>;
}

/**
 * Deletes, and looks before it deletes again where the answer was lost: a name may have been taken anew meanwhile. What
 * is gone then counts as deleted.
 *
 * @throws the error of the first attempt when it is certain, else of the second; `isUncertain` tells
 */
export async function deleteOnce({ send, isGone }: Deletion): Promise<'deleted' | 'absent'> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof ClientError && error.facts.isUncertain)) {
      throw error;
    }
  }
  if (await isGone()) {
    return 'deleted';
  }
  await send();
  return 'deleted';
}
