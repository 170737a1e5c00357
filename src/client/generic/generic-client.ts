import { deleteOnce } from '../delete-once';
import { basic } from '../http/credential';
import type { HttpBody, HttpRequest, HttpResponse, Method } from '../http/message';
import { PackagesClient } from '../packages/packages-client';
import type { Refusal } from '../refusal';
import { readRefusal } from '../refusal';
import { isPage } from '../server-text';
import type { RegistryTarget } from '../target';
import type { GenericDownload } from './download';
import { download, lengthOf } from './download';
import type { GenericReference } from './file-name';
import { checkGeneric, genericPath } from './file-name';
import type { ByteRange } from './range';
import { rangeHeader } from './range';

/** What is known of a file without its bytes. */
export interface GenericFile {
  /** Bytes. @default - the server does not say */
  readonly size?: number;
  /** When it was put, as HTTP writes dates. @default - the server does not say */
  readonly lastModified?: string;
}

/** How a {@link GenericClient} takes names. */
export interface GenericOptions {
  /** Whether `latest` is a version like any other: the registry gives it no meaning. @default false */
  readonly isLatestMeant?: boolean;
}

/**
 * The generic registry (`/api/packages/OWNER/generic`): files below a package and a version, never overwritten. Bodies
 * are streams both ways. Needs `read:package`, and `write:package` to put and delete.
 */
export class GenericClient {
  private readonly isLatestMeant: boolean;
  private readonly packages: PackagesClient;

  public constructor(
    private readonly target: RegistryTarget,
    { isLatestMeant = false }: GenericOptions = {},
  ) {
    this.isLatestMeant = isLatestMeant;
    this.packages = new PackagesClient(target);
  }

  /**
   * Puts a file. The server reads it whole before it looks at it.
   *
   * @returns `exists` when there is a file of that name, whatever its bytes: also after a first attempt whose answer was
   *   lost
   * @throws ClientError REG920 for a name Gitea refuses, REG460 and REG461 for limits, REG321 and REG314 for a missing
   *   right, REG440, REG450 and REG452 for what a proxy cut, and the code of any other refusal
   */
  public async put(
    reference: GenericReference,
    file: string,
    body: HttpBody,
  ): Promise<'created' | 'exists'> {
    const purpose = `put '${this.check(reference, file)}'`;
    const answer = await this.send({
      method: 'PUT',
      path: genericPath(reference, file),
      headers: { 'Content-Type': 'application/octet-stream' },
      body,
      // A file is never overwritten: the second of two finds it there.
      isRepeatable: true,
    });
    if (answer.status === 201 || answer.status === 409) {
      await answer.discard();
      return answer.status === 201 ? 'created' : 'exists';
    }
    throw (await refused(answer, 'PUT', purpose)).error;
  }

  /**
   * Downloads a file, or a part of it. Object stores the server leads to get no credential.
   *
   * @param reading how the body will be read
   * @throws ClientError REG913 when there is no such file, REG735 when the store has lost it, REG218 when another part
   *   came than was asked for, REG712 for an object store that refuses, and the code of any other refusal
   */
  public async get(
    reference: GenericReference,
    file: string,
    range: ByteRange = {},
    reading: Pick<HttpRequest, 'reusesBuffers'> = {},
  ): Promise<GenericDownload> {
    const purpose = `get '${this.check(reference, file)}'`;
    const found = await this.open(reference, file, range, purpose, reading);
    if ('error' in found) {
      throw found.error;
    }
    return found;
  }

  /**
   * What is known of a file without its bytes. Releases that refuse HEAD (Gitea before 1.25, Forgejo) are asked for its
   * first byte.
   *
   * @returns undefined when there is no such file
   * @throws ClientError with the code of any other refusal
   */
  public async head(reference: GenericReference, file: string): Promise<GenericFile | undefined> {
    const purpose = `look at '${this.check(reference, file)}'`;
    const answer = await this.send({ method: 'HEAD', path: genericPath(reference, file) });
    await answer.discard();
    const { status, headers } = answer;
    if (status === 200 && !isPage('', headers['content-type'])) {
      return fileOf(lengthOf(answer), headers['last-modified']);
    }
    // A refusal of HEAD has no words: ask again for something that has a body.
    return this.firstByte(reference, file, purpose);
  }

  /**
   * Deletes a file; the version goes with its last file.
   *
   * @throws ClientError REG321 or REG314 for a missing right, and the code of any other refusal; `isUncertain` when
   *   nobody knows whether it was done
   */
  public async deleteFile(
    reference: GenericReference,
    file: string,
  ): Promise<'deleted' | 'absent'> {
    const purpose = `delete '${this.check(reference, file)}'`;
    return deleteOnce({
      send: () => this.delete(genericPath(reference, file), purpose),
      isGone: async () => (await this.head(reference, file)) === undefined,
    });
  }

  /**
   * Deletes a version with all its files.
   *
   * @throws ClientError as {@link deleteFile}
   */
  public async deleteVersion(reference: GenericReference): Promise<'deleted' | 'absent'> {
    const purpose = `delete '${this.check(reference)}'`;
    return deleteOnce({
      send: () => this.delete(genericPath(reference), purpose),
      isGone: async () =>
        (await this.packages.get({ ...reference, type: 'generic' })) === undefined,
    });
  }

  /** Refuses wrong names; gives `owner/name@version/file` for messages. */
  private check(reference: GenericReference, file?: string): string {
    const { isLatestMeant } = this;
    checkGeneric(reference, { isLatestMeant, ...(file !== undefined && { file }) });
    const { owner, name, version } = reference;
    return `${owner}/${name}@${version}${file === undefined ? '' : `/${file}`}`;
  }

  private async firstByte(
    reference: GenericReference,
    file: string,
    purpose: string,
  ): Promise<GenericFile | undefined> {
    const found = await this.open(reference, file, { from: 0, to: 0 }, purpose);
    if ('error' in found) {
      if (isMissing(found.reading.id)) {
        return undefined;
      }
      throw found.error;
    }
    if (found.kind === 'beyond-end') {
      return fileOf(found.total, undefined);
    }
    found.body.destroy();
    return fileOf(found.kind === 'part' ? found.total : found.length, found.lastModified);
  }

  private async open(
    reference: GenericReference,
    file: string,
    range: ByteRange,
    purpose: string,
    reading: Pick<HttpRequest, 'reusesBuffers'> = {},
  ): Promise<GenericDownload | Refusal> {
    const header = rangeHeader(range);
    const request = this.request({
      ...reading,
      method: 'GET',
      path: genericPath(reference, file),
      ...(header !== undefined && { headers: { Range: header } }),
    });
    const answer = await this.target.transport.send(request);
    const { status, headers } = answer;
    const isFile =
      (status === 200 && !isPage('', headers['content-type'])) ||
      (header !== undefined && (status === 206 || status === 416));
    return isFile ? download(answer, range) : refused(answer, 'GET', purpose);
  }

  private async delete(path: string, purpose: string): Promise<'deleted' | 'absent'> {
    const answer = await this.send({ method: 'DELETE', path });
    if (answer.status === 204) {
      await answer.discard();
      return 'deleted';
    }
    const { reading, error } = await refused(answer, 'DELETE', purpose);
    if (isMissing(reading.id)) {
      return 'absent';
    }
    throw error;
  }

  private async send(asked: GenericRequest): Promise<HttpResponse> {
    return this.target.transport.send(this.request(asked));
  }

  private request({ path, ...asked }: GenericRequest): HttpRequest {
    const { origin, apiPath = '', credential, signal } = this.target;
    return {
      ...asked,
      url: new URL(`${apiPath}${path}`, origin),
      ...(credential && { authorize: basic(credential) }),
      ...(signal && { signal }),
    };
  }
}

/** A request of the generic registry. */
interface GenericRequest extends Pick<
  HttpRequest,
  'method' | 'headers' | 'body' | 'isRepeatable' | 'reusesBuffers'
> {
  /** Escaped. */
  readonly path: string;
}

function fileOf(size: number | undefined, lastModified: string | undefined): GenericFile {
  return {
    ...(size !== undefined && { size }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

function isMissing(reading: string): boolean {
  return reading === 'package-missing' || reading === 'file-missing';
}

async function refused(answer: HttpResponse, method: Method, purpose: string): Promise<Refusal> {
  return readRefusal(answer, { method, purpose, surface: 'generic' });
}
