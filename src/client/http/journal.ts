import type { Outcome } from './exchange';
import { KnownSecrets } from './known-secrets';
import type { Exchange, Recorder } from './recording';
import { isSecretHeader, shownHeader, shownText, shownUrl } from './recording';

/** An attempt as it begins. */
export interface Begun {
  readonly method: string;
  readonly url: URL;
  /** From 1. */
  readonly attempt: number;
  readonly headers: { readonly [name: string]: string };
}

/** Takes down how the attempt ended. */
export interface Entry {
  ended(outcome: Outcome): void;
  /** It was aborted, or its body could not be read. */
  failed(reason: unknown): void;
}

/** What a transport did, told to its recorder without anything secret. */
export class Journal {
  private readonly secrets = new KnownSecrets();

  public constructor(private readonly record: Recorder | undefined) {}

  /** @param now milliseconds since 1970 */
  public begin({ method, url, attempt, headers }: Begun, now: () => number): Entry {
    this.learn(headers);
    const began = now();
    const end = (what: Partial<Exchange>): void =>
      this.record?.(
        this.hidden({
          method,
          url: shownUrl(url),
          attempt,
          requestHeaders: shownHeaders(headers),
          elapsedMs: now() - began,
          ...what,
        }),
      );
    return {
      ended: (outcome) => end(shownOutcome(outcome)),
      failed: (reason) =>
        end({ error: shownText((reason as Partial<Error> | undefined)?.message ?? 'aborted') }),
    };
  }

  private learn(headers: Begun['headers']): void {
    Object.entries(headers)
      .filter(([name]) => isSecretHeader(name))
      .forEach(([, value]) => this.secrets.learn(value));
  }

  /** A peer may send a credential back where nobody expects one. */
  private hidden(exchange: Exchange): Exchange {
    const hide = (text: string): string => this.secrets.hide(text);
    const { url, requestHeaders, responseHeaders, error } = exchange;
    return {
      ...exchange,
      url: hide(url),
      requestHeaders: Object.fromEntries(
        Object.entries(requestHeaders).map(([name, value]) => [name, hide(value)]),
      ),
      ...(responseHeaders && { responseHeaders: responseHeaders.map(hide) }),
      ...(error !== undefined && { error: hide(error) }),
    };
  }
}

function shownOutcome(outcome: Outcome): Partial<Exchange> {
  const peer = outcome.peer !== undefined && { peer: outcome.peer };
  return 'answer' in outcome
    ? {
        ...peer,
        status: outcome.answer.statusCode!,
        responseHeaders: shownRaw(outcome.answer.rawHeaders),
      }
    : { ...peer, error: outcome.failed.error.message };
}

function shownHeaders(headers: Begun['headers']): Exchange['requestHeaders'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, shownHeader(name, value)]),
  );
}

function shownRaw(raw: readonly string[]): string[] {
  return raw.map((text, index) => (index % 2 === 0 ? text : shownHeader(raw[index - 1], text)));
}
