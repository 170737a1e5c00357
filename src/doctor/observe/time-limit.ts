import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { ClientError } from '../../client/error';
import type { Observation, Sight } from '../sight';
import { uploadRepository } from './upload-repository';
import { pause } from './pause';
import type { NoSession, RefusedAnswer, WaitingSession } from './upload-session';
import { inUploadSession, refusedAnswer } from './upload-session';

/** Milliseconds between two bytes: less than any proxy waits for the next one. */
const PACE_MS = 5000;

/** How long the upload takes: longer than the 60 s that most timeouts have unless set. */
export const TRICKLE_MS = 75_000;

/** Milliseconds between two lines of progress. */
const TELL_MS = 15_000;

/** Milliseconds the registry has for its answer once it has all bytes. */
const ANSWER_MS = 30_000;

/** How an upload that takes its time ended. */
export type Trickled = { readonly afterMs: number } & (
  | { readonly kind: 'taken' }
  | ({ readonly kind: 'refused' } & RefusedAnswer)
  /** The connection ended. */
  | { readonly kind: 'lost'; readonly error: ClientError }
);

/**
 * An upload of one byte every 5 s, for 75 s. Random bytes, and never more than this one request: a session that was cut
 * is dead (Gitea writes its file and its row apart).
 */
export const timeLimit: Observation<Trickled | NoSession> = async (sight) => {
  const attempt = await inUploadSession(sight, uploadRepository(sight)!, (session) =>
    trickle(sight, session),
  );
  return attempt.kind === 'opened' ? attempt.value : attempt;
};

async function trickle(sight: Sight, session: WaitingSession): Promise<Trickled> {
  const { now = Date.now, signal } = sight.options;
  let began = now();
  const body = {
    length: TRICKLE_MS / PACE_MS + 1,
    open: () => {
      began = now();
      return new TrickledBytes(sight, TRICKLE_MS / PACE_MS + 1);
    },
  };
  try {
    const answer = await session.patch(body, {
      expectContinue: false,
      idleMs: ANSWER_MS,
      ...(signal && { signal }),
    });
    const afterMs = now() - began;
    if (answer.status < 300) {
      await answer.discard();
      return { kind: 'taken', afterMs };
    }
    return { kind: 'refused', afterMs, ...(await refusedAnswer(answer, 'PATCH')) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ClientError) {
      return { kind: 'lost', afterMs: now() - began, error };
    }
    throw error;
  }
}

/** Random bytes, one at a time. */
class TrickledBytes extends Readable {
  private readonly ended = new AbortController();
  private sent = 0;

  public constructor(
    private readonly sight: Sight,
    private readonly count: number,
  ) {
    super({ highWaterMark: 1 });
  }

  public override _read(): void {
    const due = this.sent === 0 ? Promise.resolve() : this.nextIsDue();
    due.then(
      () => this.give(),
      // Destroyed: nobody reads any more.
      () => undefined,
    );
  }

  public override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.ended.abort();
    done(error);
  }

  private async nextIsDue(): Promise<void> {
    await pause(this.sight, PACE_MS, this.ended.signal);
    const passed = this.sent * PACE_MS;
    if (passed % TELL_MS === 0) {
      this.sight.options.progress?.(
        `${this.sight.path.name}: an upload of ${TRICKLE_MS / 1000} s is under way, ${passed / 1000} s passed`,
      );
    }
  }

  private give(): void {
    this.sent += 1;
    this.push(randomBytes(1));
    if (this.sent === this.count) {
      this.push(null);
    }
  }
}
