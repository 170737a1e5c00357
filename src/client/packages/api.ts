import type { Reading } from '../fingerprint';
import { basic } from '../http/credential';
import type { HttpResponse, Method } from '../http/message';
import { readRefusal } from '../refusal';
import { isPage } from '../server-text';
import type { RegistryTarget } from '../target';

/** One request of the API. */
export interface ApiRequest {
  /** @default GET */
  readonly method?: Method;
  /** Absolute path with its query, escaped. */
  readonly path: string;
  /** What it is for, as the rest of `cannot …`. */
  readonly purpose: string;
  /** Whether to go without the credential. @default false */
  readonly isAnonymous?: boolean;
  /** @default - as the transport decides: GET and HEAD */
  readonly isRepeatable?: boolean;
  /** @default - as the transport decides: GET and HEAD */
  readonly followRedirects?: boolean;
  /** Ends this request. @default - the signal of the target */
  readonly signal?: AbortSignal;
}

/** A document of the API, and what its headers say. */
export interface ApiAnswer {
  readonly document: unknown;
  /** `X-Total-Count`: entries of all pages. @default - the header is not there, or no number */
  readonly total?: number;
}

/** REST calls on behalf of one account (`/api/v1`). */
export class Api {
  private readonly authorize?: (url: URL) => string | undefined;

  public constructor(private readonly target: RegistryTarget) {
    this.authorize = target.credential && basic(target.credential);
  }

  /** Sends a request; any status is an answer. */
  public async send(request: ApiRequest): Promise<HttpResponse> {
    const { method = 'GET', path, isAnonymous, isRepeatable, followRedirects } = request;
    const { origin, apiPath = '', transport } = this.target;
    return transport.send({
      method,
      url: new URL(`${apiPath}${path}`, origin),
      headers: { Accept: 'application/json' },
      signal: request.signal ?? this.target.signal,
      ...(this.authorize && !isAnonymous && { authorize: this.authorize }),
      ...(isRepeatable !== undefined && { isRepeatable }),
      ...(followRedirects !== undefined && { followRedirects }),
    });
  }

  /**
   * Reads a document.
   *
   * @throws ClientError with the code of the refusal, whatever the server answers instead
   */
  public async read(request: ApiRequest): Promise<ApiAnswer> {
    const found = await this.find(request, () => false);
    return found!;
  }

  /**
   * Reads a document that need not be there.
   *
   * @param isAbsent whether a refusal only says that it is not there
   * @returns undefined for such a refusal
   */
  public async find(
    request: ApiRequest,
    isAbsent: (reading: Reading) => boolean,
  ): Promise<ApiAnswer | undefined> {
    const answer = await this.send(request);
    if (answer.status === 200 && !isPage('', answer.headers['content-type'])) {
      return { document: await answer.json(), ...totalOf(answer) };
    }
    const { method = 'GET', purpose } = request;
    const { reading, error } = await readRefusal(answer, { method, purpose, surface: 'api' });
    if (isAbsent(reading)) {
      return undefined;
    }
    throw error;
  }
}

function totalOf({ headers }: HttpResponse): { readonly total?: number } {
  const text = headers['x-total-count'];
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? { total: Number(text) } : {};
}
