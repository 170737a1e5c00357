/** Exit codes of every command, in every output format. */
export const EXIT = {
  FINE: 0,
  /** A check failed. */
  FAILED: 1,
  /** Wrong usage or configuration; nothing was done. */
  USAGE: 2,
  /** The target could not be evaluated. */
  NO_TARGET: 3,
  /** Ctrl-C. */
  INTERRUPTED: 130,
} as const;

/** Ends a command with a message for people and an exit code. */
export class CommandError extends Error {
  public constructor(
    message: string,
    /** One of {@link EXIT}. */
    public readonly exitCode: number = EXIT.USAGE,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CommandError';
  }
}
