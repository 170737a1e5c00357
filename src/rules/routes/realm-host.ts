import { supports } from '../../declaration/gates';
import { splitHost } from '../../declaration/host';
import { quote } from '../../declaration/problem';
import { decisiveSettings } from '../read/decisive-settings';
import { isExampleHost } from '../read/example-host';
import { PRODUCT, runningVersion } from '../read/forge-version';
import type { IniSetting } from '../read/ini-setting';
import { covers, takesHost, V2 } from '../read/route';
import type { RegistryView } from '../registry-view';
import { hostOf } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { standingSettings } from '../values/standing-settings';

/** REG241: what takes the realm from ROOT_URL sends every client to the host of ROOT_URL, whatever it asked. */
export const realmHost: Rule = {
  code: 'REG241',
  slug: 'realm-host',
  title:
    "the token realm's host and port equal the requested ones and are reachable from every client and node",
  severity: 'error',
  gate: 'which header decides differs: Gitea 1.22, 1.23, 1.24 (PUBLIC_URL_DETECTION), 1.26; Forgejo always ROOT_URL',
  why: 'clients fetch their token from the realm: a realm with another name is asked there, or gets no credential at all, for a credential belongs to the origin it was given for',
  shows: [
    'docker: `Get "http://gitea-http.git.svc:3000/v2/token?…": dial tcp: lookup … no such host`',
    'login works, and every push is unauthorized',
  ],
  fix: 'let the proxy pass `Host` with its port and set X-Forwarded-Proto; set ROOT_URL to the public name; where the other host is meant, name it with --allow-realm',
  links: [
    'https://github.com/go-gitea/gitea/pull/32060',
    'https://github.com/go-gitea/gitea/pull/36955',
  ],
  judgeRegistry: (registry) => {
    const reason = fixedRealm(registry);
    return reason === undefined ? [] : wrongRealms(registry, reason);
  },
};

/** Why the realm is that of ROOT_URL whatever a request says; undefined where a request may decide. */
function fixedRealm(registry: RegistryView): string | undefined {
  const version = runningVersion(registry);
  const flavor = version?.flavor ?? registry.facts.flavor;
  if (flavor === 'forgejo') {
    return 'Forgejo takes it from ROOT_URL';
  }
  const detection = decisiveSettings(registry.settingsOf('server', 'PUBLIC_URL_DETECTION'));
  if (detection.some(({ text }) => text?.trim().toLowerCase() === 'never')) {
    return "PUBLIC_URL_DETECTION 'never' takes it from ROOT_URL";
  }
  return version === undefined || supports(version, 'realmFollowsProxy')
    ? undefined
    : `${PRODUCT[version.flavor]} before 1.22 takes it from ROOT_URL`;
}

/** A ROOT_URL, and the host the realm is on with it. */
interface RealmSetting {
  readonly setting: IniSetting;
  /** `host[:port]`. */
  readonly realm: string;
}

function wrongRealms(registry: RegistryView, reason: string): Violation[] {
  const { host } = registry;
  const realms = standingSettings(registry, 'server', 'ROOT_URL').flatMap((setting) => {
    const realm = hostOf(setting.text);
    return realm === undefined ? [] : [{ setting, realm }];
  });
  // Of several layers nobody here knows the order: one that is right may be the last.
  const isRight = realms.some(({ realm }) => realm === host && !isOnlyInCluster(realm));
  return host === undefined || isRight
    ? []
    : realms.flatMap((realm) => wrongRealm(realm, host, registry, reason));
}

function wrongRealm(
  { setting, realm }: RealmSetting,
  host: string,
  registry: RegistryView,
  reason: string,
): Violation[] {
  const isInside = isOnlyInCluster(realm);
  const isKnownWrong = isInside
    ? isPulledFrom(registry)
    : registry.v2Routes.length > 0 && !serves(realm, registry);
  // What the charts ship: REG611 speaks of it.
  if (!isKnownWrong || isAcknowledged(realm, registry) || isExampleHost(splitHost(realm).name)) {
    return [];
  }
  const mayServe = !isInside && splitHost(realm).name !== registry.hostName;
  const isUnusable = isOnlyInCluster(host);
  const wanted = isUnusable ? 'a name clients and nodes know' : quote(host);
  return [
    {
      at: setting.at,
      observed: `the token realm is on ${quote(realm)}${isInside ? ', a name only pods know' : ''}: ${reason}`,
      expected: mayServe ? `${wanted}, or a route of /v2 on ${quote(realm)} too` : wanted,
      fix: isUnusable
        ? 'set ROOT_URL to the public name, and pull by it'
        : `set ROOT_URL to ${quote(`https://${host}/`)}${mayServe ? `, or route \`/v2\` of ${quote(realm)} to the forge as well` : ''}`,
    },
  ];
}

/** Whether the declaration says that the host of the web pages leads the token endpoint to the release. */
function isAcknowledged(realm: string, { declaration }: RegistryView): boolean {
  return declaration?.uiServesRealm === true && declaration.uiHost === realm;
}

/** Whether clients outside of pods are known to ask the registry. */
function isPulledFrom({ declaration, v2Routes, workloads }: RegistryView): boolean {
  return declaration !== undefined || v2Routes.length > 0 || workloads.length > 0;
}

/** Names of Services, which only the DNS of the cluster knows. */
function isOnlyInCluster(host: string): boolean {
  const { name } = splitHost(host);
  return /(^|\.)(svc|cluster\.local)$/.test(name) || (!name.includes('.') && name !== 'localhost');
}

/** Whether `/v2` of the realm's host is routed, as far as can be seen; another port of the host is another server. */
function serves(realm: string, { estate, values, hostName }: RegistryView): boolean {
  const { name } = splitHost(realm);
  if (name === hostName) {
    return false;
  }
  const byChart = values
    .flatMap(({ root }) => root.get('ingress', 'hosts').items())
    .some((entry) => hostOf((entry.isMap ? entry.get('host') : entry).text) === name);
  return (
    byChart || estate.routes.some((route) => takesHost(route, name) && covers(route, `${V2}/`))
  );
}
