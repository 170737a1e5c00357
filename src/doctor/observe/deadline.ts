/** Something that ends, and shows on the way that it moves. */
export interface Waiting {
  readonly ms: number;
  readonly signal?: AbortSignal;
  /** A number that grows as it moves. @default - it shows nothing */
  readonly progress?: () => number;
  /** Time is up, or the run was ended. */
  readonly giveUp: () => void;
}

/** A wait that goes on because something moved is prolonged so often: 2 times as long again at most. */
const PROLONGATIONS = 2;

/**
 * Gives up after some time. A timer that fires because this program itself was busy for long is no silence of the peer:
 * what has arrived meanwhile is looked at first, and who moves gets more time.
 *
 * @returns ends the wait
 */
export function waitAtMost({ ms, signal, progress = () => 0, giveUp }: Waiting): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const end = (): void => {
    isOver = true;
    clearTimeout(timer);
    signal?.removeEventListener('abort', expire);
  };
  const expire = (): void => {
    end();
    giveUp();
  };
  const watch = (left: number): void => {
    const before = progress();
    const look = (): void => {
      if (isOver) {
        return;
      }
      if (progress() > before && left > 0) {
        watch(left - 1);
      } else {
        expire();
      }
    };
    timer = setTimeout(() => setImmediate(look), ms);
  };
  watch(PROLONGATIONS);
  signal?.addEventListener('abort', expire, { once: true });
  return end;
}
