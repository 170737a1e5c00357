import { durationSeconds } from '../../declaration/go-duration';
import { LABELS } from '../../declaration/labels';
import type { GatewayHttpRouteDeclaration, RegistryDeclaration } from '../../declaration/model';
import type { Section } from './markdown';
import { code } from './markdown';

/** What the owner of the Gateway has to do, where the route is an HTTPRoute. */
export function gatewaySection(declaration: RegistryDeclaration): Section[] {
  const { route } = declaration;
  return route?.kind === 'gateway-http-route'
    ? [
        {
          title: 'Gateway',
          lines: [
            ...listenerLines(route, declaration),
            '',
            ...LIMITS[route.controller](route, declaration),
          ],
        },
      ]
    : [];
}

function listenerLines(
  { listener, tls }: GatewayHttpRouteDeclaration,
  { release }: RegistryDeclaration,
): string[] {
  const place = `Listener ${code(listener.listener)} of Gateway ${code(`${listener.namespace}/${listener.gateway}`)} serves the registry.`;
  if (tls.source === 'listener') {
    const secret = tls.secretName === undefined ? '' : `, Secret ${code(tls.secretName)}`;
    return [`${place} It has a certificate of its own${secret}, made by: ${tls.producer}.`];
  }
  return [
    `${place} It has to name the certificate that is`,
    'rendered beside the release; its owner adds:',
    '',
    ...yaml(
      'tls:',
      '  mode: Terminate',
      '  certificateRefs:',
      `    - name: ${tls.secretName}`,
      `      namespace: ${release.namespace}`,
    ),
  ];
}

type Limits = (route: GatewayHttpRouteDeclaration, declaration: RegistryDeclaration) => string[];

/** What decides about long and large pushes, by what serves the Gateway. */
const LIMITS: { readonly [C in GatewayHttpRouteDeclaration['controller']]: Limits } = {
  traefik: (_, { limits }) => [
    'Traefik takes no limit from an HTTPRoute: the `readTimeout` of the entry point (60 s unless set) ends a push, and has to',
    `be 0 or at least ${limits.pushBudget}.`,
  ],
  envoy: (_, { limits }) => [
    'The route lifts the 15 s Envoy gives an answer. A ClientTrafficPolicy with `requestReceivedTimeout` on the Gateway has to',
    `allow ${limits.pushBudget}, or not exist.`,
  ],
  'nginx-fabric': fabricPolicies,
};

/** Policy kinds of NGINX Gateway Fabric (gateway.nginx.org/v1alpha1). */
function fabricPolicies(
  { name }: GatewayHttpRouteDeclaration,
  { release, limits }: RegistryDeclaration,
): string[] {
  const { namespace } = release;
  const seconds = `${durationSeconds(limits.pushBudget)}s`;
  return [
    'NGINX takes bodies up to 1 MiB and waits 60 s unless a policy says otherwise. The two policies are not rendered: apply',
    'them beside the route (`kubectl explain proxysettingspolicy.spec.timeout` tells whether the release has the second;',
    'before that a SnippetsFilter is needed):',
    '',
    ...yaml(
      ...policyHead('ClientSettingsPolicy', name, namespace),
      '  targetRef:',
      '    group: gateway.networking.k8s.io',
      '    kind: HTTPRoute',
      `    name: ${name}`,
      '  body:',
      '    maxSize: "0"',
      '---',
      ...policyHead('ProxySettingsPolicy', name, namespace),
      '  targetRefs:',
      '    - group: gateway.networking.k8s.io',
      '      kind: HTTPRoute',
      `      name: ${name}`,
      '  timeout:',
      `    read: ${seconds}`,
      `    send: ${seconds}`,
    ),
  ];
}

function policyHead(kind: string, name: string, namespace: string): string[] {
  return [
    'apiVersion: gateway.nginx.org/v1alpha1',
    `kind: ${kind}`,
    'metadata:',
    `  name: ${name}`,
    `  namespace: ${namespace}`,
    '  labels:',
    ...Object.entries(LABELS).map(([label, value]) => `    ${label}: ${value}`),
    'spec:',
  ];
}

function yaml(...lines: readonly string[]): string[] {
  return ['```yaml', ...lines, '```'];
}
