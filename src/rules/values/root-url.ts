import { splitHost } from '../../declaration/host';
import { quote } from '../../declaration/problem';
import { isTemplate } from '../limits/template-text';
import { isExampleHost } from '../read/example-host';
import type { IniSetting } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { missingServerKeys } from './missing-server-keys';
import { rootUrlFaults, rootUrlParts } from './root-url-faults';
import { standingSettings } from './standing-settings';

/** REG611: the charts derive what is not set from `ingress.hosts[0]`, whose default is `git.example.com`. */
export const rootUrl: Rule = {
  code: 'REG611',
  slug: 'root-url',
  title:
    "ROOT_URL, DOMAIN, SSH_DOMAIN and HTTP_PORT are set together and explicitly: https, the registry's host, a trailing slash, no default port, no `example.com`, a path only for a forge below one",
  severity: 'error',
  why: 'what is not set the charts derive from `ingress.hosts[0].host`, with http unless their own Ingress has TLS: links, mails and, where no proxy header says otherwise, the token realm lead elsewhere',
  shows: [
    '`docker login`: `Get "http://git.example.com/v2/token?…": dial tcp: lookup git.example.com: no such host`',
    '`curl -i https://HOST/v2/`: `realm="http://…/v2/token"` or another host than HOST',
    'clone URLs of repositories begin with `git@git.example.com:`',
  ],
  fix: 'set all four below `gitea.config.server`: `ROOT_URL: https://HOST/`, `DOMAIN: HOST`, `SSH_DOMAIN: HOST`, `HTTP_PORT: "3000"`',
  links: [
    'https://docs.gitea.com/administration/config-cheat-sheet#server-server',
    'https://github.com/go-gitea/gitea/issues/31994',
  ],
  judgeRegistry: (registry) => [
    ...wrongRootUrls(registry),
    ...wrongDomains(registry),
    ...missingServerKeys(registry),
  ],
};

function wrongRootUrls(registry: RegistryView): Violation[] {
  const context = {
    declaredPath: registry.declaration && (registry.declaration.uiPath ?? ''),
    routedPaths: registry.routes.map(({ path }) => path),
  };
  return standingSettings(registry, 'server', 'ROOT_URL').flatMap(({ text, at }) =>
    text ? rootUrlFaults(text, context).map((fault) => ({ at, ...fault })) : [],
  );
}

/** DOMAIN counts for the charts only (SSH_DOMAIN follows it): Gitea itself takes the host of ROOT_URL. */
function wrongDomains(registry: RegistryView): Violation[] {
  const expected = expectedDomain(registry);
  return standingSettings(registry, 'server', 'DOMAIN').flatMap(({ text, at }) => {
    if (!text || isTemplate(text)) {
      return [];
    }
    const isExample = isExampleHost(splitHost(text).name);
    const differs = expected !== undefined && text.toLowerCase() !== expected;
    return isExample || differs
      ? [
          {
            at,
            observed: `DOMAIN is ${quote(text)}`,
            expected: differs ? `'${expected}'` : "the registry's own host name",
            ...(!isExample && registry.declaration === undefined && { severity: 'warning' }),
          } satisfies Violation,
        ]
      : [];
  });
}

/** The declared host of the web pages without its port; without a declaration the one host that ROOT_URL names. */
function expectedDomain(registry: RegistryView): string | undefined {
  if (registry.declaration !== undefined) {
    const { host, uiHost = host } = registry.declaration;
    return splitHost(uiHost).name;
  }
  const urls = standingSettings(registry, 'server', 'ROOT_URL');
  const names = new Set(urls.map(hostNameOf));
  return names.size === 1 ? [...names][0] : undefined;
}

function hostNameOf({ text }: IniSetting): string | undefined {
  const host = rootUrlParts(text ?? '')?.host;
  return host === undefined || isTemplate(host) ? undefined : splitHost(host).name;
}
