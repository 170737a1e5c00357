import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { annotation } from '../read/ingress';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';

/** Prefix of the annotations of external-dns. */
const EXTERNAL_DNS = 'external-dns.alpha.kubernetes.io/';

const PROXIED = `${EXTERNAL_DNS}cloudflare-proxied`;

/** REG452: a layer is the body of one request, and a CDN takes only so much of it. */
export const cdnBodyCap: Rule = {
  code: 'REG452',
  slug: 'cdn-body-cap',
  title: 'a CDN-proxied name is not used for pushes',
  severity: 'error',
  why: 'a CDN caps the body of one request (100 MB on the common plans) and its duration; the registry never sees the layer',
  shows: [
    "docker push: `error parsing HTTP 413 response body: invalid character '<'`",
    'small images work, one with a large layer does not; the answers carry `CF-Ray`',
  ],
  fix: 'give the registry a host that DNS leads past the CDN, and declare that one; pages may stay behind it as uiHost (prop `cdnProxied`)',
  links: [
    'https://github.com/go-gitea/gitea/issues/32270',
    'https://github.com/kubernetes-sigs/external-dns/blob/master/docs/annotations/annotations.md',
  ],
  judgeRegistry: (registry) => [
    ...proxiedObjects(registry).map((manifest) => violation(annotation(manifest, PROXIED))),
    ...proxiedRecords(registry).map(violation),
  ],
};

function violation(at: Cursor): Violation {
  return {
    at,
    observed: 'the DNS record of the registry host leads to the CDN',
    expected: `\`${PROXIED}: "false"\` where the registry host is named`,
  };
}

/** Objects from which external-dns makes a proxied record of the host. */
function proxiedObjects({ estate, routes, hostName }: RegistryView): Manifest[] {
  const ofRoutes = routes.map(({ manifest }) => manifest);
  const named = estate
    .ofKind('Service', 'Ingress', 'IngressRoute', 'Gateway')
    .filter((manifest) => namesOf(manifest).includes(hostName ?? ''));
  return [...new Set([...ofRoutes, ...named])].filter(
    (manifest) => annotation(manifest, PROXIED).text === 'true',
  );
}

/** Names an object asks external-dns for beside those of its rules. */
function namesOf(manifest: Manifest): string[] {
  return (annotation(manifest, `${EXTERNAL_DNS}hostname`).text ?? '')
    .split(',')
    .map((name) => name.trim());
}

/** Records written out (`externaldns.k8s.io/v1alpha1`, DNSEndpoint). */
function proxiedRecords({ estate, hostName }: RegistryView): Cursor[] {
  return estate
    .ofKind('DNSEndpoint')
    .flatMap(({ root }) => root.get('spec', 'endpoints').items())
    .filter((endpoint) => hostName !== undefined && endpoint.get('dnsName').text === hostName)
    .flatMap((endpoint) => endpoint.get('providerSpecific').items())
    .filter((one) => one.get('name').text === PROXIED && one.get('value').text === 'true')
    .map((one) => one.get('value'));
}
