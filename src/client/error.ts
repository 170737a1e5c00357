/** What is known of the exchange that failed. */
export interface ErrorFacts {
  readonly method?: string;
  /** Without credentials. */
  readonly url?: string;
  /** HTTP status of the answer, when there was one. */
  readonly status?: number;
  /** Who gave the answer, as far as it tells: `gitea`, `traefik`, `nginx`, … */
  readonly responder?: string;
  /** Nobody knows whether the server did what it was asked: the connection was lost before its answer. */
  readonly isUncertain?: boolean;
}

/**
 * A request that did not do what it should, in words for people: what was observed, what is expected, what to do next.
 * The message ends with the code of the check that is broken, such as `(REG312)`.
 */
export class ClientError extends Error {
  public constructor(
    message: string,
    /** Code of the catalogue (`docs/checks.md`). */
    public readonly code: string,
    public readonly facts: ErrorFacts = {},
    options?: ErrorOptions,
  ) {
    super(`${message} (${code})`, options);
    this.name = 'ClientError';
  }
}
