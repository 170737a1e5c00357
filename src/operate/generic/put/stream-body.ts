import { Readable } from 'node:stream';
import type { DigestedBody } from './digested-body';
import { readThrough } from './digested-body';
import type { Content } from '../digests';
import { Digests } from '../digests';

/** Standard input as something to send: of unknown length, digested while it passes, and only once. */
export class StreamBody implements DigestedBody {
  public readonly isReplayable = false;
  private passed?: Content;

  public constructor(
    private readonly source: Readable,
    private readonly onRead: (at: number) => void = () => undefined,
  ) {}

  public get content(): Content | undefined {
    return this.passed;
  }

  public open(): Readable {
    return Readable.from(this.bytes(), { objectMode: false });
  }

  public async read(signal?: AbortSignal): Promise<Content> {
    await readThrough(this.bytes(), signal);
    return this.passed!;
  }

  private async *bytes(): AsyncGenerator<Buffer, void, undefined> {
    const digests = Digests.begin();
    let at = 0;
    for await (const chunk of this.source as AsyncIterable<Buffer | string>) {
      const bytes = Buffer.from(chunk);
      digests.update(bytes);
      at += bytes.length;
      this.onRead(at);
      yield bytes;
    }
    this.passed = digests.content();
  }
}
