import { ClientError } from '../error';
import type { HttpBody } from '../http/message';
import { headBlob, OCTETS } from './blobs';
import { sendChunks } from './chunked-upload';
import type { RegistryConnection } from './connection';
import type { Descriptor } from './descriptor';
import type { Digest } from './digest';
import { DigestMeter } from './digest';
import { OpenUpload } from './open-upload';
import { SessionLost } from './session-lost';
import { UploadBody } from './upload-body';
import { pushScopes } from './scopes';
import { startUpload } from './upload-session';

/** How a blob is pushed. */
export interface PushBlobOptions {
  /**
   * Its digest, where it is known before: a blob the registry has is not sent again, and one that turns out to be
   * another is not stored. @default - it is found while sending
   */
  readonly digest?: string;
  /** Media type of the descriptor that is returned. @default application/octet-stream */
  readonly mediaType?: string;
  /** Repository of the same registry that may have it; needs the digest. @default - it is sent */
  readonly mountFrom?: string;
  /**
   * Bytes of one request, for proxies that limit bodies; so much is in memory at a time. @default - one request for all
   */
  readonly chunkSize?: number;
  /** Gets the bytes that went out until now; it begins anew with each session. */
  readonly onProgress?: (sent: number) => void;
}

/** A blob the registry has now. */
export interface PushedBlob extends Descriptor {
  /** How it came there. */
  readonly outcome: 'uploaded' | 'existed' | 'mounted';
}

/** {@link PushBlobOptions} after they were checked. */
export interface PushBlobPlan extends Omit<PushBlobOptions, 'digest'> {
  readonly digest?: Digest;
}

/**
 * Pushes a blob in one session, or in a new one where that was lost and the source can be read again. No session stays
 * open, whatever happens.
 *
 * @throws ClientError REG475 when the source is not what its digest or length say, else as {@link refusal}; the reason
 * of the target's signal
 */
export async function pushBlob(
  connection: RegistryConnection,
  repository: string,
  source: HttpBody,
  plan: PushBlobPlan,
): Promise<PushedBlob> {
  const { transport, signal } = connection.target;
  const { digest, mediaType = OCTETS } = plan;
  const found = digest && (await headBlob(connection, repository, digest, pushScopes(repository)));
  if (found && (source.length ?? found.size) === found.size) {
    return { ...found, mediaType, outcome: 'existed' };
  }
  const session = new PushSession(connection, repository, source, plan);
  for (let attempt = 1; ; attempt++) {
    try {
      return { mediaType, ...(await session.run()) };
    } catch (error) {
      if (!(error instanceof SessionLost)) {
        throw error;
      }
      const runsAgain =
        session.canRunAgain && (await transport.waitAfter(attempt, error.retryAfter, signal));
      if (!runsAgain) {
        throw error.reason;
      }
    }
  }
}

type Stored = Pick<PushedBlob, 'digest' | 'size' | 'outcome'>;

/** One blob on its way, in one session after the other. */
class PushSession {
  private wasRead = false;

  public constructor(
    private readonly connection: RegistryConnection,
    private readonly repository: string,
    private readonly source: HttpBody,
    private readonly plan: PushBlobPlan,
  ) {}

  /** Whether there are bytes for another session. */
  public get canRunAgain(): boolean {
    return !this.wasRead || this.source.isReplayable === true;
  }

  /** @throws SessionLost, and what {@link pushBlob} throws */
  public async run(): Promise<Stored> {
    const { digest, mountFrom } = this.plan;
    const mount =
      digest !== undefined && mountFrom !== undefined ? { digest, from: mountFrom } : undefined;
    const started = await SessionLost.whenUncertain(
      startUpload(this.connection, this.repository, mount),
    );
    if (started === undefined) {
      return this.mounted(digest!);
    }
    const upload = new OpenUpload(this.connection, started);
    try {
      const meter = new DigestMeter();
      await this.fill(upload, meter);
      const actual = meter.digest();
      if (digest !== undefined && digest !== actual) {
        throw otherThanAnnounced(digest, actual);
      }
      await upload.finish(actual);
      return { digest: actual, size: meter.size, outcome: 'uploaded' };
    } catch (error) {
      await upload.cancel();
      throw error;
    }
  }

  private async fill(upload: OpenUpload, meter: DigestMeter): Promise<void> {
    const { source } = this;
    const { transport, signal } = this.connection.target;
    const { chunkSize, onProgress } = this.plan;
    const once: HttpBody = {
      length: source.length,
      open: () => {
        this.wasRead = true;
        return source.open();
      },
    };
    if (chunkSize === undefined) {
      // A body of nothing needs no request.
      if (source.length !== 0) {
        await upload.send(once, (piece) => {
          meter.update(piece);
          onProgress?.(meter.size);
        });
      }
      return;
    }
    const bytes = new UploadBody(once, (piece) => meter.update(piece)).open();
    try {
      await sendChunks(upload, bytes, chunkSize, {
        onSent: onProgress,
        mayGoOn: (attempt, retryAfter) => transport.waitAfter(attempt, retryAfter, signal),
      });
    } finally {
      bytes.destroy();
    }
  }

  private async mounted(digest: Digest): Promise<Stored> {
    const found = await headBlob(
      this.connection,
      this.repository,
      digest,
      pushScopes(this.repository),
    );
    if (!found) {
      throw new ClientError(
        `the registry mounted blob ${digest} to '${this.repository}' and does not have it there`,
        'REG735',
      );
    }
    return { digest, size: found.size, outcome: 'mounted' };
  }
}

function otherThanAnnounced(announced: Digest, actual: Digest): ClientError {
  return new ClientError(
    `the source is not what it was announced as: its digest is ${actual}, not ${announced}; nothing was stored`,
    'REG475',
  );
}
