/** How looks are repeated. */
export interface Waiting<T> {
  /** Milliseconds after which no further look begins. */
  readonly waitMs: number;
  /** Whether a look shows what is waited for. */
  readonly isDone: (seen: T) => boolean;
  /** Told of each look after which another follows, and the milliseconds until then. */
  readonly onPause: (seen: T, ms: number) => void;
  /** Ends looks and pauses. */
  readonly signal: AbortSignal;
  /** Milliseconds since any point. */
  readonly now: () => number;
  /** Ends early, without an error, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The last complete look, or the first one; and whether the time ran out before what is waited for came. */
export interface Waited<T> {
  readonly last: T;
  readonly ranOut: boolean;
}

const FIRST_PAUSE_MS = 1000;

const LONGEST_PAUSE_MS = 15_000;

/** Looks until what is waited for is seen or the time is over, with pauses that double. The last look is at the end. */
export async function lookUntil<T>(
  look: () => Promise<T>,
  { waitMs, isDone, onPause, signal, now, sleep }: Waiting<T>,
): Promise<Waited<T>> {
  const end = now() + waitMs;
  let last = await look();
  for (let pause = FIRST_PAUSE_MS; !isDone(last); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const left = Math.min(pause, end - now());
    if (left <= 0 || signal.aborted) {
      return { last, ranOut: true };
    }
    onPause(last, left);
    await sleep(left, signal);
    const next = signal.aborted ? undefined : await look();
    // A look that was cut off tells less than the one before.
    if (next === undefined || signal.aborted) {
      return { last, ranOut: true };
    }
    last = next;
  }
  return { last, ranOut: false };
}
