import { serverText } from '../../../client/server-text';
import { realm, realmBehindTls } from '../../observe/realm';
import type { Realm } from '../../observe/realm';
import { serverName } from '../../observe/server';
import type { Fix, Outcome } from '../../outcome';
import { broken, passed } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import { healthyElsewhere } from './registry-kind';

const CODE = 'REG240';

/** P5: whether the realm is one URL, and by https where the path is. */
export const realmScheme: Probe = {
  code: CODE,
  step: 'P5',
  scope: 'path',
  needs: ['REG230'],
  sends: 'nothing more; where the realm is http, GET /v2/ with X-Forwarded-Proto on another path',
  decide: async (sight) => {
    const seen = await sight.see(realm);
    return seen ? [await judged(sight, seen)] : [];
  },
};

async function judged(sight: Sight, { written, url }: Realm): Promise<Outcome> {
  const shown = `'${serverText(written, 120)}'`;
  const { origin } = sight.path;
  if (!url) {
    return broken(CODE, {
      observed: `the realm is ${shown}, which is no URL`,
      expected: `'${origin.origin}/v2/token'`,
      fix: {
        kind: 'text',
        text: 'X-Forwarded-Proto reaches Gitea as a list or with junk: let the outermost proxy set it to one value, and the next ones pass or replace it, none append',
      },
    });
  }
  if (origin.protocol === 'http:') {
    return passed(
      CODE,
      shown,
      url.protocol === 'http:' && url.origin !== origin.origin
        ? 'ROOT_URL says http: proxies in front must set X-Forwarded-Proto'
        : undefined,
    );
  }
  if (url.protocol === 'https:') {
    return passed(CODE, shown);
  }
  const fix = await fixOf(sight);
  return broken(CODE, {
    observed: `the realm is ${shown}`,
    expected: `'${origin.origin}/v2/token'`,
    ...(fix && { fix }),
  });
}

/** Forgejo knows ROOT_URL only; for Gitea another path shows whether it would believe the header. */
async function fixOf(sight: Sight): Promise<Fix | undefined> {
  const rootUrl: Fix = {
    kind: 'values',
    text: `gitea.config.server.ROOT_URL: https://${sight.request.host}/`,
  };
  if ((await serverName(sight.others))?.startsWith('Forgejo')) {
    return rootUrl;
  }
  const other = await healthyElsewhere(sight);
  if (other?.path.origin.protocol !== 'http:') {
    return undefined;
  }
  return (await other.see(realmBehindTls))?.url?.protocol === 'https:'
    ? {
        kind: 'text',
        text: 'Gitea follows X-Forwarded-Proto, and the proxy sends http: where TLS ends in front of Traefik, name that proxy in forwardedHeaders.trustedIPs of the entry point; in nginx, `proxy_set_header X-Forwarded-Proto $scheme`',
      }
    : rootUrl;
}
