import { ClientError } from '../error';
import type { HttpBody, HttpResponse } from '../http/message';
import { shownUrl } from '../http/recording';
import { headBlob, OCTETS } from './blobs';
import type { RegistryConnection } from './connection';
import type { Digest } from './digest';
import { expectStatus } from './registry-answer';
import { pushScopes } from './scopes';
import { SessionLost } from './session-lost';
import { UploadBody } from './upload-body';
import type { UploadSession } from './upload-session';
import { cancelUpload, nextUrl, receivedBytes, uploadStatus } from './upload-session';

/** Answers after which the same bytes may pass in another session: a busy or restarting server, a proxy that gave up. */
const PASSING = new Set([408, 429, 502, 503, 504]);

/** A session that is being filled. It is good for one row of bytes: after a cut, Gitea's is not to be used again. */
export class OpenUpload {
  /** Bytes the registry acknowledged. */
  private held = 0;

  public constructor(
    private readonly connection: RegistryConnection,
    private session: UploadSession,
  ) {}

  /**
   * Sends bytes to the end of what the session holds.
   *
   * @param see gets each piece before it goes out
   * @param range `start-end` of a chunk. @default - the one PATCH of a session
   * @throws SessionLost when another session may do better, else ClientError as {@link refusal}
   */
  public async send(source: HttpBody, see: (piece: Buffer) => void, range?: string): Promise<void> {
    const body = new UploadBody(source, see);
    const answer = await SessionLost.whenUncertain(
      this.connection.send({
        method: 'PATCH',
        url: this.session.url,
        headers: { 'Content-Type': OCTETS, ...(range !== undefined && { 'Content-Range': range }) },
        scopes: this.scopes,
        body,
      }),
    );
    // A token can run out while gigabytes are on their way; the next session gets a new one.
    const mayPass = PASSING.has(answer.status) || (answer.status === 401 && !body.isReplayable);
    await this.judge(answer, [202], 'PATCH', mayPass);
    await answer.discard();
    if (!body.isSent) {
      throw new SessionLost(answeredTooEarly(answer));
    }
    this.session = { ...this.session, url: nextUrl(answer, this.session.url) };
    this.held += body.sent;
    const told = receivedBytes(answer);
    if (told !== undefined && told !== this.held) {
      throw new SessionLost(holdsOther(answer, told, this.held));
    }
  }

  /**
   * Asks how much the session holds.
   *
   * @returns undefined when it is gone, or when the registry does not say
   */
  public async received(): Promise<number | undefined> {
    const status = await SessionLost.whenUncertain(uploadStatus(this.connection, this.session));
    this.session = status?.session ?? this.session;
    this.held = status?.received ?? this.held;
    return status?.received;
  }

  /**
   * Makes a blob of what the session holds. When nobody knows whether that was done, the registry is asked for the blob.
   *
   * @throws SessionLost when another session may do better, else ClientError as {@link refusal}
   */
  public async finish(digest: Digest): Promise<void> {
    const { repository, url: base } = this.session;
    const url = new URL(base);
    url.search += `${url.search === '' ? '?' : '&'}digest=${digest}`;
    const isThere = async (): Promise<boolean> =>
      headBlob(this.connection, repository, digest, this.scopes).then(
        (found) => found !== undefined,
        () => false,
      );
    let answer: HttpResponse;
    try {
      answer = await SessionLost.whenUncertain(
        this.connection.send({ method: 'PUT', url, scopes: this.scopes, isRepeatable: true }),
      );
    } catch (error) {
      if (error instanceof SessionLost && (await isThere())) {
        return;
      }
      throw error;
    }
    const isUncertain = answer.isRepeated || PASSING.has(answer.status);
    if (answer.status >= 400 && isUncertain && (await isThere())) {
      await answer.discard();
      return;
    }
    await this.judge(answer, [201, 204], 'PUT', isUncertain);
    await answer.discard();
  }

  /** Ends the session; see {@link cancelUpload}. */
  public cancel(): Promise<void> {
    return cancelUpload(this.connection, this.session);
  }

  private get scopes(): string[] {
    return pushScopes(this.session.repository);
  }

  private async judge(
    answer: HttpResponse,
    statuses: readonly number[],
    method: 'PATCH' | 'PUT',
    mayPass: boolean,
  ): Promise<void> {
    const asked = { method, purpose: `push a blob to '${this.session.repository}'` };
    try {
      await expectStatus(answer, statuses, asked, this.connection.target);
    } catch (error) {
      throw error instanceof ClientError && mayPass
        ? new SessionLost(error, answer.headers['retry-after'])
        : error;
    }
  }
}

function answeredTooEarly({ url, status }: HttpResponse): ClientError {
  return new ClientError(
    `'${url.host}' answered ${status} before it had all bytes of a blob: something on the way answers in the registry's place`,
    'REG218',
    { method: 'PATCH', url: shownUrl(url), status },
  );
}

function holdsOther({ url, status }: HttpResponse, told: number, sent: number): ClientError {
  return new ClientError(
    `'${url.host}' holds ${told} bytes of a blob after ${sent} were sent: a proxy on the way cuts or changes bodies`,
    'REG475',
    { method: 'PATCH', url: shownUrl(url), status },
  );
}
