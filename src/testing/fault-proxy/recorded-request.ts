import { Transform } from 'node:stream';
import type { ClientHead } from './passed-on';

/** A request that arrived at the proxy. */
export interface RecordedRequest extends ClientHead {
  /** Bytes of the body that arrived until now, chunk framing not counted. */
  readonly bodyBytes: number;
}

/** A record that counts: the request's body passes through it. */
export class RequestRecorder extends Transform {
  private bytes = 0;
  public readonly record: RecordedRequest;

  public constructor(head: ClientHead) {
    super();
    const count = (): number => this.bytes;
    this.record = {
      ...head,
      get bodyBytes() {
        return count();
      },
    };
  }

  public override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: null, chunk: Buffer) => void,
  ): void {
    this.bytes += chunk.length;
    done(null, chunk);
  }
}
