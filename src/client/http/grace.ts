/** A signal that follows another one later, so that what was begun can end well. */
export interface Grace {
  readonly signal: AbortSignal;
  /** Stops following. */
  end(): void;
}

/**
 * A signal that is aborted so many milliseconds after another one, with its reason.
 *
 * @param ms milliseconds
 */
export function graceAfter(signal: AbortSignal, ms: number): Grace {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const follow = (): void => {
    timer = setTimeout(() => controller.abort(signal.reason), ms);
  };
  signal.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    end: () => {
      signal.removeEventListener('abort', follow);
      clearTimeout(timer);
    },
  };
}
