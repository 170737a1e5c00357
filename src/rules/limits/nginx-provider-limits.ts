import type { TraefikStatic } from '../read/traefik-static';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { limitFault } from './annotation-limit';
import { admitsLargestBody, largestBody, nginxBytes } from './body-size';
import { NGINX_PREFIX } from './nginx-ingress';
import { hasLimits, nginxProviderOf, providerOption } from './nginx-provider';
import { wholeSeconds } from './proxy-duration';
import { describeBudgetInSeconds, pushBudget } from './push-budget';
import type { RegistryIngress } from './registry-ingress';
import { registryIngresses } from './registry-ingress';

const PREFIX = NGINX_PREFIX.community;

/** REG441: Traefik's nginx provider puts its own limits on a route, whatever the entry point allows. */
export const nginxProviderLimits: Rule = {
  code: 'REG441',
  slug: 'nginx-provider-limits',
  title: "routes served by Traefik's nginx provider carry its time and size annotations",
  severity: 'error',
  gate: 'Traefik 3.7.0 and later',
  why: 'the provider cuts a request to the backend after 60 s and, where request buffering is on, refuses a body above 1 MiB, whatever the entry point allows',
  shows: [
    "Traefik's access log: `PATCH /v2/…/blobs/uploads/…` 502 after 60033 ms, router `…@kubernetesingressnginx`",
    'docker push: a layer is `Retrying in …` after a minute although the entry point has `readTimeout: 0`',
    'with request buffering: 413 for every layer above 1 MiB',
  ],
  fix: 'annotations `nginx.ingress.kubernetes.io/proxy-read-timeout` and `proxy-send-timeout` in seconds without unit, `proxy-body-size: "0"`; or the class of the plain provider, `ingressClassName: traefik`',
  unseen:
    'a cut of this provider looks like that of an entry point (REG440), a refused body like that of nginx (REG450); the name of the router stands in Traefik alone',
  links: [
    'https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-ingress-nginx/',
    'https://github.com/jupyterhub/mybinder.org-deploy/pull/3847',
    'https://github.com/traefik/traefik/issues/13409',
  ],
  judgeRegistry: (registry) =>
    registryIngresses(registry).flatMap((ingress) => {
      const traefik = nginxProviderOf(ingress, registry.estate);
      return traefik && hasLimits(traefik, registry.estate)
        ? [
            ...timeout(ingress, 'proxy-read-timeout', traefik, registry),
            ...timeout(ingress, 'proxy-send-timeout', traefik, registry),
            ...bodySize(ingress, traefik, registry),
          ]
        : [];
    }),
};

function timeout(
  ingress: RegistryIngress,
  key: string,
  traefik: TraefikStatic,
  registry: RegistryView,
): Violation[] {
  const budget = pushBudget(registry);
  const fault = limitFault(ingress, {
    name: `${PREFIX}${key}`,
    read: wholeSeconds,
    preset: presetOf(traefik, key) ?? '60',
    enough: (seconds) => seconds === 0 || seconds >= budget,
  });
  return fault
    ? [
        {
          ...fault,
          expected: `"0" (no limit), or ${describeBudgetInSeconds(registry)}`,
          fix: `\`${PREFIX}${key}: "${budget}"\`, or the class of the plain provider, \`traefik\``,
        },
      ]
    : [];
}

function bodySize(
  ingress: RegistryIngress,
  traefik: TraefikStatic,
  registry: RegistryView,
): Violation[] {
  const name = `${PREFIX}proxy-body-size`;
  const fault = limitFault(ingress, {
    name,
    read: nginxBytes,
    preset: presetOf(traefik, 'proxy-body-size') ?? '1m',
    enough: (bytes) => admitsLargestBody(bytes, registry),
  });
  const expected = `"0" (no limit), or at least ${largestBody(registry)}`;
  if (!fault || buffersRequests(ingress, traefik)) {
    return fault ? [{ ...fault, expected, fix: `\`${name}: "0"\`` }] : [];
  }
  return [
    {
      ...fault,
      severity: 'info',
      expected,
      why: 'nothing is refused while request buffering is off; the day it is switched on, every layer above the limit is answered 413',
      fix: `\`${name}: "0"\``,
    },
  ];
}

/** The provider compares sizes only where it buffers requests. */
function buffersRequests({ annotations }: RegistryIngress, traefik: TraefikStatic): boolean {
  const annotation = annotations.get(`${PREFIX}proxy-request-buffering`).text;
  return annotation === undefined
    ? presetOf(traefik, 'proxy-request-buffering') === 'true'
    : annotation === 'on';
}

/** The option of the provider that stands for an annotation. */
function presetOf(traefik: TraefikStatic, key: string): string | undefined {
  return providerOption(traefik, key.replaceAll('-', ''));
}
