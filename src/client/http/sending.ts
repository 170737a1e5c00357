import type { ClientRequest } from 'node:http';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream';
import type { HttpRequest } from './message';

/** Bodies from here on are announced, so that a refusal costs no upload; curl does the same. */
const ANNOUNCED_FROM = 1024 * 1024;

/** RFC 9110 §10.1.1: a client does not wait for ever for `100 Continue`; curl waits a second too. */
const CONTINUE_MS = 1000;

/** The source of a body failed; the connection did not. */
export class BodySourceError extends Error {
  public constructor(cause: unknown) {
    super('the body cannot be read', { cause });
  }
}

/** Whether a request asks before it sends its body. */
export function isAnnounced({ body, expectContinue }: HttpRequest): boolean {
  return body !== undefined && (expectContinue ?? (body.length ?? Infinity) >= ANNOUNCED_FROM);
}

/** Sends the body of one attempt. */
export class Sending {
  private source?: Readable;
  private waiting?: NodeJS.Timeout;
  private isStopped = false;
  private hasEnded = false;
  private sent = 0;

  public constructor(
    private readonly client: ClientRequest,
    private readonly request: HttpRequest,
  ) {}

  /** Whether the body's stream was asked for. */
  public get isOpened(): boolean {
    return this.source !== undefined;
  }

  /** Whether this side is the one that is silent: it waits to begin, or for its source. */
  public get isHolding(): boolean {
    const isHungry = !this.client.writableEnded && this.client.writableLength === 0;
    return !this.isStopped && (this.isOpened ? isHungry : this.waiting !== undefined);
  }

  /** Whether every byte is out, though the source may still have to close. */
  public get isComplete(): boolean {
    return (
      this.client.writableFinished ||
      (this.sent === this.request.body?.length && this.client.writableLength === 0)
    );
  }

  /** Sends the head, and the body with it unless it is announced. */
  public start(): void {
    if (!this.request.body) {
      this.client.end();
    } else if (isAnnounced(this.request)) {
      this.client.once('continue', () => this.send());
      this.client.flushHeaders();
    } else {
      this.send();
    }
  }

  /** The connection stands. A slow handshake says nothing about the server: the wait for its word begins here. */
  public connected(): void {
    if (isAnnounced(this.request) && !this.isOpened && !this.isStopped) {
      this.waiting = setTimeout(() => this.send(), CONTINUE_MS);
    }
  }

  /** Sends nothing more. */
  public stop(): void {
    this.isStopped = true;
    clearTimeout(this.waiting);
    this.source?.unpipe(this.client);
    this.source?.destroy();
  }

  private send(): void {
    clearTimeout(this.waiting);
    if (this.isStopped || this.isOpened) {
      return;
    }
    try {
      this.source = this.request.body!.open();
    } catch (cause) {
      this.fail(cause);
      return;
    }
    this.source.on('data', (chunk: Buffer | string) => this.count(Buffer.byteLength(chunk)));
    this.source.once('end', () => this.sourceEnded());
    finished(this.source, { writable: false }, (cause) => cause && this.fail(cause));
    this.source.pipe(this.client, { end: false });
  }

  /** A byte too many would be read as the beginning of the next request on this connection. */
  private count(bytes: number): void {
    this.sent += bytes;
    const { length = Infinity } = this.request.body!;
    if (this.sent > length) {
      this.fail(new Error(`the body has more than the ${length} bytes it was announced with`));
    }
  }

  private sourceEnded(): void {
    const { length = this.sent } = this.request.body!;
    if (this.sent < length) {
      this.fail(new Error(`the body ended after ${this.sent} of ${length} bytes`));
    } else if (!this.isStopped) {
      this.hasEnded = true;
      this.client.end();
    }
  }

  private fail(cause: unknown): void {
    if (!this.isStopped && !this.hasEnded) {
      this.stop();
      this.client.destroy(new BodySourceError(cause));
    }
  }
}
