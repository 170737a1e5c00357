import { ClientError } from '../error';
import type { Credential } from '../http/credential';
import { basic, bearer } from '../http/credential';
import type { HttpResponse } from '../http/message';
import { shownUrl } from '../http/recording';
import { refusal } from '../refusal';
import type { RegistryTarget } from '../target';
import type { Challenge } from './challenge';
import type { Realm } from './realm';
import { realmElsewhere, realmOf, realmUnreachable } from './realm';
import type { RegistryToken } from './registry-token';
import { isAlive, readToken } from './registry-token';

/** What a request may show. */
export interface Grant {
  /** As {@link HttpRequest.authorize}. */
  readonly authorize: (url: URL) => string | undefined;
  /** Whether it was made for this request, so that asking again cannot help. */
  readonly isFresh: boolean;
  /** @default - Basic */
  readonly token?: RegistryToken;
  /** Realm that did not get the credential there is. @default - nothing was held back */
  readonly withheldFrom?: URL;
}

/** Where tokens come from, as the registry said. */
interface TokenSource {
  readonly realm: Realm;
  readonly service?: string;
  /** Whether one token is good for everything: Gitea asks for the scope `*` and looks at none. */
  readonly isUniversal: boolean;
}

/**
 * Signs requests to one registry in: anonymous until it is challenged, then with a token of its realm or with Basic.
 * Tokens are kept for each set of scopes and asked for once, however many requests wait for them.
 */
export class Authorization {
  private source?: TokenSource;
  private usesBasic = false;
  private readonly tokens = new Map<string, Promise<RegistryToken | undefined>>();
  private readonly credential: Credential | undefined;

  public constructor(private readonly target: RegistryTarget) {
    const { credential, origin } = target;
    this.credential = credential?.origin === origin.origin ? credential : undefined;
  }

  /** The same, with what is known until now, for requests that another signal ends. */
  public under(signal: AbortSignal): Authorization {
    const other = new Authorization({ ...this.target, signal });
    other.source = this.source;
    other.usesBasic = this.usesBasic;
    this.tokens.forEach((token, key) => {
      // One that the old signal ended is asked for again.
      const known = token.catch(() => undefined);
      other.tokens.set(key, known);
    });
    return other;
  }

  /**
   * What to show before the registry asks; undefined as long as it never has.
   *
   * @param scopes `repository:owner/image:pull,push`, …
   * @throws ClientError as {@link answer}
   */
  public async offer(scopes: readonly string[]): Promise<Grant | undefined> {
    const { source } = this;
    if (source === undefined) {
      return this.usesBasic ? this.basicGrant(false) : undefined;
    }
    const { token, isNew } = await this.token(source, scopes);
    return this.tokenGrant(source, token, isNew);
  }

  /**
   * What to show after a 401; undefined when nothing better is at hand.
   *
   * @param shown what the refused request had
   * @throws ClientError REG240, REG241 (the realm), REG310, REG311, REG312, REG314 (the credential), or as the transport
   */
  public async answer(
    challenges: readonly Challenge[],
    scopes: readonly string[],
    shown: Grant | undefined,
  ): Promise<Grant | undefined> {
    if (shown?.isFresh) {
      return undefined;
    }
    const challenge = challenges.find(({ scheme }) => scheme === 'bearer');
    if (challenge) {
      this.source = sourceOf(challenge, this.target);
    } else if (challenges.length > 0 || !shown) {
      // A token that is no longer good is refused without a word about Basic (Gitea); this one lacks a right.
      const asksBasic = !shown && challenges.some(({ scheme }) => scheme === 'basic');
      return asksBasic ? this.basicGrant(true) : undefined;
    }
    const { source } = this;
    if (source === undefined) {
      return undefined;
    }
    const asked = new Set([...scopes, ...scopesOf(challenge)]);
    const { token } = await this.token(source, scopes, [...asked], shown?.token);
    return this.tokenGrant(source, token, true);
  }

  /**
   * The token that is kept for requests with these scopes, or a new one.
   *
   * @param asked scopes of a new one
   * @param refused one that is no longer good
   */
  private async token(
    source: TokenSource,
    scopes: readonly string[],
    asked = scopes,
    refused?: RegistryToken,
  ): Promise<{ readonly token: RegistryToken; readonly isNew: boolean }> {
    const key = keyOf(source, scopes);
    const waiting = this.tokens.get(key);
    const kept = await waiting;
    if (kept && kept !== refused && isAlive(kept)) {
      return { token: kept, isNew: false };
    }
    // Of several requests that found nothing good here, the first one asks.
    const asking = this.tokens.get(key);
    const token = asking === waiting ? undefined : await asking;
    return { token: token ?? (await this.newToken(source, key, asked)), isNew: true };
  }

  private basicGrant(isFresh: boolean): Grant | undefined {
    const { credential } = this;
    this.usesBasic = credential !== undefined;
    return credential && { authorize: basic(credential), isFresh };
  }

  private tokenGrant({ realm }: TokenSource, token: RegistryToken, isFresh: boolean): Grant {
    return {
      authorize: bearer(token.value, this.target.origin.origin),
      isFresh,
      token,
      ...(this.credential && !realm.isTrusted && { withheldFrom: realm.url }),
    };
  }

  private newToken(
    source: TokenSource,
    key: string,
    scopes: readonly string[],
  ): Promise<RegistryToken> {
    const token = this.fetchToken(source, scopes);
    this.tokens.set(key, token);
    token.catch(() => this.tokens.get(key) === token && this.tokens.delete(key));
    return token;
  }

  private async fetchToken(source: TokenSource, scopes: readonly string[]): Promise<RegistryToken> {
    const { origin } = this.target;
    const { realm } = source;
    const credential = realm.isTrusted ? this.credential : undefined;
    const answer = await this.askRealm(tokenUrl(source, scopes), credential);
    const { status } = answer;
    if (status === 200) {
      const token = await readToken(answer);
      if (credential && token.userId === NOBODY) {
        throw headerLost(origin);
      }
      return token;
    }
    if ((status === 401 || status === 403) && !credential) {
      await answer.discard();
      throw this.credential ? realmElsewhere(origin, realm.url) : signInRequired(origin, answer);
    }
    throw await refusal(answer, {
      method: 'GET',
      purpose: `sign in to '${origin.host}'`,
      surface: 'v2',
    });
  }

  private async askRealm(url: URL, credential: Credential | undefined): Promise<HttpResponse> {
    const { origin, transport, signal } = this.target;
    try {
      return await transport.send({
        method: 'GET',
        url,
        ...(credential && { authorize: basic({ ...credential, origin: url.origin }) }),
        signal,
      });
    } catch (error) {
      throw error instanceof ClientError && url.origin !== origin.origin
        ? realmUnreachable(origin, url, error)
        : error;
    }
  }
}

/** `UserID` of Gitea's anonymous token. */
const NOBODY = -1;

function sourceOf(challenge: Challenge, target: RegistryTarget): TokenSource {
  return {
    realm: realmOf(challenge, target),
    service: challenge.parameters.get('service'),
    isUniversal: challenge.parameters.get('scope') === '*',
  };
}

/** What the registry itself says it wants; another one may name actions we do not know. */
function scopesOf(challenge: Challenge | undefined): string[] {
  return (challenge?.parameters.get('scope') ?? '').split(' ').filter((each) => each.includes(':'));
}

function keyOf({ realm, service, isUniversal }: TokenSource, scopes: readonly string[]): string {
  return [realm.url.href, service ?? '', ...(isUniversal ? [] : [...scopes].sort())].join(' ');
}

function tokenUrl({ realm, service }: TokenSource, scopes: readonly string[]): URL {
  const url = new URL(realm.url);
  if (service !== undefined) {
    url.searchParams.set('service', service);
  }
  scopes.forEach((scope) => url.searchParams.append('scope', scope));
  return url;
}

/** Gitea answers a request for a token without a credential with a token for nobody, and 200. */
function headerLost({ host }: URL): ClientError {
  return new ClientError(
    `'${host}' gave a token for nobody although it was sent a credential: something on the way takes the Authorization header off`,
    'REG311',
  );
}

function signInRequired({ host }: URL, answer: { url: URL; status: number }): ClientError {
  return new ClientError(
    `'${host}' answers nobody who is not signed in: give it a user and an access token with the scope read:package`,
    'REG310',
    { method: 'GET', url: shownUrl(answer.url), status: answer.status },
  );
}
