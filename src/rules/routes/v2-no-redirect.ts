import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import { gatewayParents } from '../read/gateway';
import { plainPattern } from '../read/path-pattern';
import type { Route } from '../read/route';
import { answersPlainHttpOnly } from '../read/taken-entry-points';
import type { Treatment } from '../read/treatment';
import { treatmentName, treatmentsOf } from '../read/treatment';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { servingRoutes, V2_PING } from './serving';

/** REG219: a redirect turns POST into GET, and a streamed layer cannot be sent again. */
export const v2NoRedirect: Rule = {
  code: 'REG219',
  slug: 'v2-no-redirect',
  title: '`/v2` over https answers directly, and no http registry URL is published',
  severity: 'error',
  why: 'clients turn a redirected POST into a GET, drop the Authorization header on the way to another host, and cannot send a streamed layer twice',
  shows: [
    '`curl -i https://HOST/v2/`: 301, 302, 307 or 308 instead of 401',
    'docker login: `no basic auth credentials`; docker push: 404 or 405 on `POST …/blobs/uploads/`',
  ],
  fix: 'give `/v2` a rule of its own without the redirect; redirect http to https on the plain entry point only',
  links: [
    'https://github.com/artifact-keeper/artifact-keeper/pull/326',
    'https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/redirectscheme/',
  ],
  judgeRegistry: (registry) => [
    ...secureRoutes(registry).flatMap((route) => redirects(route, registry)),
    ...plainTunnels(registry),
  ],
};

/** A redirect to https on the entry point of plain http is as it should be. */
function secureRoutes(registry: RegistryView): Route[] {
  return servingRoutes(registry, V2_PING).filter(
    (route) => !answersPlainHttpOnly(route, registry.estate),
  );
}

function redirects(route: Route, registry: RegistryView): Violation[] {
  return treatmentsOf(route, registry.estate).flatMap((treatment) => {
    const target = targetOf(treatment, route, registry);
    return target === undefined
      ? []
      : [
          {
            at: treatment.via,
            observed: `${treatmentName(treatment)} redirects '/v2' ${target}`,
            expected: "an answer of Gitea on '/v2'",
          },
        ];
  });
}

/** Where a treatment sends an https request for `/v2`, in words; undefined where it lets it pass. */
function targetOf(
  { type, at }: Treatment,
  route: Route,
  registry: RegistryView,
): string | undefined {
  switch (type) {
    case 'redirectScheme':
      return schemeTarget(at, registry);
    case 'redirectRegex':
      return at.manifest.kind === 'HTTPRoute'
        ? filterTarget(at.get('requestRedirect'), route, registry)
        : at.isMap
          ? regexTarget(at, registry)
          : `to ${quote(at.scalar)}`;
    default:
      return undefined;
  }
}

/** Traefik redirects only where the URL changes: `https` on https passes, another port does not. */
function schemeTarget(at: Cursor, { host = '' }: RegistryView): string | undefined {
  const scheme = at.get('scheme').text;
  const port = at.get('port').scalar ?? '443';
  const own = /:(\d+)$/.exec(host)?.[1] ?? '443';
  if (scheme !== 'https') {
    return scheme && `to ${quote(scheme)}`;
  }
  return port === own ? undefined : `to port ${quote(port)}`;
}

/** What every client asks first, and one of the paths it asks next. */
const ASKED: readonly string[] = [V2_PING, '/v2/owner/image/blobs/uploads/'];

/** Traefik rewrites the whole URL, and redirects where it changed. */
function regexTarget(at: Cursor, { host }: RegistryView): string | undefined {
  const pattern = plainPattern(at.get('regex').text ?? '');
  const replacement = at.get('replacement').text;
  if (pattern === undefined || replacement === undefined) {
    return undefined;
  }
  // Go writes `${1}` for `$1`.
  const plain = replacement.replace(/\$\{(\d+)\}/g, '$$$1');
  const changed = ASKED.map((path) => `https://${host}${path}`)
    .map((url) => [url, url.replace(pattern, plain)] as const)
    .find(([before, after]) => before !== after);
  return changed && `to ${quote(changed[1])}`;
}

/** A filter redirects always; one to https of the same host is meant for a listener of http. */
function filterTarget(
  redirect: Cursor,
  { manifest }: Route,
  { estate, hostName }: RegistryView,
): string | undefined {
  const scheme = redirect.get('scheme').text;
  const hostname = redirect.get('hostname').text ?? hostName;
  if (hostname !== hostName || redirect.get('path').exists) {
    return `to another ${hostname === hostName ? 'path' : 'host'}`;
  }
  if (scheme !== 'https') {
    return scheme === 'http' ? 'to http' : 'to itself, without end';
  }
  const onHttps = gatewayParents(manifest, estate).some(({ listeners }) =>
    listeners.some(({ protocol }) => protocol === 'HTTPS'),
  );
  return onHttps ? 'to itself, without end' : undefined;
}

/** A tunnel is a way of its own; plain http to the public name is the registry published a second time. */
function plainTunnels(registry: RegistryView): Violation[] {
  const { declaration, hostName } = registry;
  return (declaration?.tunnels ?? []).flatMap(({ url }, index) => {
    const { protocol, hostname } = new URL(url);
    return protocol === 'http:' && hostname === hostName
      ? [
          {
            at: registry.declared('tunnels', index, 'url'),
            observed: `the public host as ${quote(url)}`,
            expected: `https, or another host than ${quote(hostName)}`,
            why: 'docker and containerd ask every host but localhost by https, and an http URL of the same host sends the token in the clear or into a redirect',
            fix: `name the address behind the proxy, or https://${hostName}`,
          },
        ]
      : [];
  });
}
