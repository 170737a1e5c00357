import { quote } from '../../declaration/problem';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import type { AnnotationLimit } from './annotation-limit';
import { limitFault } from './annotation-limit';
import { admitsLargestBody, largestBody, nginxBytes } from './body-size';
import type { GatewayRule } from './gateway-route';
import { gatewayRules, policiesOf } from './gateway-route';
import type { NginxFlavor, NginxIngress } from './nginx-ingress';
import { controllerEntry, NGINX_PREFIX, nginxIngresses, snippetSays } from './nginx-ingress';

/** Annotation of each controller, and key of its ConfigMap. */
const KEYS: { readonly [F in NginxFlavor]: string } = {
  community: 'proxy-body-size',
  f5: 'client-max-body-size',
};

/** Directive of nginx behind them all. */
const DIRECTIVE = 'client_max_body_size';

/** REG450: a layer is one request body, and nginx takes 1 MiB unless it is told otherwise. */
export const bodyLimit: Rule = {
  code: 'REG450',
  slug: 'body-limit',
  title: 'no proxy on the path limits the request body',
  severity: 'error',
  why: 'a layer is one request body; nginx refuses bodies above 1 MiB unless it is told otherwise, so that small images can be pushed and others cannot',
  shows: [
    "docker push: `error parsing HTTP 413 response body: invalid character '<'`, `413 Request Entity Too Large` with an `nginx` footer",
    'docker push: a layer is `Retrying in …`, small layers pass',
    "Gitea's log shows POST 202 for the upload and never the PATCH",
  ],
  fix: 'ingress-nginx: `nginx.ingress.kubernetes.io/proxy-body-size: "0"`; F5: `nginx.org/client-max-body-size: "0"`; NGINX Gateway Fabric: a ClientSettingsPolicy with `body.maxSize: "0"` on the HTTPRoute; every nginx on the path',
  links: [
    'https://github.com/go-gitea/gitea/issues/33646',
    'https://github.com/nginx/kubernetes-ingress/issues/122',
    'https://docs.nginx.com/nginx-gateway-fabric/traffic-management/client-settings/',
  ],
  judgeRegistry: (registry) => [
    ...nginxIngresses(registry).flatMap((ingress) => annotatedLimit(ingress, registry)),
    ...gatewayRules(registry)
      .filter(({ product }) => product === 'nginx')
      .flatMap((rule) => policyLimit(rule, registry)),
  ],
};

function annotatedLimit(ingress: NginxIngress, registry: RegistryView): Violation[] {
  const key = KEYS[ingress.flavor];
  const limit: AnnotationLimit = {
    name: `${NGINX_PREFIX[ingress.flavor]}${key}`,
    read: nginxBytes,
    preset: controllerEntry(registry.estate, key) ?? '1m',
    enough: (bytes) => admitsLargestBody(bytes, registry),
  };
  const fault = limitFault(ingress, limit);
  return fault && !snippetSays(ingress, DIRECTIVE)
    ? [{ ...fault, expected: expected(registry), fix: `\`${limit.name}: "0"\`` }]
    : [];
}

function policyLimit(rule: GatewayRule, registry: RegistryView): Violation[] {
  const sizes = policiesOf(rule, 'ClientSettingsPolicy', registry.estate)
    .map(({ root }) => root.get('spec', 'body', 'maxSize'))
    .filter(({ exists }) => exists);
  if (sizes.length === 0) {
    return [
      {
        at: rule.manifest.root.get('spec'),
        observed:
          "no ClientSettingsPolicy with `body.maxSize` on this route: nginx's default is 1m",
        expected: expected(registry),
        fix: 'a ClientSettingsPolicy with `body: {maxSize: "0"}` and this HTTPRoute as its targetRef',
      },
    ];
  }
  return sizes
    .filter(({ scalar = '' }) => !admitsLargestBody(nginxBytes(scalar) ?? 1, registry))
    .map((at) => ({
      at,
      observed: `'maxSize' is ${quote(at.value)}`,
      expected: expected(registry),
      fix: '`maxSize: "0"`',
    }));
}

function expected(registry: RegistryView): string {
  return `"0" (no limit), or at least ${largestBody(registry)}`;
}
