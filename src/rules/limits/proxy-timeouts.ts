import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { limitFault } from './annotation-limit';
import { gatewayTimeouts } from './gateway-timeouts';
import type { NginxFlavor, NginxIngress } from './nginx-ingress';
import { controllerEntry, NGINX_PREFIX, nginxIngresses, snippetSays } from './nginx-ingress';
import { nginxSeconds, wholeSeconds } from './proxy-duration';
import { describeBudget, describeBudgetInSeconds, pushBudget } from './push-budget';

/** REG442: whichever proxy stands on the path, its shortest timeout decides how long one layer may take. */
export const proxyTimeouts: Rule = {
  code: 'REG442',
  slug: 'proxy-timeouts',
  title: 'every other proxy on the path has read and send timeouts of at least the push budget',
  severity: 'error',
  why: 'a layer is one request, as long as its size divided by the uplink; a proxy whose timeout is shorter cuts it, and docker begins the layer anew',
  shows: [
    'docker push: a layer is `Retrying in …` at the same second each time: 15 s Envoy, 60 s nginx',
    'docker push: `received unexpected HTTP status: 504 Gateway Timeout`',
    'ingress-nginx: `upstream timed out (110: Operation timed out) while sending request to upstream`; Envoy: `upstream request timeout`',
  ],
  fix: 'class nginx: annotations `proxy-read-timeout`, `proxy-send-timeout` of at least the push budget and `proxy-request-buffering: "off"`, all as strings; Envoy Gateway: `timeouts.request: 0s` on the rule; NGINX Gateway Fabric: a ProxySettingsPolicy',
  links: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#custom-timeouts',
    'https://gateway.envoyproxy.io/latest/tasks/traffic/http-timeouts/',
    'https://docs.nginx.com/nginx-gateway-fabric/traffic-management/proxy-settings/',
    'https://github.com/traefik/traefik/issues/11902',
  ],
  judgeRegistry: (registry) => [
    ...nginxIngresses(registry).flatMap((ingress) => nginxTimeouts(ingress, registry)),
    ...gatewayTimeouts(registry),
  ],
};

function nginxTimeouts(ingress: NginxIngress, registry: RegistryView): Violation[] {
  return [
    ...timeout(ingress, 'proxy-read-timeout', registry),
    ...timeout(ingress, 'proxy-send-timeout', registry),
    ...requestBuffering(ingress, registry),
  ];
}

const READ_SECONDS: { readonly [F in NginxFlavor]: (text: string) => number | undefined } = {
  community: wholeSeconds,
  f5: nginxSeconds,
};

function timeout(ingress: NginxIngress, key: string, registry: RegistryView): Violation[] {
  const { flavor } = ingress;
  const budget = pushBudget(registry);
  const name = `${NGINX_PREFIX[flavor]}${key}`;
  const fault = limitFault(ingress, {
    name,
    read: READ_SECONDS[flavor],
    preset: controllerEntry(registry.estate, key) ?? '60',
    enough: (seconds) => seconds >= budget,
  });
  if (!fault || snippetSays(ingress, key.replaceAll('-', '_'))) {
    return [];
  }
  const isBare = flavor === 'community';
  return [
    {
      ...fault,
      expected: isBare ? describeBudgetInSeconds(registry) : describeBudget(registry),
      fix: `\`${name}: "${budget}${isBare ? '' : 's'}"\``,
    },
  ];
}

/** Buffered, a layer is first written to the disk of the controller and then sent: twice the time, in silence. */
function requestBuffering(ingress: NginxIngress, registry: RegistryView): Violation[] {
  const key = 'proxy-request-buffering';
  const fault = limitFault(ingress, {
    name: `${NGINX_PREFIX.community}${key}`,
    read: (text) => (text === 'off' ? 0 : 1),
    preset: controllerEntry(registry.estate, key) ?? 'on',
    enough: (buffered) => buffered === 0,
  });
  // F5's controller has no annotation for it.
  return fault && ingress.flavor === 'community'
    ? [
        {
          ...fault,
          severity: 'warning',
          expected: '"off"',
          why: 'nginx writes each layer to its own disk before it sends a byte on: a push takes up to twice as long, and a full disk of the controller ends it',
          fix: `\`${NGINX_PREFIX.community}${key}: "off"\``,
        },
      ]
    : [];
}
