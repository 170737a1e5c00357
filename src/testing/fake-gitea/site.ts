import { WEB_NOT_FOUND, apiJson } from './answers';
import { answerApi } from './api/router';
import type { FakeAnswer, FakeRequest } from './exchange';
import { subPathOf } from './forge';
import type { Forge } from './forge';
import { answerGeneric } from './generic/router';
import { healthAnswer } from './health';
import { answerRegistry } from './oci/router';
import { swaggerAnswer } from './swagger';

/** Gives a request to the part of the server it is for. */
export async function answerSite(forge: Forge, request: FakeRequest): Promise<FakeAnswer> {
  const path = withoutSubPath(forge, request.path);
  if (path === undefined) return outsideSubPath(forge);
  const inside = { ...request, path };
  const packages = forge.settings.packagesEnabled;
  return (
    (packages ? await answerRegistry(forge, inside) : undefined) ??
    (packages ? await answerGeneric(forge, inside) : undefined) ??
    (await answerApi(forge, inside)) ??
    singlePage(forge, inside)
  );
}

function singlePage(forge: Forge, { method, path }: FakeRequest): FakeAnswer {
  if (method !== 'GET') return WEB_NOT_FOUND;
  if (path === '/api/healthz') return healthAnswer(forge);
  if (path === '/swagger.v1.json') return swaggerAnswer(forge);
  // Written after the reference: this path was not recorded.
  if (path === '/api/forgejo/v1/version' && forge.behavior.isForgejo) {
    return apiJson(200, { version: forge.behavior.versionText });
  }
  return WEB_NOT_FOUND;
}

/** The path below USE_SUB_URL_PATH's sub-path, where `/v2` answers at the root too; absent outside of it. */
function withoutSubPath(forge: Forge, path: string): string | undefined {
  const subPath = subPathOf(forge);
  const isUsed = forge.settings.useSubUrlPath && forge.behavior.hasSubUrlPath;
  if (!isUsed || subPath === '') return path;
  if (path.startsWith(`${subPath}/`)) return path.slice(subPath.length);
  return path === '/v2' || path.startsWith('/v2/') ? path : undefined;
}

function outsideSubPath(forge: Forge): FakeAnswer {
  const subPath = subPathOf(forge);
  return {
    status: 404,
    headers: [['Content-Type', 'text/html; charset=utf-8']],
    body: `404 page not found, sub-path is: <a href="${subPath}">${subPath}</a>`,
  };
}
