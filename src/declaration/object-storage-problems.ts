import { endpointOf } from './endpoint';
import { supports } from './gates';
import type { RegistryDeclaration } from './model';
import type { ObjectStorageDeclaration } from './object-storage';
import type { Problem } from './problem';
import type { ForgeVersion } from './version';
import { atLeast, parseForgeVersion } from './version';

/** What no single field of the object storage can say: a store the release does not know, an endpoint clients cannot use. */
export function objectStorageProblems({ objectStorage, release }: RegistryDeclaration): Problem[] {
  if (!objectStorage) {
    return [];
  }
  const version = parseForgeVersion(release.appVersion, release.flavor);
  return [
    ...unknownStore(objectStorage, version),
    ...(objectStorage.serveDirect ? notDirect(objectStorage, version) : []),
  ];
}

function unknownStore({ type }: ObjectStorageDeclaration, version: ForgeVersion): Problem[] {
  return type === 'azure-blob' && !supports(version, 'azureBlob')
    ? [
        {
          path: 'objectStorage.type',
          value: type,
          allowed: `needs Gitea 1.23.0 or newer and is unknown to Forgejo; the release runs ${version.flavor} ${version.number}: use ObjectStorage.s3, or upgrade first`,
          code: 'REG711',
        },
      ]
    : [];
}

/** Clients follow the redirect from anywhere: what only the pod can reach or trust ends every pull. */
function notDirect(storage: ObjectStorageDeclaration, version: ForgeVersion): Problem[] {
  const refused = (allowed: string): Problem[] => [
    { path: 'objectStorage.serveDirect', value: true, allowed, code: 'REG712' },
  ];
  const endpoint = endpointOf(storage.endpoint);
  const tls = storage.type === 's3' ? storage.useSsl : endpoint?.scheme === 'https';
  if (endpoint?.reach !== 'everywhere') {
    return refused(
      `sends every client to '${storage.endpoint}', which only the cluster or its network reaches: leave it false, or name a public endpoint`,
    );
  }
  if (!tls) {
    return refused(
      `sends every client to '${storage.endpoint}' over plain http: leave it false, or serve the store over https`,
    );
  }
  return isTooOld(version)
    ? refused(
        `fails with 'missing signature key' in docker before Gitea 1.22.4; the release runs ${version.flavor} ${version.number}: leave it false, or upgrade`,
      )
    : [];
}

/** Forgejo numbers its releases otherwise, and has its own row for the feature itself. */
function isTooOld(version: ForgeVersion): boolean {
  return (
    !supports(version, 'serveDirect') || (version.flavor === 'gitea' && !atLeast(version, '1.22.4'))
  );
}
