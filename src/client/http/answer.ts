import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { ClientError } from '../error';
import { IdleError } from './connection-error';
import type { HttpRequest, HttpResponse } from './message';
import { shownText, shownUrl } from './recording';

/** Enough for every error body; what is longer is a page. */
const TEXT_LIMIT = 64 * 1024;

/** Largest JSON document of any of the protocols: a page of fifty package versions is a hundredth of it. */
const JSON_LIMIT = 16 * 1024 * 1024;

/** How an answer came to be. */
export interface AnswerFacts {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly isEarly: boolean;
  readonly isRepeated: boolean;
  /** Asks once more for what was only read. @default - that is over, or would do harm */
  readonly again?: () => Promise<HttpResponse>;
}

/** The answer of a server, as node:http hands it over. */
export class Answer implements HttpResponse {
  public readonly status: number;
  public readonly headers: IncomingHttpHeaders;
  public readonly rawHeaders: readonly string[];
  public readonly url: URL;
  public readonly isEarly: boolean;
  public readonly isRepeated: boolean;

  public constructor(
    message: IncomingMessage,
    public readonly body: Readable,
    private readonly facts: AnswerFacts,
  ) {
    this.status = message.statusCode!;
    this.headers = message.headers;
    this.rawHeaders = message.rawHeaders;
    this.url = facts.url;
    this.isEarly = facts.isEarly;
    this.isRepeated = facts.isRepeated;
  }

  public async text(limit = TEXT_LIMIT): Promise<string> {
    try {
      return (await this.bytes(limit)).toString('utf8');
    } catch (error) {
      return this.textAgain(limit, error);
    }
  }

  public async json(): Promise<unknown> {
    const text = await this.text(JSON_LIMIT);
    try {
      return JSON.parse(text);
    } catch (cause) {
      const { method } = this.facts.request;
      const what =
        text.length >= JSON_LIMIT
          ? `more than ${JSON_LIMIT / 1024 / 1024} MiB of JSON`
          : `something that is not JSON: '${shownText(text.slice(0, 60))}'; a proxy may stand in front of the API`;
      throw new ClientError(
        `'${this.url.host}' answered ${method} ${shownUrl(this.url.pathname)} with ${what}`,
        'REG210',
        { method, url: shownUrl(this.url), status: this.status },
        { cause },
      );
    }
  }

  public async discard(): Promise<void> {
    await this.bytes(TEXT_LIMIT).catch(() => undefined);
  }

  /** A text that broke off is asked for again; another answer than before would not be what the caller has judged. */
  private async textAgain(limit: number, error: unknown): Promise<string> {
    const answer = error instanceof ClientError ? await this.facts.again?.() : undefined;
    if (answer?.status === this.status) {
      return answer.text(limit);
    }
    await answer?.discard();
    throw error;
  }

  private async bytes(limit: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of this.body as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > limit) {
          // Leaving the loop ends the connection: a page of gigabytes is not worth keeping it.
          break;
        }
      }
    } catch (cause) {
      this.facts.request.signal?.throwIfAborted();
      if (!this.isEarly) {
        throw brokenBody(cause, this.facts);
      }
    }
    return Buffer.concat(chunks).subarray(0, limit);
  }
}

/** The body of an answer ended before its end. A cause that says so already stays as it is. */
export function brokenBody(
  cause: unknown,
  { request, url }: Pick<AnswerFacts, 'request' | 'url'>,
): ClientError {
  if (cause instanceof ClientError) {
    return cause;
  }
  const answer = `answer to ${request.method} ${shownUrl(url.pathname)}`;
  return new ClientError(
    cause instanceof IdleError
      ? `'${url.host}' sent nothing more of its ${answer} for ${cause.idleMs / 1000} s: check the proxies on the way`
      : `'${url.host}' ended its ${answer} before it was complete: a proxy may cut long transfers`,
    'REG210',
    { method: request.method, url: shownUrl(url) },
    { cause },
  );
}
