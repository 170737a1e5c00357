import {
  OWNER_NOT_FOUND,
  PAGE_NOT_FOUND,
  empty,
  errorText,
  registryEmpty,
  registryError,
} from '../answers';
import { authenticateRegistry } from '../authentication';
import type { Authentication, Identity } from '../authentication';
import type { FakeAnswer, FakeRequest } from '../exchange';
import { findOwner } from '../forge';
import type { Forge } from '../forge';
import { packageRefusal } from '../package-gate';
import { challenges } from '../realm';
import type { FakeOwner } from '../state';
import { deleteBlob, getBlob } from './blobs';
import { listCatalog } from './catalog';
import { isImageName } from './image';
import type { ImageScope } from './image';
import { deleteManifest, getManifest } from './manifests';
import { putManifest } from './manifest-push';
import { listTags } from './tags';
import { issueToken, mayHaveToken } from './token';
import { appendToUpload, cancelUpload, finishUpload, startUpload, uploadStatus } from './uploads';

interface ImageRoute {
  readonly methods: readonly string[];
  /** Group 1 is the image, group 2 what the route names. */
  readonly pattern: RegExp;
  readonly level: 'read' | 'write';
  readonly answer: (
    forge: Forge,
    scope: ImageScope,
    name: string,
    request: FakeRequest,
  ) => FakeAnswer | Promise<FakeAnswer>;
}

/** Credentials that were not refused. */
type Seen = Exclude<Authentication, { kind: 'refused' }>;

const UPLOAD = /^(.+)\/blobs\/uploads\/([^/]+)$/;
const BLOB = /^(.+)\/blobs\/([^/]+)$/;
const MANIFEST = /^(.+)\/manifests\/([^/]+)$/;

/** Section 3.1 of the reference, below `/v2/{owner}/`. */
const ROUTES: readonly ImageRoute[] = [
  {
    methods: ['POST'],
    pattern: /^(.+)\/blobs\/uploads$/,
    level: 'write',
    answer: (forge, scope, _, request) => startUpload(forge, scope, request),
  },
  { methods: ['GET'], pattern: UPLOAD, level: 'write', answer: uploadStatus },
  { methods: ['PATCH'], pattern: UPLOAD, level: 'write', answer: appendToUpload },
  { methods: ['PUT'], pattern: UPLOAD, level: 'write', answer: finishUpload },
  {
    methods: ['DELETE'],
    pattern: UPLOAD,
    level: 'write',
    answer: (forge, _, id) => cancelUpload(forge, id),
  },
  { methods: ['GET', 'HEAD'], pattern: BLOB, level: 'read', answer: getBlob },
  { methods: ['DELETE'], pattern: BLOB, level: 'write', answer: deleteBlob },
  { methods: ['GET', 'HEAD'], pattern: MANIFEST, level: 'read', answer: getManifest },
  { methods: ['PUT'], pattern: MANIFEST, level: 'write', answer: putManifest },
  { methods: ['DELETE'], pattern: MANIFEST, level: 'write', answer: deleteManifest },
  {
    methods: ['GET'],
    pattern: /^(.+)\/tags\/list$/,
    level: 'read',
    answer: (forge, scope, _, request) => listTags(forge, scope, request.query),
  },
];

/**
 * Answers `/v2` and what lies below it (section 3 of the reference).
 *
 * @returns nothing for a path that is not the registry's
 */
export async function answerRegistry(
  forge: Forge,
  request: FakeRequest,
): Promise<FakeAnswer | undefined> {
  const { path } = request;
  const routed = decode(path.replace(/\/+/g, '/')).replace(/\/$/, '');
  if (routed !== '/v2' && !routed.startsWith('/v2/')) return undefined;
  const seen = authenticateRegistry(forge, request, forge.behavior.normalizesPath ? routed : path);
  if (seen.kind === 'refused') return errorText(401, forge.behavior.refusedAuthorization);
  if (routed === '/v2' || routed === '/v2/token' || routed === '/v2/_catalog') {
    return answerRoot(forge, request, routed, seen);
  }
  const [, ownerName, rest] = /^\/v2\/([^/]+)\/(.+)$/.exec(routed) ?? [];
  if (ownerName === undefined || rest === undefined) return PAGE_NOT_FOUND;
  const owner = findOwner(forge, ownerName);
  if (isShutOut(forge, seen)) return unauthorized(forge, request, owner);
  if (owner === undefined) return OWNER_NOT_FOUND;
  return answerOwner(forge, request, seen.identity, owner, rest);
}

function answerRoot(forge: Forge, request: FakeRequest, path: string, seen: Seen): FakeAnswer {
  if (request.method === 'POST' && path === '/v2/token') return empty(404);
  if (request.method !== 'GET') return empty(405, [['Allow', 'GET']]);
  if (path === '/v2/token') {
    const identity = seen.kind === 'none' ? { byBasic: false } : seen.identity;
    const mayNot = identity.user === undefined && forge.settings.requireSignIn;
    return mayNot || !mayHaveToken(forge, identity.scopes)
      ? unauthorized(forge, request)
      : issueToken(forge, identity);
  }
  if (isShutOut(forge, seen)) return unauthorized(forge, request);
  return path === '/v2' ? registryEmpty(200) : listCatalog(forge, seen.identity, request.query);
}

async function answerOwner(
  forge: Forge,
  request: FakeRequest,
  identity: Identity,
  owner: FakeOwner,
  rest: string,
): Promise<FakeAnswer> {
  const refusal = packageRefusal(forge, identity, owner, 'read');
  if (refusal !== undefined) return refusal;
  for (const route of ROUTES) {
    const [, image, name] = route.pattern.exec(rest) ?? [];
    if (image === undefined || !route.methods.includes(request.method)) continue;
    const noWrite = packageRefusal(forge, identity, owner, route.level);
    if (noWrite !== undefined) return noWrite;
    if (!isImageName(image)) return registryError(400, 'NAME_INVALID');
    return route.answer(forge, { owner, image, identity }, name ?? '', request);
  }
  return forge.behavior.textForNoRoute ? PAGE_NOT_FOUND : empty(404);
}

/** No credentials, or those of nobody where only users may look. */
function isShutOut(forge: Forge, seen: Seen): seen is { readonly kind: 'none' } {
  return seen.kind === 'none' || (seen.kind === 'ghost' && forge.settings.requireSignIn);
}

/** The challenge to bring credentials. */
function unauthorized(forge: Forge, request: FakeRequest, owner?: FakeOwner): FakeAnswer {
  const needsBasic =
    forge.settings.requireSignIn || (owner !== undefined && owner.visibility !== 'public');
  return registryError(401, 'UNAUTHORIZED', '', challenges(forge, request, needsBasic));
}

/** `%2F` is a slash here, and what cannot be decoded stays. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
