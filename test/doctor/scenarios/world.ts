import type { Credential } from '../../../src/client/http/credential';
import type { DoctorOptions, DoctorRequest, ProbedPath } from '../../../src/doctor/request';
import type { FakeSettings, Switches, TestCertificate } from '../../../src/testing';
import { FakeGitea, FaultProxy } from '../../../src/testing';
import { authority, trusted } from './certificates';
import type { Declared } from './declared';
import { declarationOf } from './declared';
import type { Intercept } from './front';
import { startFront } from './front';
import type { Listener } from './listener';
import type { SetUp } from './scenario';
import { seed } from './site';

/** The public name of the registry. */
export const HOST = 'git.example.test';

/** Who looks, by user name and what they log in with. */
export type Login = Pick<Credential, 'user' | 'secret'>;

/** A port nobody listens on. */
const CLOSED_PORT = 1;

/** Enough for any honest answer on loopback. */
const PATIENCE_MS = 3000;

/**
 * A Gitea with some content behind a proxy that serves `https://git.example.test`, and what differs from the healthy
 * case.
 */
export interface Arrangement {
  /** app.ini. @default - 1.25.4 with the public name in ROOT_URL */
  readonly forge?: FakeSettings;
  /** Further accounts and packages. @default - those of `seed` alone */
  readonly content?: (gitea: FakeGitea) => Promise<void> | void;
  /** What the proxy does wrong. */
  readonly switches?: Switches;
  /** Stands between the proxy and Gitea. */
  readonly intercept?: Intercept;
  /** Certificate and key of the proxy, `none`: http. @default - trusted, for the public name */
  readonly tls?: { readonly key: string; readonly cert: string } | 'none';
  /** What serves the public port instead, in front of the proxy, which then speaks http, and of Gitea. */
  readonly entry?: (proxy: FaultProxy, gitea: FakeGitea) => Promise<Listener>;
  /** Whether http on port 80 leads to Gitea. @default - port 80 is closed */
  readonly servesHttp?: boolean;
  /** Name of the second path, straight to Gitea. @default 'service' */
  readonly direct?: 'service' | 'nodePort' | 'none';
  /** Logs in on the public path. @default - anonymous */
  readonly login?: (gitea: FakeGitea) => Login;
  /** What the pull secret holds. @default - none */
  readonly pullLogin?: (gitea: FakeGitea) => Login;
  /** @default - nothing is declared */
  readonly declared?: Declared;
  /** What else is asked. */
  readonly request?: Partial<DoctorRequest>;
  /** How the run works otherwise. */
  readonly options?: Partial<DoctorOptions>;
}

/** The certificate of every set-up whose certificate is not the point. */
let usual: TestCertificate | undefined;

/** Starts the servers of an arrangement. */
export async function startWorld(arrangement: Arrangement = {}): Promise<SetUp> {
  const { content, switches, intercept, tls, entry, servesHttp = false } = arrangement;
  const open: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(server: T): T => (
    open.unshift(server),
    server
  );
  const close = async (): Promise<void> => {
    for (const server of open) {
      await server.close();
    }
  };
  try {
    const gitea = keep(
      await FakeGitea.start({ rootUrl: `https://${HOST}/`, ...arrangement.forge }),
    );
    await seed(gitea);
    await content?.(gitea);
    const front = intercept && keep(await startFront(gitea.url, intercept));
    const upstream = front === undefined ? gitea.url : `http://127.0.0.1:${front.port}`;
    const ownTls = tls ?? (usual ??= trusted({ names: [HOST] }));
    const proxy = keep(
      await FaultProxy.start(upstream, entry || ownTls === 'none' ? {} : { tls: ownTls }),
    );
    proxy.set({ forwardedProto: { value: 'https' }, ...switches });
    const listener = entry && keep(await entry(proxy, gitea));
    return {
      request: requestOf(arrangement, gitea),
      options: {
        requestTimeoutMs: PATIENCE_MS,
        resolve: async (_host, family) => (family === 4 ? ['127.0.0.1'] : []),
        dial: dialing(
          listener?.port ?? Number(new URL(proxy.url).port),
          servesHttp ? Number(new URL(gitea.url).port) : undefined,
        ),
        ...arrangement.options,
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The public name leads to these ports of 127.0.0.1, any other name to a closed one: no test asks the world's DNS. */
export function dialing(https: number, http = CLOSED_PORT): NonNullable<DoctorOptions['dial']> {
  const address = '127.0.0.1';
  return {
    ca: authority().ca,
    proxyFor: () => '',
    connectTo: [
      { host: HOST, port: 443, address, addressPort: https },
      { host: HOST, port: 80, address, addressPort: http },
      { host: address, address: '' },
      { host: '', address, addressPort: CLOSED_PORT },
    ],
  };
}

/** A request for the public path alone. */
export function publicRequest(): DoctorRequest {
  return { host: HOST, paths: [{ name: 'ingress', origin: new URL(`https://${HOST}`) }] };
}

function requestOf(
  { direct = 'service', login, pullLogin, declared, request }: Arrangement,
  gitea: FakeGitea,
): DoctorRequest {
  const origin = `https://${HOST}`;
  const straight: ProbedPath[] =
    direct === 'none' ? [] : [{ name: direct, origin: new URL(gitea.url), isImageHost: false }];
  return {
    host: HOST,
    paths: [
      {
        name: 'ingress',
        origin: new URL(origin),
        ...(login && { credential: { origin, ...login(gitea) } }),
      },
      ...straight,
    ],
    ...(pullLogin && { pullCredential: { origin, ...pullLogin(gitea) } }),
    ...(declared && { declaration: declarationOf(HOST, declared) }),
    ...request,
  };
}
