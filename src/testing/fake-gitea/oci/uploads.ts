import { randomBytes } from 'node:crypto';
import { packageAccess } from '../access-rights';
import { registryEmpty, registryError } from '../answers';
import { BodyCut } from '../exchange';
import type { FakeAnswer, FakeHeader, FakeRequest } from '../exchange';
import type { Forge } from '../forge';
import { findOwner } from '../forge';
import type { FakeUpload } from '../state';
import { DIGEST_INVALID, blobCreated, keepBlob } from './blobs';
import { addToUploads, findBlob, imagePath } from './image';
import type { ImageScope } from './image';
import { findPackage } from '../package-store';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 25;

const UNKNOWN_UPLOAD: FakeAnswer = registryError(404, 'BLOB_UPLOAD_UNKNOWN');

/** `POST …/blobs/uploads/`: a mount, a whole blob, or a session (section 3.4 of the reference). */
export async function startUpload(
  forge: Forge,
  scope: ImageScope,
  request: FakeRequest,
): Promise<FakeAnswer> {
  const mounted = mount(forge, scope, request.query);
  if (mounted !== undefined) return mounted;
  const digest = request.query.get('digest');
  if (digest !== null && digest !== '') {
    return keepBlob(forge, scope, await request.bytes(), digest);
  }
  const upload: FakeUpload = {
    id: newId(),
    file: Buffer.alloc(0),
    received: 0,
    touchedAt: forge.settings.now(),
  };
  forge.state.uploads.set(upload.id, upload);
  return registryEmpty(202, sessionHeaders(forge, scope, upload));
}

/** `GET …/blobs/uploads/<id>`. Sessions belong to no image: any writer asks for any of them. */
export function uploadStatus(forge: Forge, scope: ImageScope, id: string): FakeAnswer {
  const upload = forge.state.uploads.get(id);
  if (upload === undefined) return UNKNOWN_UPLOAD;
  if (forge.behavior.exactSessionRange) {
    return registryEmpty(204, sessionHeaders(forge, scope, upload));
  }
  // Up to Gitea 1.24.0, and in Forgejo, the count stands where the last byte should.
  return registryEmpty(204, [
    ['Docker-Upload-Uuid', id],
    ['Range', `0-${upload.received}`],
  ]);
}

/** `PATCH …/blobs/uploads/<id>`. */
export async function appendToUpload(
  forge: Forge,
  scope: ImageScope,
  id: string,
  request: FakeRequest,
): Promise<FakeAnswer> {
  const upload = forge.state.uploads.get(id);
  if (upload === undefined) return UNKNOWN_UPLOAD;
  const range = request.headers['content-range'];
  const refusal = rangeRefusal(upload, typeof range === 'string' ? range : undefined);
  if (refusal !== undefined) return refusal;
  if (!(await append(forge, upload, request))) return registryEmpty(500);
  return registryEmpty(202, sessionHeaders(forge, scope, upload));
}

/** `PUT …/blobs/uploads/<id>?digest=`; a body is appended first. */
export async function finishUpload(
  forge: Forge,
  scope: ImageScope,
  id: string,
  request: FakeRequest,
): Promise<FakeAnswer> {
  const digest = request.query.get('digest') ?? '';
  if (digest === '') return DIGEST_INVALID;
  const upload = forge.state.uploads.get(id);
  if (upload === undefined) return UNKNOWN_UPLOAD;
  if (!(await append(forge, upload, request))) return registryEmpty(500);
  const answer = keepBlob(forge, scope, upload.file, digest);
  if (answer.status === 201) forge.state.uploads.delete(id);
  return answer;
}

/** `DELETE …/blobs/uploads/<id>`. */
export function cancelUpload(forge: Forge, id: string): FakeAnswer {
  return forge.state.uploads.delete(id) ? registryEmpty(204) : UNKNOWN_UPLOAD;
}

function mount(forge: Forge, scope: ImageScope, query: URLSearchParams): FakeAnswer | undefined {
  const digest = query.get('mount');
  const from = query.get('from')?.toLowerCase();
  const slash = from?.indexOf('/') ?? -1;
  if (digest === null || from === undefined || slash === -1) return undefined;
  const owner = findOwner(forge, from.slice(0, slash));
  if (owner === undefined || packageAccess(forge, scope.identity, owner) === 'none') {
    return undefined;
  }
  const source = findPackage(forge, owner, 'container', from.slice(slash + 1));
  const file = findBlob(forge, source, digest);
  if (file === undefined) return undefined;
  addToUploads(forge, scope, file.sha256);
  return blobCreated(scope, file.sha256);
}

function rangeRefusal(upload: FakeUpload, range: string | undefined): FakeAnswer | undefined {
  if (range === undefined) {
    return upload.received === 0
      ? undefined
      : registryError(
          400,
          'BLOB_UPLOAD_INVALID',
          'Stream uploads after first write are not allowed',
        );
  }
  const [, start] = /^([0-9]+)-[0-9]+$/.exec(range) ?? [];
  if (start === undefined) return registryError(400, 'BLOB_UPLOAD_INVALID');
  return Number(start) === upload.received ? undefined : registryError(416, 'BLOB_UPLOAD_INVALID');
}

/** Whether the body could be appended: not once a cut PATCH left more in the file than the database counts. */
async function append(forge: Forge, upload: FakeUpload, request: FakeRequest): Promise<boolean> {
  if (upload.file.length !== upload.received) return false;
  try {
    const bytes = await request.bytes();
    upload.file = Buffer.concat([upload.file, bytes]);
    upload.received = upload.file.length;
    upload.touchedAt = forge.settings.now();
    return true;
  } catch (error) {
    if (error instanceof BodyCut) upload.file = Buffer.concat([upload.file, error.received]);
    throw error;
  }
}

function sessionHeaders(
  forge: Forge,
  scope: ImageScope,
  upload: FakeUpload,
): readonly FakeHeader[] {
  const headers: FakeHeader[] = [
    ['Docker-Upload-Uuid', upload.id],
    ['Location', `${imagePath(scope)}/blobs/uploads/${upload.id}`],
  ];
  if (upload.received > 0) headers.push(['Range', `0-${upload.received - 1}`]);
  else if (!forge.behavior.exactSessionRange) headers.push(['Range', '0-0']);
  return headers;
}

function newId(): string {
  return [...randomBytes(ID_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
