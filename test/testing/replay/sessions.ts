import { headerOf } from '../raw-request';
import type { RawAnswer } from '../raw-request';
import type { Contents } from './contents';
import type { RecordedLine } from './recorded-line';

const FILLER = '.';

/** The upload sessions of a recording: their ids, and the bytes its requests must have carried. */
export class Sessions {
  readonly #lines: readonly RecordedLine[];
  readonly #contents: Contents;
  /** Our id by the recorded one. */
  readonly #ours = new Map<string, string>();
  /** Bytes a session has, by recorded id. */
  readonly #received = new Map<string, number>();

  public constructor(lines: readonly RecordedLine[], contents: Contents) {
    this.#lines = lines;
    this.#contents = contents;
  }

  /** Body of a request to a session. */
  public bodyFor(line: RecordedLine): Buffer | string | undefined {
    const id = sessionOf(line.request.path);
    const { method } = line.request;
    if (id === undefined || (method !== 'PATCH' && method !== 'PUT')) return undefined;
    const received = this.#received.get(id) ?? 0;
    const whole = this.#wholeOf(id);
    if (method === 'PUT') {
      return line.request.path.includes(digestOfWhole(this.#finish(id)))
        ? whole?.subarray(received)
        : '';
    }
    const [, last] = /^0-([0-9]+)$/.exec(line.response.headers.Range ?? '') ?? [];
    // A refused chunk is of one byte.
    const length = last === undefined ? 1 : Number(last) + 1 - received;
    const chunk = whole?.subarray(received, received + length) ?? Buffer.alloc(length, FILLER);
    if (last !== undefined) this.#received.set(id, received + length);
    return chunk;
  }

  /** Takes note of the id a session got. */
  public answered(line: RecordedLine, answer: RawAnswer): void {
    const recorded = line.response.headers['Docker-Upload-Uuid'];
    if (recorded !== undefined && !this.#ours.has(recorded)) {
      this.#ours.set(recorded, headerOf(answer, 'Docker-Upload-Uuid'));
    }
  }

  /** Our ids for recorded ones. */
  public toOurs(text: string): string {
    const id = sessionOf(text);
    const ours = id && this.#ours.get(id);
    return ours === undefined || id === undefined ? text : text.replace(id, ours);
  }

  /** Recorded ids for ours. */
  public toRecorded(text: string): string {
    return [...this.#ours].reduce(
      (result, [recorded, ours]) => result.replace(ours, recorded),
      text,
    );
  }

  /** The bytes a session ends with; absent when it never does. */
  #wholeOf(id: string): Buffer | undefined {
    const finish = this.#finish(id);
    if (finish === undefined) return undefined;
    return this.#contents.of(digestOfWhole(finish));
  }

  /** The request that ends a session with the right digest. */
  #finish(id: string): RecordedLine | undefined {
    return this.#lines.find(
      ({ request, response }) =>
        request.method === 'PUT' && sessionOf(request.path) === id && response.status !== 400,
    );
  }
}

function sessionOf(path: string): string | undefined {
  return /\/blobs\/uploads\/([a-z0-9]{25})/.exec(path)?.[1];
}

function digestOfWhole(line: RecordedLine | undefined): string {
  return /digest=(sha256:[0-9a-f]{64})/.exec(line?.request.path ?? '')?.[1] ?? 'none';
}
