import { matches } from '../../declaration/grammar';
import { REGISTRY_HOST } from '../../declaration/host';
import { quote } from '../../declaration/problem';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import { VALUES } from '../manifest';
import { isExampleHost } from '../read/example-host';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { clusterNames, forgeServices, localPorts, ownerNames } from './forge-service';
import type { HostedImage } from './hosted-image';
import { hostedImages } from './hosted-image';

/** REG111: nodes resolve the host of an image with their own resolver, and docker must see that it is a host. */
export const hostForm: Rule = {
  code: 'REG111',
  slug: 'host-form',
  title:
    'the registry host is a lower-case DNS name with a dot (or a port), no scheme, no path, no default port, not localhost, not `*.svc`, `*.cluster.local` or `example.com`',
  severity: 'error',
  why: 'kubelet and containerd resolve the host of an image with the resolver of the node, which knows no Service names; docker takes a first part without a dot or a port for a user of Docker Hub; credentials are found by the exact text of the host',
  shows: [
    'pod events: `dial tcp: lookup gitea-http.git.svc.cluster.local: no such host`',
    'pod status `InvalidImageName` where the image begins with https://',
    'docker: `pull access denied for gitea/app, repository does not exist`: it asked Docker Hub',
  ],
  fix: 'pull by the public host; where the traffic must stay inside, use split DNS or `hosts.toml` of containerd on the nodes',
  links: [
    'https://github.com/kubernetes/kubernetes/issues/128057',
    'https://github.com/kubernetes/kubernetes/issues/61888',
    'https://github.com/knative/serving/issues/15744',
  ],
  judgeRegistry: (registry) => [...inferredHost(registry), ...images(registry)],
};

const PUBLIC_NAME =
  'a public name in lower case, with a dot or a port, not localhost, *.svc, *.cluster.local or example.com';

/** A declared host was parsed by the same grammar; a host of others is judged where it was found. */
function inferredHost({ host, declaration, facts: { at } }: RegistryView): Violation[] {
  const judged = declaration || host === undefined || matches(REGISTRY_HOST, host);
  if (judged || isAddress(host) || isPlaceholder(host, at)) {
    return [];
  }
  return [{ at, observed: `registry host ${quote(host)}`, expected: PUBLIC_NAME }];
}

/** An IPv4 address needs no resolver, and docker sees that it is a host. */
function isAddress(host: string): boolean {
  return /^(\d{1,3}\.){3}\d{1,3}(:\d+)?$/.test(host);
}

/** In values `git.example.com` is what the chart ships; REG611 speaks of it. */
function isPlaceholder(host: string, { manifest }: RegistryView['facts']['at']): boolean {
  return isExampleHost(host) && WRAPPERS.has(manifest.kind);
}

/** Kinds that hold Helm values. */
const WRAPPERS = new Set([
  VALUES,
  'HelmRelease',
  'Application',
  'ApplicationSet',
  'HelmChart',
  'HelmChartConfig',
]);

function images(registry: RegistryView): Violation[] {
  const { host } = registry;
  const right = host !== undefined && matches(REGISTRY_HOST, host) ? host : undefined;
  return [
    ...misspeltHost(registry).map((image) => violationOf(image, right, '')),
    ...serviceNames(registry).map((image) => violationOf(image, right, ', which no node resolves')),
    ...loopback(registry).map((image) => violationOf(image, right, ', which is each node itself')),
  ];
}

function violationOf(
  { at, written, path }: HostedImage,
  right: string | undefined,
  reason: string,
): Violation {
  const observed = `image host ${quote(written)}${reason}`;
  const inside = reason === '' ? '' : INSIDE;
  return right === undefined
    ? { at, observed, expected: PUBLIC_NAME }
    : { at, observed, expected: quote(right), fix: `write ${quote(`${right}/${path}`)}${inside}` };
}

const INSIDE =
  '; where the traffic must stay inside, use split DNS or `hosts.toml` of containerd on the nodes';

/** The registry's own name with a scheme, capitals or the default port. */
function misspeltHost({ estate, hostName }: RegistryView): readonly HostedImage[] {
  const own = hostName === undefined ? [] : (hostedImages(estate).get(hostName) ?? []);
  return own.filter(
    ({ written, host, port, name }) => written !== host || port === '443' || !host.startsWith(name),
  );
}

/** Names only the DNS of the cluster resolves; a bare Service name only beside the Service. */
function serviceNames(registry: RegistryView): readonly HostedImage[] {
  const byName = hostedImages(registry.estate);
  return forgeServices(registry).flatMap((service) => [
    ...(byName.get(service.name) ?? []).filter(
      ({ workload }) => workload.namespace === service.namespace,
    ),
    ...clusterNames(service).flatMap((name) => byName.get(name) ?? []),
  ]);
}

/**
 * Images under `localhost` with a port of this registry, of its owners; where none are declared of any owner, unless
 * several registries may be meant.
 */
function loopback(registry: RegistryView): readonly HostedImage[] {
  const { estate } = registry;
  const byPort = loopbackImages(estate);
  const owners = [...ownerNames(registry)];
  const wanted = owners.length === 0 && estate.declarations.length <= 1 ? [ANY_OWNER] : owners;
  return [...localPorts(registry)].flatMap((port) =>
    wanted.flatMap((owner) => byPort.get(`${port}/${owner}`) ?? []),
  );
}

const ANY_OWNER = '*';

/** Images under `localhost` by `port/owner`, and by `port/*`. A path of one part has no owner. */
function loopbackImages(estate: Estate): ReadonlyMap<string, readonly HostedImage[]> {
  return estate.remember('images of localhost', () => {
    const images = ['localhost', '127.0.0.1'].flatMap(
      (name) => hostedImages(estate).get(name) ?? [],
    );
    return indexed(images, ({ port, path }) => {
      const [owner, image] = path.split('/');
      return image === undefined ? [] : [`${port}/${owner}`, `${port}/${ANY_OWNER}`];
    });
  });
}
