import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { shimIssuer } from '../read/certificate';
import type { Listener } from '../read/gateway';
import { containersOf } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { sourcesOf } from './pull-secrets';
import { isElsewhere, listenersOf, routeObjects } from './tls-producers';

/** REG551: cert-manager's shim watches Ingress, Gateway and ListenerSet; what it does not watch it never serves. */
export const certificateExplicit: Rule = {
  code: 'REG551',
  slug: 'certificate-explicit',
  title: 'cert-manager can see the route it shall serve',
  severity: 'error',
  gate: 'Gateway since cert-manager 1.15 with `config.enableGatewayAPI: true`; ListenerSet since 1.20',
  why: 'an annotation on an object the shim does not watch, or cannot use, makes no Certificate and no event: the secret stays empty and the proxy shows its default certificate',
  shows: [
    '`kubectl get certificate -A`: nothing for the host, and nothing in the events of the route',
    'docker: `x509: certificate is valid for …traefik.default, not git.example.org`',
    'event of the Gateway: `BadConfig: Skipped a listener block: … the hostname cannot be empty`',
  ],
  fix: 'write a Certificate with `dnsNames: [HOST]` and the secret of the route (`RegistryTls.certificate` does)',
  links: [
    'https://cert-manager.io/docs/usage/gateway/',
    'https://github.com/cert-manager/cert-manager/issues/3325',
  ],
  judgeRegistry: (registry) => [
    ...routeObjects(registry, 'IngressRoute', 'HTTPRoute').flatMap((route) =>
      unwatched(registry, route),
    ),
    ...routeObjects(registry, 'IngressRoute').flatMap((route) => uncertified(registry, route)),
    ...annotatedListeners(registry).flatMap(unusable),
    ...switchedOff(registry),
  ],
};

/** An annotation where the shim does not look. Beside a secret that is made all the same it only misleads. */
function unwatched(registry: RegistryView, route: Manifest): Violation[] {
  const issuer = shimIssuer(route);
  if (issuer === undefined) {
    return [];
  }
  const secret = route.root.get('spec', 'tls', 'secretName').text;
  const harmless = secret !== undefined && isMade(registry, route, secret);
  return [
    {
      at: issuer.at,
      severity: harmless ? 'info' : 'error',
      observed: `an annotation for cert-manager's shim on ${route.kind === 'HTTPRoute' ? 'an HTTPRoute' : 'an IngressRoute'}`,
      expected:
        'a Certificate, or the annotation on what the shim watches: Ingress, Gateway, ListenerSet',
      ...(route.kind === 'HTTPRoute' && {
        fix: 'move the annotation to the Gateway, whose listener names the host and the secret',
      }),
      ...(harmless && {
        why: 'the shim does not look at it; the secret is made by something else',
        fix: 'remove the annotation',
      }),
    },
  ];
}

function isMade(registry: RegistryView, route: Manifest, name: string): boolean {
  const namespace = namespaceOrDefault(route);
  return (
    registry.estate.producersOf(namespace, name).length > 0 ||
    sourcesOf(registry.estate, { namespace, name }).length > 0 ||
    isElsewhere(registry, name)
  );
}

/**
 * An IngressRoute with a secret nothing makes, where other Certificates are made beside it: then one was forgotten.
 * Without any, the secret may come from anywhere; one that is made in another namespace is REG121's.
 */
function uncertified(registry: RegistryView, route: Manifest): Violation[] {
  const at = route.root.get('spec', 'tls', 'secretName');
  if (!at.text || shimIssuer(route) || isMade(registry, route, at.text)) {
    return [];
  }
  const { beside, named } = certificateIndexes(registry.estate);
  return beside.has(namespaceOrDefault(route)) && !named.has(at.text)
    ? [
        {
          at,
          observed: `no Certificate makes secret ${quote(at.text)}`,
          expected: `a Certificate with this secretName and the host among its dnsNames`,
        },
      ]
    : [];
}

interface CertificateIndexes {
  /** Namespaces with a Certificate. */
  readonly beside: ReadonlySet<string>;
  /** Names of secrets that are produced anywhere. */
  readonly named: ReadonlySet<string>;
}

function certificateIndexes(estate: Estate): CertificateIndexes {
  return estate.remember('namespaces and secrets of certificates', () => ({
    beside: new Set(
      estate.certificates.flatMap(({ source, namespace }) =>
        source === 'certificate' ? namespace : [],
      ),
    ),
    named: new Set(estate.certificates.map(({ secretName }) => secretName)),
  }));
}

/** TLS listeners of annotated Gateways. */
function annotatedListeners(registry: RegistryView): Listener[] {
  return listenersOf(registry).filter(
    ({ gateway, at, protocol }) =>
      shimIssuer(gateway) !== undefined && (at.get('tls').exists || /^(HTTPS|TLS)$/.test(protocol)),
  );
}

/** What makes the shim skip a listener (cert-manager, `validateGatewayListenerBlock`). */
function unusable({ at, hostname, gateway }: Listener): Violation[] {
  const mode = at.get('tls', 'mode');
  const references = at.get('tls', 'certificateRefs').items();
  return [
    ...(hostname === undefined
      ? [skipped(at, 'no hostname', '`hostname` with the registry host')]
      : []),
    ...(mode.exists && mode.text !== 'Terminate'
      ? [skipped(mode, `mode ${quote(mode.value)}`, '`Terminate`')]
      : []),
    ...(references.length === 0 ? [skipped(at, 'no certificateRefs', 'the secret to write')] : []),
    ...references.flatMap((reference) => unusableReference(reference, namespaceOrDefault(gateway))),
  ];
}

function unusableReference(reference: Cursor, own: string): Violation[] {
  const namespace = reference.get('namespace');
  const kind = reference.get('kind');
  return [
    ...(namespace.text !== undefined && namespace.text !== own
      ? [
          skipped(
            namespace,
            `a secret in namespace ${quote(namespace.text)}`,
            `namespace '${own}', where the Gateway is`,
          ),
        ]
      : []),
    ...(kind.text !== undefined && kind.text !== 'Secret'
      ? [skipped(kind, `kind ${quote(kind.text)}`, '`Secret`')]
      : []),
  ];
}

function skipped(at: Cursor, observed: string, expected: string): Violation {
  return {
    at,
    observed: `${observed} in a listener of an annotated Gateway`,
    expected,
    why: 'the shim skips a listener it cannot use and makes no Certificate for it',
    fix: 'give the listener a hostname, `tls.mode: Terminate` and a secret of its own namespace',
  };
}

/** An annotated Gateway, and a cert-manager that was started without the Gateway API. */
function switchedOff(registry: RegistryView): Violation[] {
  return annotatedListeners(registry).length === 0
    ? []
    : controllersOf(registry.estate)
        .map((container) => container.get('args'))
        .filter((args) => args.isList && !args.items().some(({ text = '' }) => ENABLES.test(text)))
        .map((at) => ({
          at,
          observed: 'cert-manager is started without the Gateway API',
          expected: '`--enable-gateway-api`',
          fix: 'Helm value `config.enableGatewayAPI: true` of cert-manager',
        }));
}

/** Arguments that enable the Gateway API, or that name a file which may. */
const ENABLES = /^--(enable-gateway-api(=true)?$|config=|feature-gates=.*GatewayAPI)/;

function controllersOf(estate: Estate): readonly Cursor[] {
  return estate.remember('cert-manager controllers', () =>
    estate.workloads
      .flatMap(({ pod }) => containersOf(pod))
      .filter((container) =>
        /\/cert-manager-controller[:@]/.test(container.get('image').text ?? ''),
      ),
  );
}
