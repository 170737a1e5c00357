import { Readable } from 'node:stream';
import { ClientError } from '../../client/error';
import type { HttpResponse } from '../../client/http/message';
import type { Observation, Sight } from '../sight';
import { uploadRepository } from './upload-repository';
import { pause } from './pause';
import type { NoSession, RefusedAnswer, WaitingSession } from './upload-session';
import { inUploadSession, refusedAnswer } from './upload-session';

const MIB = 1024 * 1024;

/** Just above what CDNs take on common plans, and above every layer. */
const SIZES = [101 * MIB, 5 * 1024 * MIB];

/** Somebody behind the one who says "continue" may still refuse: that takes a round trip. */
const GRACE_MS = 1000;

/** What an announced body met. */
export type Announced =
  | { readonly kind: 'let-in' }
  | ({ readonly kind: 'refused' } & RefusedAnswer)
  /** The connection ended. */
  | { readonly kind: 'lost'; readonly error: ClientError };

/** One size, in bytes, and what became of it. */
export type BodyTrial = { readonly bytes: number } & (
  Announced | { readonly kind: 'no-session'; readonly instead: NoSession }
);

/**
 * Uploads that are announced and never sent (`Expect: 100-continue`, RFC 9110 §10.1.1), of 101 MiB and, when that is
 * let in, of 5 GiB: who limits bodies says so by their `Content-Length`.
 */
export const bodyLimit: Observation<readonly BodyTrial[]> = async (sight) => {
  const trials: BodyTrial[] = [];
  for (const bytes of SIZES) {
    const attempt = await inUploadSession(sight, uploadRepository(sight)!, (session) =>
      announce(sight, session, bytes),
    );
    if (attempt.kind !== 'opened') {
      return [...trials, { bytes, kind: 'no-session', instead: attempt }];
    }
    trials.push({ bytes, ...attempt.value });
    if (attempt.value.kind !== 'let-in') {
      break;
    }
  }
  return trials;
};

async function announce(sight: Sight, session: WaitingSession, bytes: number): Promise<Announced> {
  const { signal } = sight.options;
  const enough = new AbortController();
  const over = new AbortController();
  const body = {
    length: bytes,
    open: () => {
      pause(sight, GRACE_MS, over.signal).then(
        () => enough.abort(),
        () => undefined,
      );
      return new Readable({ read: () => undefined });
    },
  };
  let answer: HttpResponse;
  try {
    answer = await session.patch(body, {
      expectContinue: true,
      idleMs: sight.requestMs,
      signal: signal ? AbortSignal.any([signal, enough.signal]) : enough.signal,
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (enough.signal.aborted) {
      return { kind: 'let-in' };
    }
    if (error instanceof ClientError) {
      return { kind: 'lost', error };
    }
    throw error;
  } finally {
    over.abort();
  }
  if (answer.status < 400) {
    await answer.discard();
    return { kind: 'let-in' };
  }
  return { kind: 'refused', ...(await refusedAnswer(answer, 'PATCH')) };
}
