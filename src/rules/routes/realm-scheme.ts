import { supports } from '../../declaration/gates';
import type { ForgeVersion } from '../../declaration/version';
import { decisiveSettings } from '../read/decisive-settings';
import { runningVersion } from '../read/forge-version';
import type { RegistryView } from '../registry-view';
import type { Rule } from '../rule';
import { schemeHeaderFaults } from './scheme-header';
import { untrustedProxies } from './untrusted-proxy';

/** REG240: Gitea builds the token realm from X-Forwarded-Proto, word for word. */
export const realmScheme: Rule = {
  code: 'REG240',
  slug: 'realm-scheme',
  title: 'the token realm is one https URL',
  severity: 'error',
  gate: 'Gitea ≥1.22 (Forgejo and older Gitea take ROOT_URL)',
  why: 'where TLS ends in front of Traefik, it drops X-Forwarded-Proto of senders it does not trust and writes http; Gitea then sends clients to an http realm, whatever ROOT_URL says',
  shows: [
    'docker login: `Get "http://HOST/v2/token?…": dial tcp …:80: connect: connection refused`',
    '`curl -i https://HOST/v2/`: `WWW-Authenticate: Bearer realm="http://HOST/v2/token"`, or a realm that is no URL: `"https, http://HOST/v2/token"`',
  ],
  fix: 'name the addresses of the outer proxy in `forwardedHeaders.trustedIPs` of the entry point; each proxy replaces X-Forwarded-Proto or passes it on, none appends',
  links: [
    'https://github.com/go-gitea/gitea/pull/30885',
    'https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/',
  ],
  judgeRegistry: (registry) =>
    followsHeader(registry) ? [...untrustedProxies(registry), ...schemeHeaderFaults(registry)] : [],
};

/** Whether the realm follows the header: on Gitea from 1.22 on, unless it is told never to look. */
function followsHeader(registry: RegistryView): boolean {
  const detection = decisiveSettings(registry.settingsOf('server', 'PUBLIC_URL_DETECTION'));
  const never = detection.some(({ text }) => text?.toLowerCase() === 'never');
  const version = runningVersion(registry);
  return registry.facts.flavor !== 'forgejo' && !never && isRecent(version);
}

/** An unknown version counts as a current one. */
function isRecent(version: ForgeVersion | undefined): boolean {
  return version === undefined || supports(version, 'realmFollowsProxy');
}
