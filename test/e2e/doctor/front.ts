import type { DoctorOptions, DoctorRequest, ProbedPath } from '../../../src/doctor/request';
import { trusted } from '../../doctor/scenarios/certificates';
import type { Declared } from '../../doctor/scenarios/declared';
import { declarationOf } from '../../doctor/scenarios/declared';
import { startNginx } from '../../doctor/scenarios/nginx';
import type { SetUp } from '../../doctor/scenarios/scenario';
import type { Login } from '../../doctor/scenarios/world';
import { dialing, HOST } from '../../doctor/scenarios/world';
import type { GiteaSettings } from '../servers/gitea-binary';
import type { TraefikOptions, TraefikRoutes } from '../servers/traefik';
import { startTraefik } from '../servers/traefik';
import type { Lab } from './lab';
import type { RealScenario } from './scenario';
import { routed, router } from './traefik-routes';

/** What is asked of a set-up; nothing differs by default. */
export interface Asked {
  /** Logs in on the public path. @default - anonymous */
  readonly login?: (lab: Lab) => Promise<Login>;
  /** What the pull secret holds. @default - none */
  readonly pullLogin?: (lab: Lab) => Promise<Login>;
  /** @default - nothing is declared */
  readonly declared?: (lab: Lab) => Declared;
  /** What else is asked. */
  readonly request?: (lab: Lab) => Partial<DoctorRequest>;
  /** Name of the second path, straight to Gitea. @default 'service' */
  readonly direct?: 'service' | 'nodePort' | 'none';
  /** How the run works otherwise. */
  readonly options?: () => Partial<DoctorOptions>;
  /** Port of the public name. @default 443 */
  readonly port?: number;
  /** How Gitea is set up. @default - the public name in ROOT_URL */
  readonly settings?: GiteaSettings;
}

/** What Traefik is told: routes to a Gitea at a URL. */
export interface BehindTraefik extends Asked {
  /** @default - the whole host */
  readonly routes?: (gitea: string) => TraefikRoutes;
  /** `none`: the one Traefik makes. @default - trusted, for the public name */
  readonly certificate?: () => NonNullable<TraefikOptions['certificate']> | 'none';
  /** Whether it is shown for other names, too. @default false */
  readonly isDefaultCertificate?: boolean;
  /** Further options of the command line. */
  readonly args?: readonly string[];
  /** Entry point that port 443 is; 80 is always `web`. @default 'websecure' */
  readonly entry?: 'web' | 'websecure';
}

/** What nginx is told: what its `server` holds in front of a Gitea at a URL. */
export interface BehindNginx extends Asked {
  /** @default - everything is led to Gitea */
  readonly server?: (gitea: string) => string;
}

/** Enough for any honest answer on loopback. */
const PATIENCE_MS = 5000;

/** A scenario with a real Traefik. */
export function behindTraefik(
  name: string,
  code: string | undefined,
  set: BehindTraefik = {},
): RealScenario {
  return {
    name,
    proxies: ['traefik'],
    code,
    settings: set.settings,
    start: async (lab, { traefik }) => {
      const front = await startTraefik(traefik!, traefikOptions(lab, set));
      const { https, http } = front;
      const ports = [set.entry === 'web' ? http : https, http] as const;
      return setUpOf(lab, { ports, close: () => front.close() }, set);
    },
  };
}

/** A scenario with a real nginx. */
export function behindNginx(
  name: string,
  code: string | undefined,
  set: BehindNginx = {},
): RealScenario {
  return {
    name,
    proxies: ['nginx'],
    code,
    settings: set.settings,
    start: async (lab) => {
      const { server = everything } = set;
      const front = await startNginx(server(lab.origin));
      return setUpOf(lab, { ...front, ports: [front.port] }, set);
    },
  };
}

/** A scenario with an nginx that ends TLS in front of a Traefik, which sees http. */
export function behindBoth(
  name: string,
  code: string | undefined,
  set: BehindTraefik = {},
): RealScenario {
  return {
    name,
    proxies: ['nginx', 'traefik'],
    code,
    settings: set.settings,
    start: async (lab, { traefik }) => {
      const inner = await startTraefik(traefik!, traefikOptions(lab, set));
      const outer = await startNginx(everything(`http://127.0.0.1:${inner.http}`)).catch(
        async (error: unknown) => {
          await inner.close();
          throw error;
        },
      );
      const close = async (): Promise<void> => {
        await outer.close();
        await inner.close();
      };
      return setUpOf(lab, { ports: [outer.port], close }, set);
    },
  };
}

/** A scenario without any proxy: the public port is Gitea's own. */
export function behindNothing(
  name: string,
  code: string | undefined,
  set: Asked = {},
): RealScenario {
  return {
    name,
    proxies: [],
    code,
    settings: set.settings,
    start: (lab) => {
      const ports = [Number(new URL(lab.origin).port)] as const;
      return setUpOf(lab, { ports, close: async () => undefined }, set);
    },
  };
}

/** What nginx is told to lead a request to Gitea as a registry needs it. */
export function proxied(gitea: string, more = ''): string {
  return `proxy_pass ${gitea}; proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme; proxy_request_buffering off; proxy_buffering off; ${more}`;
}

/** All of the host, and bodies of any size. */
export function everything(gitea: string): string {
  return `client_max_body_size 0; location / { ${proxied(gitea)} }`;
}

function traefikOptions(
  lab: Lab,
  {
    routes = routed({ gitea: router() }),
    certificate = usualCertificate,
    isDefaultCertificate,
    args,
  }: BehindTraefik,
): TraefikOptions {
  const own = certificate();
  return {
    routes: routes(lab.origin),
    ...(own !== 'none' && { certificate: own }),
    isDefaultCertificate,
    args,
  };
}

function usualCertificate(): NonNullable<TraefikOptions['certificate']> {
  return trusted({ names: [HOST] });
}

/** A proxy that runs, with its ports of https and of http. */
interface Front {
  readonly ports: readonly [https: number, http?: number];
  close(): Promise<void>;
}

async function setUpOf(lab: Lab, front: Front, asked: Asked): Promise<SetUp> {
  try {
    return {
      request: await requestOf(lab, asked),
      options: {
        requestTimeoutMs: PATIENCE_MS,
        resolve: async (_host, family) => (family === 4 ? ['127.0.0.1'] : []),
        dial: dialed(front.ports, asked),
        ...asked.options?.(),
      },
      close: () => front.close(),
    };
  } catch (error) {
    await front.close();
    throw error;
  }
}

function dialed([https, http]: Front['ports'], { port }: Asked): DoctorOptions['dial'] {
  const dial = dialing(https, http);
  const public_ = { host: HOST, port, address: '127.0.0.1', addressPort: https };
  return port === undefined ? dial : { ...dial, connectTo: [public_, ...dial.connectTo!] };
}

async function requestOf(
  lab: Lab,
  { login, pullLogin, declared, request, direct = 'service', port }: Asked,
): Promise<DoctorRequest> {
  const host = port === undefined ? HOST : `${HOST}:${port}`;
  const origin = `https://${host}`;
  const straight: ProbedPath[] =
    direct === 'none' ? [] : [{ name: direct, origin: new URL(lab.origin), isImageHost: false }];
  return {
    host,
    paths: [
      {
        name: 'ingress',
        origin: new URL(origin),
        ...(login && { credential: { origin, ...(await login(lab)) } }),
      },
      ...straight,
    ],
    ...(pullLogin && { pullCredential: { origin, ...(await pullLogin(lab)) } }),
    ...(declared && { declaration: declarationOf(host, declared(lab)) }),
    ...request?.(lab),
  };
}
