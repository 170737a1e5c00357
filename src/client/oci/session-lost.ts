import { ClientError } from '../error';

/** A session that came to nothing, where another one may do better. */
export class SessionLost extends Error {
  public constructor(
    /** What people read when there is no other. */
    public readonly reason: ClientError,
    /** Value of `Retry-After`. */
    public readonly retryAfter?: string,
  ) {
    super(reason.message, { cause: reason });
    this.name = 'SessionLost';
  }

  /**
   * Waits for an answer.
   *
   * @throws SessionLost when the connection was lost, and nobody knows what the registry has
   */
  public static async whenUncertain<T>(answer: Promise<T>): Promise<T> {
    return answer.catch((error: unknown) => {
      throw error instanceof ClientError && error.facts.isUncertain === true
        ? new SessionLost(error)
        : error;
    });
  }
}
