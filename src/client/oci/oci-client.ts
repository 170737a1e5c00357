import { ClientError } from '../error';
import type { HttpBody, HttpResponse } from '../http/message';
import type { RegistryTarget } from '../target';
import type { VerifiedBlob } from './blobs';
import { deleteBlob, headBlob, openBlob } from './blobs';
import { RegistryConnection } from './connection';
import type { Descriptor } from './descriptor';
import type { Manifest, ManifestBytes } from './manifest';
import { deleteManifest, getManifest, headManifest } from './manifests';
import type { Naming } from './names';
import { checkedDigest, checkedReference, checkedRepository } from './names';
import { pages } from './paging';
import type { PushBlobOptions, PushedBlob } from './push-blob';
import { pushBlob } from './push-blob';
import { putManifest } from './put-manifest';
import { expectDocument } from './registry-answer';
import { pullScope } from './scopes';
import type { UploadSession, UploadStatus } from './upload-session';
import { cancelUpload, startUpload, uploadStatus } from './upload-session';
import type { Reached } from './walk';
import { children, walk } from './walk';

/** How an {@link OciClient} works. */
export interface OciOptions {
  /** Which names pass before a request is made. @default gitea */
  readonly naming?: Naming;
}

/** Tags asked for at once; a registry may give fewer. */
const TAGS_A_PAGE = 1000;

/** Repositories asked for at once: more than 100 Gitea never gives. */
const REPOSITORIES_A_PAGE = 100;

/**
 * A registry behind `/v2/` (OCI distribution spec 1.1), as Gitea and Forgejo speak it; others do too. `repository` is
 * `owner/image`, `reference` a tag or a digest: what cannot be one is refused before a request (REG320, REG470). Bytes
 * are compared with their digests both ways, and blobs are streams: memory does not grow with them.
 *
 * Every method throws ClientError: REG240, REG241, REG310, REG311, REG312 and REG314 where signing in fails, else what
 * {@link refusal} says and what stands at the method.
 */
export class OciClient {
  private readonly connection: RegistryConnection;
  private readonly naming: Naming;

  public constructor(target: RegistryTarget, { naming = 'gitea' }: OciOptions = {}) {
    this.connection = new RegistryConnection(target);
    this.naming = naming;
  }

  /** Asks whether a registry is there and takes the credential. */
  public async ping(): Promise<void> {
    const answer = await this.get(this.connection.url(''), [], 'reach the registry');
    await answer.discard();
  }

  /** Repositories the account may see. Gitea lists the whole instance. */
  public async *catalog(): AsyncGenerator<string> {
    const first = this.connection.url(`_catalog?n=${REPOSITORIES_A_PAGE}`);
    const load = (url: URL): Promise<HttpResponse> =>
      this.get(url, ['registry:catalog:*'], 'list the repositories');
    yield* pages(first, 'repositories', load);
  }

  /** Tags of an image; Gitea keeps them sorted and in lower case. None where the last was deleted, REG913 where none was. */
  public async *tags(repository: string): AsyncGenerator<string> {
    const name = this.checked(repository);
    const load = (url: URL): Promise<HttpResponse> =>
      this.get(url, pullScope(name), `list the tags of '${name}'`);
    yield* pages(this.connection.url(`${name}/tags/list?n=${TAGS_A_PAGE}`), 'tags', load);
  }

  /** Looks for a manifest. */
  public async headManifest(
    repository: string,
    reference: string,
  ): Promise<Descriptor | undefined> {
    return headManifest(this.connection, this.checked(repository), checkedReference(reference));
  }

  /** Reads a manifest, verified; REG723 when it is not there. */
  public async getManifest(repository: string, reference: string): Promise<Manifest> {
    return getManifest(this.connection, this.checked(repository), checkedReference(reference));
  }

  /** Puts a manifest under a tag or its digest; where a part is missing the error names it (REG471, REG475). */
  public async putManifest(
    repository: string,
    reference: string,
    manifest: ManifestBytes,
  ): Promise<Descriptor> {
    const name = this.checked(repository);
    return putManifest(this.connection, name, checkedReference(reference), manifest);
  }

  /**
   * Deletes a tag, or by digest the manifest and **every tag that has it**. Nothing looks whether an index needs it.
   */
  public async deleteManifest(
    repository: string,
    reference: string,
  ): Promise<'deleted' | 'absent'> {
    return deleteManifest(this.connection, this.checked(repository), checkedReference(reference));
  }

  /** Looks for a blob of an image. */
  public async headBlob(repository: string, digest: string): Promise<Descriptor | undefined> {
    return headBlob(this.connection, this.checked(repository), checkedDigest(digest));
  }

  /**
   * Opens a blob; its stream fails when it is not the blob of this digest.
   *
   * @param size bytes its descriptor names. @default - what the registry says
   */
  public async getBlob(repository: string, digest: string, size?: number): Promise<VerifiedBlob> {
    return openBlob(this.connection, this.checked(repository), checkedDigest(digest), size);
  }

  /** Removes a blob from an image. Gitea says "deleted" of one that was never there, too. */
  public async deleteBlob(repository: string, digest: string): Promise<'deleted' | 'absent'> {
    return deleteBlob(this.connection, this.checked(repository), checkedDigest(digest));
  }

  /**
   * Pushes a blob, hashed on its way. Where a session is lost, another begins, when the source can be read again, as often
   * as the transport tries a request; none stays open, after an abort too.
   */
  public async pushBlob(
    repository: string,
    source: HttpBody,
    options: PushBlobOptions = {},
  ): Promise<PushedBlob> {
    const { digest, mountFrom, chunkSize } = options;
    if (chunkSize !== undefined && !(Number.isSafeInteger(chunkSize) && chunkSize > 0)) {
      throw new ClientError(`chunk size '${chunkSize}' must be a number of bytes`, 'REG475');
    }
    const plan = {
      ...options,
      digest: digest === undefined ? undefined : checkedDigest(digest),
      mountFrom: mountFrom === undefined ? undefined : this.checked(mountFrom),
    };
    return pushBlob(this.connection, this.checked(repository), source, plan);
  }

  /** Takes a blob over from another image of the registry; false when the registry wants the bytes instead. */
  public async mountBlob(repository: string, digest: string, from: string): Promise<boolean> {
    const mount = { digest: checkedDigest(digest), from: this.checked(from) };
    const session = await startUpload(this.connection, this.checked(repository), mount);
    if (session) {
      await cancelUpload(this.connection, session);
    }
    return session === undefined;
  }

  /** Opens an upload session; {@link pushBlob} does it all. Who opens one must cancel it. */
  public async startUpload(repository: string): Promise<UploadSession> {
    const session = await startUpload(this.connection, this.checked(repository));
    return session!;
  }

  /** What a session holds; undefined when it is gone. */
  public async uploadStatus(session: UploadSession): Promise<UploadStatus | undefined> {
    return uploadStatus(this.connection, session);
  }

  /** Ends a session, with a few seconds of its own even after an abort; a failure is no error. */
  public async cancelUpload(session: UploadSession): Promise<void> {
    return cancelUpload(this.connection, session);
  }

  /** The manifests an index names, each read; those that are missing too. */
  public async *children(
    repository: string,
    index: { readonly manifests: readonly Descriptor[] },
  ): AsyncGenerator<Reached> {
    yield* children(this.connection, this.checked(repository), index);
  }

  /** Everything a reference needs, each digest once: manifests, configs, layers. */
  public async *walk(repository: string, reference: string): AsyncGenerator<Reached> {
    yield* walk(this.connection, this.checked(repository), checkedReference(reference));
  }

  private checked(repository: string): string {
    return checkedRepository(repository, this.naming);
  }

  private async get(url: URL, scopes: readonly string[], purpose: string): Promise<HttpResponse> {
    const answer = await this.connection.send({ method: 'GET', url, scopes });
    await expectDocument(answer, { method: 'GET', purpose }, this.connection.target);
    return answer;
  }
}
