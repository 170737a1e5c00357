import { empty, plainText } from '../answers';
import type { Identity } from '../authentication';
import type { FakeAnswer, FakeRequest } from '../exchange';
import type { Forge } from '../forge';
import {
  addFile,
  addVersion,
  ensurePackage,
  findPackage,
  findVersion,
  storeBlob,
} from '../package-store';
import { countRefusal, sizeRefusal } from '../quota';
import type { FakeOwner } from '../state';
import { isFileName, isPackageName, isVersionName } from './names';

/** Where a generic file goes. */
export interface FilePlace {
  readonly owner: FakeOwner;
  readonly name: string;
  readonly version: string;
  readonly file: string;
}

/** `PUT …/{package}/{version}/{file}`: the bytes are read before anything but names is judged. */
export async function upload(
  forge: Forge,
  request: FakeRequest,
  identity: Identity,
  place: FilePlace,
): Promise<FakeAnswer> {
  const nameFault = faultyName(place);
  if (nameFault !== undefined) return plainText(400, nameFault);
  if (isForm(request.headers['content-type'])) {
    return plainText(500, forge.behavior.formUploadText);
  }
  const bytes = await request.bytes();
  const { owner } = place;
  const existing = findPackage(forge, owner, 'generic', place.name);
  const existingVersion = existing && findVersion(existing, place.version);
  const wanted = place.file.toLowerCase();
  if (existingVersion?.files.some((file) => file.name.toLowerCase() === wanted)) {
    return plainText(409, 'package file already exists');
  }
  const refusal =
    (existingVersion === undefined ? countRefusal(forge, identity, owner) : undefined) ??
    sizeRefusal(forge, identity, owner, 'generic', bytes.length);
  if (refusal !== undefined) return plainText(403, refusal);
  const into = existing ?? ensurePackage(forge, owner, 'generic', place.name);
  const version = existingVersion ?? addVersion(forge, into, place.version, identity.user?.id ?? 0);
  // A generic blob whose bytes were lost stays lost (section 8 of the reference).
  addFile(forge, version, place.file, storeBlob(forge, bytes, false));
  return empty(201);
}

function faultyName({ name, version, file }: FilePlace): string | undefined {
  if (!isPackageName(name)) return 'invalid package name';
  if (!isFileName(file)) return 'invalid filename';
  return isVersionName(version) ? undefined : 'invalid package version';
}

function isForm(contentType: string | undefined): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(contentType ?? '');
}
