import type { Rule } from '../rule';
import { decodingFaults } from './decoding-proxy';
import { encodedCharacterFaults } from './encoded-characters';

/** REG250: npm and the package API put `%2F` into paths; a proxy that refuses or decodes it breaks them. */
export const encodedSlash: Rule = {
  code: 'REG250',
  slug: 'encoded-slash',
  title: '`%2F` in paths reaches Gitea unchanged',
  severity: 'error',
  gate: 'Traefik 2.11.32–2.11.34 and 3.6.3–3.6.6 refuse it by default; the middleware since 3.7 does',
  why: 'scoped npm packages and images with a slash in their name are asked for with `%2F`; refused or decoded on the way they cannot be found, published or linked',
  shows: [
    'npm: `400 Bad Request - PUT https://HOST/api/packages/OWNER/npm/@scope%2fname`; the answer is empty and Gitea logs nothing',
    "the package's page in the web UI is 404, and Gitea's log shows the path with a plain `/`",
  ],
  fix: 'Traefik 2.11.35, 3.6.7 or later; `http.encodedCharacters.allowEncodedSlash: true` on the entry point; nginx: no rewrite and no URI in `proxy_pass`',
  links: [
    'https://github.com/traefik/traefik/issues/12395',
    'https://github.com/traefik/traefik/issues/12437',
    'https://github.com/go-gitea/gitea/issues/31321',
  ],
  judgeRegistry: (registry) => [...encodedCharacterFaults(registry), ...decodingFaults(registry)],
};
