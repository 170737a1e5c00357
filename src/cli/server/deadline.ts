import { CommandError, EXIT } from '../exit';

/** Ends a run that takes too long. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer?: NodeJS.Timeout;

  /** @param ms milliseconds from now on; undefined: no end */
  public constructor(ms: number | undefined) {
    if (ms !== undefined) {
      const reason = new CommandError(`no end within --timeout ${ms / 1000}s`, EXIT.NO_TARGET);
      this.#timer = setTimeout(() => this.#controller.abort(reason), ms);
    }
  }

  public get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The run ended in time. */
  public clear(): void {
    clearTimeout(this.#timer);
  }
}
