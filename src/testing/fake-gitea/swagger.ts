import { SITE_HEADERS } from './answers';
import { routesOf } from './api/table';
import type { FakeAnswer } from './exchange';
import type { Forge } from './forge';

/** `GET /swagger.v1.json`: the fake's own routes, by path and method; enough to detect a feature. */
export function swaggerAnswer(forge: Forge): FakeAnswer {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, path } of routesOf(forge)) {
    paths[path] = { ...paths[path], [method.toLowerCase()]: { produces: ['application/json'] } };
  }
  const product = forge.behavior.isForgejo ? 'Forgejo' : 'Gitea';
  const document = {
    swagger: '2.0',
    info: { title: `${product} API`, version: forge.behavior.versionText },
    basePath: '/api/v1',
    paths,
  };
  return {
    status: 200,
    headers: [SITE_HEADERS[0]!, ['Content-Type', 'application/json'], SITE_HEADERS[2]!],
    body: JSON.stringify(document, undefined, 2),
  };
}
