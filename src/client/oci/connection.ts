import type { HttpBody, HttpRequest, HttpResponse } from '../http/message';
import type { RegistryTarget } from '../target';
import { Authorization } from './authorization';
import type { Grant } from './authorization';
import { challengesOf } from './challenge';
import { realmElsewhere } from './realm';

/** A request below `/v2/`. */
export interface RegistryRequest extends Omit<HttpRequest, 'authorize'> {
  /** What it needs, as token servers spell it: `repository:owner/image:pull`. */
  readonly scopes: readonly string[];
  /** Ends the request itself, but not the signing in. @default - the target's */
  readonly signal?: AbortSignal;
}

/** Signed-in requests to one registry. */
export class RegistryConnection {
  public constructor(
    public readonly target: RegistryTarget,
    private readonly authorization = new Authorization(target),
  ) {}

  /** The same, for requests that another signal ends. */
  public under(signal: AbortSignal): RegistryConnection {
    return new RegistryConnection({ ...this.target, signal }, this.authorization.under(signal));
  }

  /** `/v2/…` at the registry's origin. */
  public url(path: string): URL {
    return new URL(`/v2/${path}`, this.target.origin);
  }

  /**
   * Sends a request, signs in when the registry asks for it, and renews a token that it no longer takes, once.
   *
   * @throws ClientError as {@link Authorization.answer}, REG241 when the registry refuses what a realm that may not
   * see the credential allows
   */
  public async send(request: RegistryRequest): Promise<HttpResponse> {
    const { origin } = this.target;
    const offered = await this.authorization.offer(request.scopes);
    const first = await this.attempt(request, offered);
    // The 401 of an object store behind a redirect is none of ours.
    if (first.status !== 401 || first.url.origin !== origin.origin || !canRepeat(request.body)) {
      return this.judged(first, offered);
    }
    const challenges = challengesOf(first);
    const granted = await this.authorization.answer(challenges, request.scopes, offered);
    if (!granted) {
      return this.judged(first, offered);
    }
    await first.discard();
    return this.judged(await this.attempt(request, granted), granted);
  }

  private attempt(request: RegistryRequest, grant: Grant | undefined): Promise<HttpResponse> {
    const { transport, signal } = this.target;
    return transport.send({ signal, ...request, authorize: grant?.authorize });
  }

  private async judged(answer: HttpResponse, grant: Grant | undefined): Promise<HttpResponse> {
    const isRefused = answer.status === 401 || answer.status === 403;
    if (isRefused && grant?.withheldFrom) {
      await answer.discard();
      throw realmElsewhere(this.target.origin, grant.withheldFrom);
    }
    return answer;
  }
}

function canRepeat(body: HttpBody | undefined): boolean {
  return body === undefined || body.isReplayable === true;
}
