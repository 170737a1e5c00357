import { HOST } from '../../doctor/scenarios/world';
import type { TraefikRoutes } from '../servers/traefik';

/** `Host` of every router. */
export const ON_HOST = `Host(\`${HOST}\`)`;

/** A router of the public name by https. */
export function router(more: object = {}): object {
  return { entryPoints: ['websecure'], rule: ON_HOST, service: 'gitea', tls: {}, ...more };
}

/** The same by http. */
export function plainRouter(more: object = {}): object {
  return { entryPoints: ['web'], rule: ON_HOST, service: 'gitea', ...more };
}

/** The Service of Gitea. */
export function service(url: string, more: object = {}): object {
  return { loadBalancer: { servers: [{ url }], ...more } };
}

/** The whole host, led through middlewares. */
export function through(
  middlewares: Readonly<Record<string, object>>,
): (gitea: string) => TraefikRoutes {
  return (gitea) => ({
    routers: { gitea: router({ middlewares: Object.keys(middlewares) }) },
    services: { gitea: service(gitea) },
    middlewares,
  });
}

/** `/v2` of the host led through middlewares, the rest straight to Gitea. */
export function onV2Through(
  middlewares: Readonly<Record<string, object>>,
): (gitea: string) => TraefikRoutes {
  return (gitea) => ({
    routers: {
      gitea: router(),
      registry: router({
        rule: `${ON_HOST} && PathPrefix(\`/v2\`)`,
        middlewares: Object.keys(middlewares),
      }),
    },
    services: { gitea: service(gitea) },
    middlewares,
  });
}

/** Routers of the whole kind, which all lead straight to Gitea. */
export function routed(
  routers: Readonly<Record<string, object>>,
): (gitea: string) => TraefikRoutes {
  return (gitea) => ({ routers, services: { gitea: service(gitea) } });
}

/** The whole host but what a path prefix names. */
export function allBut(prefix: string): (gitea: string) => TraefikRoutes {
  return routed({ gitea: router({ rule: `${ON_HOST} && !PathPrefix(\`${prefix}\`)` }) });
}
