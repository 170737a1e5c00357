import { OWNER_NOT_FOUND, PAGE_NOT_FOUND, empty, errorText, plainText } from '../answers';
import { authenticateApi } from '../authentication';
import type { Identity } from '../authentication';
import type { FakeAnswer, FakeRequest } from '../exchange';
import { findOwner } from '../forge';
import type { Forge } from '../forge';
import { packageRefusal } from '../package-gate';
import { findPackage, findVersion, removeVersion } from '../package-store';
import type { FakeFile, FakeOwner, FakePackage, FakeVersion } from '../state';
import { download } from './download';
import { upload } from './upload';

/** A version that is there, and the file asked for, where it is. */
interface Found {
  readonly package: FakePackage;
  readonly version: FakeVersion;
  readonly file?: FakeFile;
}

const NO_PACKAGE: FakeAnswer = plainText(404, 'package does not exist');
const NO_FILE: FakeAnswer = plainText(404, 'package file does not exist');

/**
 * Answers `/api/packages/{owner}/generic/…` (section 5 of the reference).
 *
 * @returns nothing for a path that is not a package registry's
 */
export async function answerGeneric(
  forge: Forge,
  request: FakeRequest,
): Promise<FakeAnswer | undefined> {
  const { path } = request;
  if (!path.startsWith('/api/packages/')) return undefined;
  const segments = path.slice('/api/packages/'.length).replace(/\/$/, '').split('/').map(decode);
  const [ownerName = '', type, name, version, file, ...more] = segments;
  const seen = authenticateApi(forge, request);
  if (seen.kind === 'refused') return errorText(401, forge.behavior.refusedAuthorization);
  const owner = findOwner(forge, ownerName);
  if (owner === undefined) return OWNER_NOT_FOUND;
  const identity = seen.kind === 'none' ? { byBasic: false } : seen.identity;
  const refusal = packageRefusal(forge, identity, owner, levelOf(request.method));
  if (refusal !== undefined) return refusal;
  if (type !== 'generic' || name === undefined || version === undefined || more.length > 0) {
    return PAGE_NOT_FOUND;
  }
  return file === undefined
    ? onVersion(forge, request, owner, name, version)
    : onFile(forge, request, identity, { owner, name, version, file });
}

function onVersion(
  forge: Forge,
  request: FakeRequest,
  owner: FakeOwner,
  name: string,
  version: string,
): FakeAnswer {
  if (request.method !== 'DELETE') return empty(405, [['Allow', 'DELETE']]);
  const found = find(forge, owner, name, version);
  if (found === undefined) return NO_PACKAGE;
  removeVersion(found.package, found.version);
  return empty(204);
}

async function onFile(
  forge: Forge,
  request: FakeRequest,
  identity: Identity,
  place: Parameters<typeof upload>[3],
): Promise<FakeAnswer> {
  const { method } = request;
  if (method === 'PUT') return upload(forge, request, identity, place);
  const reads = method === 'GET' || (method === 'HEAD' && forge.behavior.genericHead);
  if (!reads && method !== 'DELETE') return empty(405, [['Allow', forge.behavior.genericAllow]]);
  const found = find(forge, place.owner, place.name, place.version, place.file);
  if (found === undefined) return NO_PACKAGE;
  if (found.file === undefined) return NO_FILE;
  return reads ? download(forge, request, found.file) : remove(found, found.file);
}

/** The version goes with its last file. */
function remove(found: Found, file: FakeFile): FakeAnswer {
  const { files } = found.version;
  files.splice(files.indexOf(file), 1);
  if (files.length === 0) removeVersion(found.package, found.version);
  return empty(204);
}

function find(
  forge: Forge,
  owner: FakeOwner,
  name: string,
  versionName: string,
  fileName?: string,
): Found | undefined {
  const of = findPackage(forge, owner, 'generic', name);
  const version = of && findVersion(of, versionName);
  if (of === undefined || version === undefined) return undefined;
  const file = version.files.find(
    (candidate) => candidate.name.toLowerCase() === fileName?.toLowerCase(),
  );
  return { package: of, version, ...(file === undefined ? {} : { file }) };
}

function levelOf(method: string): 'read' | 'write' {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
