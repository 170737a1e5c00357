import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { namespaceOrDefault, objectName } from '../manifest';
import { controllerOf, gatewayController } from '../read/controller';
import { annotation, classOf, TRAEFIK_ROUTER } from '../read/ingress';
import type { Route } from '../read/route';
import { takesHost } from '../read/route';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import type { TlsBinding } from './tls-binding';
import { tlsBindings } from './tls-binding';

/** REG125: Traefik has one store of certificates for all routes, and one set of TLS options for a host. */
export const certificateStable: Rule = {
  code: 'REG125',
  slug: 'certificate-stable',
  title: 'one host is served with one certificate and one TLS option',
  severity: 'error',
  gate: 'Traefik',
  why: 'Traefik puts the certificates of all routes into one store: of two for the same names it keeps one, and which one may change with a restart; routers of one host with different TLS options all get the default ones',
  shows: [
    'the certificate of the host changes from handshake to handshake, or with a restart of Traefik',
    'docker: `x509: certificate has expired`, while another client sees a valid one',
    "Traefik's log: `Found different TLS options for routers on the same host`",
  ],
  fix: 'the same `secretName` and the same TLSOption in every route of the host',
  links: [
    'https://github.com/traefik/traefik/issues/8090',
    'https://github.com/traefik/traefik/pull/5056',
    'https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/tls-options/',
  ],
  judgeRegistry: (registry) => [...certificates(registry), ...tlsOptions(registry)],
};

/** Where a certificate for the host comes from. */
interface Source {
  /** In words, as findings name it. */
  readonly name: string;
  readonly at: Cursor;
  readonly binding: TlsBinding;
}

function certificates(registry: RegistryView): Violation[] {
  const sources = tlsBindings(registry)
    .filter((binding) => isOfTraefik(binding.manifest, registry) && namesHost(binding, registry))
    .flatMap((binding) => sourceOf(binding) ?? []);
  return sources.flatMap((source, index) => {
    const other = sources.slice(0, index).find((one) => differ(one, source, registry));
    return other
      ? [
          {
            at: source.at,
            observed: `${source.name}, while ${objectName(other.binding.manifest)} has ${other.name}`,
            expected: `${other.name} in every route of the host`,
          },
        ]
      : [];
  });
}

function sourceOf(binding: TlsBinding): Source | undefined {
  const { secret, resolver } = binding;
  if (secret) {
    return { name: `secret '${secret.namespace}/${secret.name}'`, at: secret.at, binding };
  }
  return resolver && { name: `resolver ${quote(resolver.text)}`, at: resolver, binding };
}

/** An entry for other hosts of the same Ingress says nothing of this one. */
function namesHost({ at, manifest }: TlsBinding, { hostName = '' }: RegistryView): boolean {
  const hosts = manifest.kind === 'Ingress' ? at.get('hosts').items() : [];
  return (
    hosts.length === 0 ||
    hosts.some(({ text }) => takesHost({ host: text?.toLowerCase() }, hostName))
  );
}

function differ(a: Source, b: Source, { estate }: RegistryView): boolean {
  const { secret: one } = a.binding;
  const { secret: other } = b.binding;
  if (a.name === b.name || !mayMeet(a.binding.manifest, b.binding.manifest)) {
    return false;
  }
  // A secret of the same name elsewhere may be a copy, unless both are made there.
  const copied =
    one?.name === other?.name &&
    [one, other].some(
      (secret) => secret && estate.producersOf(secret.namespace, secret.name).length === 0,
    );
  return !copied;
}

/** Whether one Traefik may load both: two classes are two controllers. */
function mayMeet(a: Manifest, b: Manifest): boolean {
  const [one, other] = [classOf(a).text, classOf(b).text];
  return one === undefined || other === undefined || one === other;
}

function isOfTraefik(manifest: Manifest, registry: RegistryView): boolean {
  const { estate, routes } = registry;
  if (manifest.kind === 'Gateway') {
    return gatewayController(manifest, estate) === 'traefik';
  }
  const route = routes.find((one) => one.manifest === manifest);
  return route !== undefined && controllerOf(route, estate) === 'traefik';
}

/** What a router of the host says of TLS options. */
interface OptionsChoice {
  readonly route: Route;
  /** Name with its provider, `default` where none is named. */
  readonly name: string;
  readonly at: Cursor;
}

function tlsOptions(registry: RegistryView): Violation[] {
  const first = new Map(registry.routes.map((route) => [route.manifest, route]));
  const choices = [...first.values()]
    .filter((route) => controllerOf(route, registry.estate) === 'traefik')
    .flatMap((route) => optionsOf(route) ?? []);
  return choices.flatMap((choice, index) => {
    const other = choices
      .slice(0, index)
      .find((one) => one.name !== choice.name && shareRouters(one.route, choice.route));
    return other
      ? [
          {
            at: choice.at,
            observed: `TLS options '${choice.name}', while ${objectName(other.route.manifest)} has '${other.name}'`,
            expected: 'the same options in every route of the host',
            why: 'TLS options belong to the host, not to the router: of different ones Traefik takes none and falls back to the default',
          },
        ]
      : [];
  });
}

function shareRouters(a: Route, b: Route): boolean {
  const { entryPoints } = b;
  const apart =
    a.entryPoints !== undefined &&
    entryPoints !== undefined &&
    !a.entryPoints.some((name) => entryPoints.includes(name));
  return !apart && mayMeet(a.manifest, b.manifest);
}

/** The TLS options of a route that is https by what it says itself. */
function optionsOf(route: Route): OptionsChoice | undefined {
  return route.kind === 'Ingress' ? optionsOfIngress(route) : optionsOfIngressRoute(route);
}

function optionsOfIngress(route: Route): OptionsChoice | undefined {
  const at = annotation(route.manifest, `${TRAEFIK_ROUTER}tls.options`);
  if (at.text) {
    return { route, name: at.text, at };
  }
  return route.tls
    ? { route, name: DEFAULT, at: annotation(route.manifest, `${TRAEFIK_ROUTER}tls`) }
    : undefined;
}

const DEFAULT = 'default';

function optionsOfIngressRoute(route: Route): OptionsChoice | undefined {
  const tls = route.manifest.root.get('spec', 'tls');
  const options = tls.get('options');
  const name = options.get('name').text;
  if (name === undefined) {
    return tls.isMap ? { route, name: DEFAULT, at: tls } : undefined;
  }
  const namespace = options.get('namespace').text ?? namespaceOrDefault(route.manifest);
  const global = name === DEFAULT || name.includes('@');
  return { route, name: global ? name : `${namespace}-${name}@kubernetescrd`, at: options };
}
