import type { RegistryView } from '../registry-view';
import type { Rule } from '../rule';
import { appPortFaults } from './app-port';
import { forgeBackends } from './forge-backend';
import { backendPortFaults } from './backend-port';
import { backendProtocolFaults } from './backend-protocol';
import { nativeLbFaults } from './native-lb';

/** REG220: the last hop, from the proxy to the pod, must be spelled as the Service is. */
export const backendService: Rule = {
  code: 'REG220',
  slug: 'backend-service',
  title: "the route's backend is the release's HTTP Service, with its real port, name and protocol",
  severity: 'error',
  why: 'a backend that is nearly right gives no error when it is applied: the proxy answers 404, 500, 502 or 503 to every request instead',
  shows: [
    '`curl -i https://HOST/v2/`: 502 `Bad Gateway`, 503 `no available server`, or 404 from another program',
    'with `PROTOCOL: https` behind plain http: 400 `Client sent an HTTP request to an HTTPS server.`',
    "Traefik's log: `service port not found`, `no clusterIP on headless service`",
  ],
  fix: 'backend: the HTTP Service of the release and its port; `PROTOCOL: http` and `HTTP_PORT: "3000"` written out; ROOT_URL alone sets the public scheme',
  links: [
    'https://github.com/traefik/traefik/pull/9740',
    'https://github.com/traefik/traefik/issues/11823',
    'https://docs.gitea.com/administration/reverse-proxies',
  ],
  judgeRegistry: (registry: RegistryView) => [
    ...forgeBackends(registry).flatMap((backend) => [
      ...backendPortFaults(backend, registry),
      ...backendProtocolFaults(backend, registry),
      ...nativeLbFaults(backend, registry),
    ]),
    ...appPortFaults(registry),
  ],
};
