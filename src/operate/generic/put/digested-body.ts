import type { HttpBody } from '../../../client/http/message';
import { bodyOf } from '../../../client/http/message';
import type { Content } from '../digests';
import { Digests } from '../digests';

/** Something to send that is digested on the way. */
export interface DigestedBody extends HttpBody {
  /** What all of it is, once it was read to its end; undefined before. */
  readonly content: Content | undefined;
  /**
   * Reads all of it without sending it.
   *
   * @throws LocalError when it cannot be read; the reason of the signal once it is aborted
   */
  read(signal?: AbortSignal): Promise<Content>;
}

/** A small text to send. */
export function textBody(text: string): DigestedBody {
  const digests = Digests.begin();
  digests.update(Buffer.from(text));
  const content = digests.content();
  return { ...bodyOf(text), content, read: async () => content };
}

/** Takes every piece and keeps none. @throws the reason of the signal once it is aborted */
export async function readThrough(
  bytes: AsyncIterable<Buffer>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const chunk of bytes) {
    void chunk;
    signal?.throwIfAborted();
  }
}
