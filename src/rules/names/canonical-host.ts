import { splitHost } from '../../declaration/host';
import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import { indexed } from '../estate-index';
import { isExampleHost } from '../read/example-host';
import type { IniSetting } from '../read/ini-setting';
import type { Route } from '../read/route';
import { covers, isV2Route, V2 } from '../read/route';
import { treatmentsOf } from '../read/treatment';
import type { RegistryView } from '../registry-view';
import { hostOf } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { standingSettings } from '../values/standing-settings';
import { authHosts } from './auth-host';
import { forgeServices, localPorts, ownerNames } from './forge-service';
import type { HostedImage } from './hosted-image';
import { hostedImages } from './hosted-image';

/** REG110: realm, certificate and credentials are all found by the one name of the registry. */
export const canonicalHost: Rule = {
  code: 'REG110',
  slug: 'canonical-host',
  title:
    'one `host[:port]` is used in ROOT_URL, routes, certificate, image references and pull-secret keys',
  severity: 'error',
  why: 'a second name is in use: the token realm names another host than the client asked, the certificate is for the other name, and kubelet looks for a credential under a name no pull secret has',
  shows: [
    'docker login: `Get "https://git.old.example.org/v2/token?…": dial tcp: lookup … no such host`',
    'pod events: `failed to fetch anonymous token` although the namespace has a pull secret',
    '`curl -si https://HOST/v2/ | grep -i realm` names another host',
  ],
  fix: 'use the declared host everywhere and drop the other name; what must stay reachable under it gets a redirect',
  links: [
    'https://github.com/go-gitea/gitea/issues/22033',
    'https://github.com/go-gitea/gitea/issues/29591',
    'https://github.com/go-gitea/gitea/issues/28039',
  ],
  judgeRegistry: (registry) =>
    registry.host === undefined ? [] : judgeNames(registry, registry.host),
};

/** Another name of the registry, and where it is introduced. */
interface Alias {
  /** `host[:port]`. */
  readonly host: string;
  readonly violation: Violation;
}

function judgeNames(registry: RegistryView, host: string): Violation[] {
  const introduced = [
    ...otherRootUrls(registry, registry.uiHost ?? host),
    ...(isCanonical(registry, host)
      ? [...otherRoutes(registry, host), ...otherChartHosts(registry, host)]
      : []),
  ];
  const others = [...introduced.map((alias) => alias.host), ...tunnelHosts(registry)];
  const names = new Set(others.filter((other) => other !== host));
  return [
    ...introduced.map(({ violation }) => violation),
    ...imagesUnder(names, registry, host),
    ...credentialsUnder(names, registry, host),
  ];
}

/** Whether it is known which of several names is the right one: by declaration or by ROOT_URL. */
function isCanonical(registry: RegistryView, host: string): boolean {
  return (
    registry.declaration !== undefined ||
    rootUrls(registry).some(({ text }) => hostOf(text) === host)
  );
}

function rootUrls(registry: RegistryView): readonly IniSetting[] {
  return standingSettings(registry, 'server', 'ROOT_URL');
}

/** A ROOT_URL of another host, unless some other layer says the right one. */
function otherRootUrls(registry: RegistryView, host: string): Alias[] {
  const named = rootUrls(registry).flatMap(({ text, at }) => {
    const other = hostOf(text);
    return other === undefined ? [] : [{ other, at }];
  });
  return named.some(({ other }) => other === host)
    ? []
    : named
        // What the charts ship: REG611 speaks of it.
        .filter(({ other }) => !isExampleHost(other))
        .map(({ other, at }) => ({
          host: other,
          violation: {
            at,
            observed: `ROOT_URL names host ${quote(other)}`,
            expected: quote(host),
            fix: `set ROOT_URL to ${quote(`https://${host}/`)}`,
          },
        }));
}

/** Routes under other names that lead `/v2` to the Service of the release. */
function otherRoutes(registry: RegistryView, host: string): Alias[] {
  const byBackend = registry.estate.remember('routes by backend', () =>
    indexed(registry.estate.routes, ({ backends }) =>
      backends.map(({ name, namespace }) => `${namespace}/${name}`),
    ),
  );
  return forgeServices(registry)
    .flatMap(({ name, namespace }) => byBackend.get(`${namespace}/${name}`) ?? [])
    .flatMap((route) => aliasOfRoute(route, registry, host));
}

function aliasOfRoute(route: Route, registry: RegistryView, host: string): Alias[] {
  const other = route.host;
  const apart = other === undefined || other.includes('*') || isKnown(other, registry);
  return apart || !covers(route, `${V2}/`) || isRedirected(route, registry)
    ? []
    : [aliasAt(route.hostAt, other, host, isV2Route(route) ? 'error' : 'warning')];
}

/** Whether a name is the registry's own, or that of another declared registry. */
function isKnown(other: string, registry: RegistryView): boolean {
  const { hostName, uiHost = '' } = registry;
  return other === hostName || other === splitHost(uiHost).name || isDeclared(other, registry);
}

function isDeclared(host: string, { estate }: RegistryView): boolean {
  const declared = estate.remember(
    'declared hosts',
    () => new Set(estate.declarations.map(({ declaration }) => declaration.host)),
  );
  return declared.has(host);
}

function isRedirected(route: Route, { estate }: RegistryView): boolean {
  return treatmentsOf(route, estate).some(({ type }) => type === 'redirectRegex');
}

/** Hosts of the chart's own Ingress. */
function otherChartHosts(registry: RegistryView, host: string): Alias[] {
  return registry.values
    .map(({ root }) => root.get('ingress'))
    .filter((ingress) => ingress.get('enabled').value === true)
    .flatMap((ingress) => ingress.get('hosts').items())
    .map((entry) => (entry.isMap ? entry.get('host') : entry))
    .flatMap((at) => {
      const other = hostOf(at.text);
      const apart = other === undefined || isKnown(other, registry);
      return apart ? [] : [aliasAt(at, other, host, 'warning')];
    });
}

function aliasAt(at: Cursor, other: string, host: string, severity: 'error' | 'warning'): Alias {
  return {
    host: other,
    violation: {
      at,
      severity,
      observed: `the registry is routed under ${quote(other)} too`,
      expected: `${quote(host)} alone`,
      fix: `drop the route of ${quote(other)}, or let it redirect to ${quote(host)}`,
    },
  };
}

/** Hosts of declared tunnels: ways for people, no names for images. */
function tunnelHosts({ declaration }: RegistryView): string[] {
  const hosts = declaration?.tunnels.flatMap(({ url }) => hostOf(url) ?? []) ?? [];
  return hosts.filter((host) => !/^(localhost|127\.0\.0\.1)(:|$)/.test(host));
}

/** Images under one of the other names, under another port of the right one, or under the address of a node. */
function imagesUnder(
  names: ReadonlySet<string>,
  registry: RegistryView,
  host: string,
): Violation[] {
  const images = hostedImages(registry.estate);
  const hosts = [...new Set([...names].map((name) => splitHost(name).name))];
  return [
    ...hosts
      .flatMap((name) => images.get(name) ?? [])
      .filter((image) => names.has(image.host.toLowerCase()))
      .map((image) => imageViolation(image, host, 'error')),
    ...(images.get(registry.hostName!) ?? [])
      .filter((image) => hasOtherPort(image, host, registry) && !isDeclared(image.host, registry))
      .map((image) => imageViolation(image, host, 'error')),
    ...imagesOfNodes(registry).map((image) => imageViolation(image, host, 'warning')),
  ];
}

/** Port 443 is a matter of form, which REG111 judges; any other may be another registry, unless the port or the owner is ours. */
function hasOtherPort({ port, path }: HostedImage, host: string, registry: RegistryView): boolean {
  const differs = port !== '443' && port !== splitHost(host).port?.toString();
  return (
    differs &&
    (localPorts(registry).has(port ?? '') || ownerNames(registry).has(path.split('/')[0]))
  );
}

/** Images under an IPv4 address with the declared NodePort. */
function imagesOfNodes({ declaration, estate }: RegistryView): readonly HostedImage[] {
  const nodePort = declaration?.release.httpService.nodePort;
  if (nodePort === undefined) {
    return [];
  }
  const byPort = estate.remember('images under addresses by port', () =>
    indexed(
      [...hostedImages(estate).values()].flat().filter(({ name }) => isNodeAddress(name)),
      ({ port }) => port ?? [],
    ),
  );
  return byPort.get(nodePort.toString()) ?? [];
}

function isNodeAddress(name: string): boolean {
  return /^(\d{1,3}\.){3}\d{1,3}$/.test(name) && !name.startsWith('127.');
}

function imageViolation(
  { at, host: other, path }: HostedImage,
  host: string,
  severity: 'error' | 'warning',
): Violation {
  return {
    at,
    severity,
    observed: `an image of this registry under ${quote(other)}`,
    expected: `host ${quote(host)}`,
    fix: `pull ${quote(`${host}/${path}`)}`,
  };
}

/** Pull secrets with a credential for another name and none for the right one. */
function credentialsUnder(
  names: ReadonlySet<string>,
  { estate }: RegistryView,
  host: string,
): Violation[] {
  const byHost = authHosts(estate);
  return [...names]
    .flatMap((name) => byHost.get(name) ?? [])
    .filter(({ beside }) => !beside.has(host))
    .map((one) => ({
      at: one.at,
      observed: `a credential for ${quote(one.host)}`,
      expected: `a credential for ${quote(host)}`,
      fix: `write ${quote(host)} as the key below auths`,
    }));
}
