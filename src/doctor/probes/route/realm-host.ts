import { realmOf } from '../../../client/oci/realm';
import { serverText } from '../../../client/server-text';
import { realm } from '../../observe/realm';
import type { Realm } from '../../observe/realm';
import type { Outcome } from '../../outcome';
import { broken, passed } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';

const CODE = 'REG241';

/** P5: whether clients find the token where they found the registry. */
export const realmHost: Probe = {
  code: CODE,
  step: 'P5',
  scope: 'path',
  needs: ['REG240'],
  sends: 'nothing more: the challenge of GET /v2/ is read',
  decide: async (sight) => {
    const seen = await sight.see(realm);
    return seen?.url ? [judged(sight, seen, seen.url)] : [];
  },
};

function judged(sight: Sight, { isGitea }: Realm, url: URL): Outcome {
  const { origin } = sight.path;
  const shown = `'${serverText(url.host, 120)}'`;
  if (url.host === origin.host) {
    return passed(CODE, shown);
  }
  if (!isGitea) {
    return passed(CODE, shown, 'another registry than Gitea may have its token server elsewhere');
  }
  if (isBeside(sight)) {
    return passed(
      CODE,
      shown,
      'another host, as expected where Gitea takes the realm from ROOT_URL: clients of this path are sent there',
    );
  }
  if (isAllowed(sight, url)) {
    return passed(CODE, shown, 'another host, which is allowed (--allow-realm)');
  }
  if (isDeclared(sight, url)) {
    return passed(CODE, shown, 'the host of the web pages, which is declared to serve the token');
  }
  const isSameName = url.hostname === origin.hostname;
  return broken(CODE, {
    observed: `the realm is on ${shown}${isSameName ? ', with another port' : ''}`,
    expected: `'${origin.host}'`,
    ...(isSameName && {
      fix: {
        kind: 'text' as const,
        text: 'a proxy drops or adds the port: pass `Host` as it came (nginx: `proxy_set_header Host $http_host`)',
      },
    }),
  });
}

/** A way straight to Gitea, beside the one of the clients (rule 6 of the catalogue). */
function isBeside({ path: { origin, isImageHost = true }, request }: Sight): boolean {
  return !isImageHost || (origin.protocol === 'http:' && origin.host !== request.host);
}

function isDeclared({ request: { declaration } }: Sight, { protocol, host }: URL): boolean {
  return (
    protocol === 'https:' && declaration?.uiServesRealm === true && declaration.uiHost === host
  );
}

function isAllowed({ path: { origin }, options }: Sight, url: URL): boolean {
  const challenge = { scheme: 'bearer', parameters: new Map([['realm', url.href]]) };
  return realmOf(challenge, { origin, allowedRealms: options.allowedRealms }).isTrusted;
}
