import { Readable } from 'node:stream';
import { ClientError } from '../error';
import type { HttpBody } from '../http/message';
import type { OpenUpload } from './open-upload';
import { SessionLost } from './session-lost';

/** A part of a blob, in memory. */
interface Chunk {
  readonly pieces: readonly Buffer[];
  /** Bytes. */
  readonly length: number;
}

/** What sending in chunks asks its caller. */
export interface ChunkOptions {
  /** Gets the bytes that went out, of the whole blob. */
  readonly onSent?: (bytes: number) => void;
  /** Waits before a chunk is sent again; false when that has no end, as {@link Transport.waitAfter}. */
  readonly mayGoOn: (attempt: number, retryAfter: string | undefined) => Promise<boolean>;
}

/**
 * Fills a session chunk by chunk. A chunk that was cut on the way is sent again where the registry says that it holds
 * all before it and nothing of it; Gitea refuses even that, and then the session is lost.
 *
 * @param bytes the blob
 * @param size bytes of a chunk; one is in memory at a time
 * @throws SessionLost when another session may do better, else ClientError as {@link refusal}
 */
export async function sendChunks(
  upload: OpenUpload,
  bytes: Readable,
  size: number,
  { onSent, mayGoOn }: ChunkOptions,
): Promise<void> {
  let start = 0;
  for await (const chunk of chunksOf(bytes, size)) {
    for (let attempt = 1; ; attempt++) {
      const lost = await sendChunk(upload, chunk, start, onSent).catch((error: unknown) => {
        // What a session says after a cut only means that it is broken.
        throw attempt > 1 && error instanceof ClientError ? new SessionLost(error) : error;
      });
      if (lost === undefined) {
        break;
      }
      if (!(await mayGoOn(attempt, lost.retryAfter))) {
        throw lost;
      }
      const received = await upload.received();
      if (received === start + chunk.length) {
        break;
      }
      // An empty session has several ways to say so.
      if (received !== start && !(start === 0 && received === undefined)) {
        throw lost;
      }
    }
    start += chunk.length;
  }
}

/** Sends one chunk; gives what was lost, where the chunk may be sent again. */
async function sendChunk(
  upload: OpenUpload,
  { pieces, length }: Chunk,
  start: number,
  onSent?: (bytes: number) => void,
): Promise<SessionLost | undefined> {
  const source: HttpBody = {
    length,
    open: () => Readable.from(pieces, { objectMode: false }),
    isReplayable: true,
  };
  let sent = start;
  const see = (piece: Buffer): void => onSent?.((sent += piece.length));
  try {
    await upload.send(source, see, `${start}-${start + length - 1}`);
    return undefined;
  } catch (error) {
    if (error instanceof SessionLost) {
      return error;
    }
    throw error;
  }
}

/** Parts bytes into chunks of a size; the last may be shorter. */
export async function* chunksOf(bytes: Readable, size: number): AsyncGenerator<Chunk> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const read of bytes as AsyncIterable<Buffer>) {
    for (let rest = read; rest.length > 0;) {
      const piece = rest.subarray(0, size - length);
      rest = rest.subarray(piece.length);
      pieces.push(piece);
      length += piece.length;
      if (length === size) {
        yield { pieces, length };
        pieces = [];
        length = 0;
      }
    }
  }
  if (length > 0) {
    yield { pieces, length };
  }
}
