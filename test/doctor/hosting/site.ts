import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Credential } from '../../../src/client/http/credential';
import type { DoctorOptions, ProbedPath } from '../../../src/doctor';
import type { Hosting, HostingObservation, HostingSurface } from '../../../src/doctor/hosting';
import { lookAtHosting } from '../../../src/doctor/hosting';
import type { ProxyAnswer } from '../../../src/testing';
import { FakeGitea, FaultProxy } from '../../../src/testing';
import { closeAfterTest } from '../../support/closing';
import { HOME_PAGE } from '../scenarios/answers';

/** A repository of the site. */
export const REPOSITORY = 'coulomb/hub';

/** Answers of a forge beside the registry, by surface; what is not named works. */
export interface Forge {
  readonly ui?: ProxyAnswer;
  readonly login?: ProxyAnswer;
  readonly fetch?: ProxyAnswer;
  readonly push?: ProxyAnswer;
}

/** What Gitea says to git without a credential, and to one that has no right. */
export const UNAUTHORIZED: ProxyAnswer = {
  status: 401,
  headers: [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Www-Authenticate', 'Basic realm="Gitea"'],
  ],
  body: 'Unauthorized\n',
};

/** What git gets before it fetches or pushes. */
export function advertisement(service: 'git-upload-pack' | 'git-receive-pack'): ProxyAnswer {
  return {
    status: 200,
    headers: [['Content-Type', `application/x-${service}-advertisement`]],
    body: `# service=${service}\n`,
  };
}

/** A FakeGitea with one public repository, and git hosting in front of it. */
export class Site {
  public static async start(): Promise<Site> {
    const gitea = await FakeGitea.start();
    gitea.addUser('ci');
    gitea.addOrganization('coulomb');
    gitea.addRepository('coulomb', 'hub');
    const proxy = await FaultProxy.start(gitea.url);
    closeAfterTest(gitea, proxy);
    const site = new Site(gitea, proxy);
    site.answer({});
    return site;
  }

  private constructor(
    public readonly gitea: FakeGitea,
    public readonly proxy: FaultProxy,
  ) {}

  public answer({ ui, login, fetch, push }: Forge): void {
    const at = (answer: ProxyAnswer, start: string) => ({
      ...answer,
      match: ({ path }: { path: string }) => path === start || path.endsWith(`.git${start}`),
    });
    this.proxy.set({
      answer: [
        at(ui ?? HOME_PAGE, '/'),
        at(login ?? HOME_PAGE, '/user/login'),
        at(fetch ?? advertisement('git-upload-pack'), '/info/refs?service=git-upload-pack'),
        at(push ?? UNAUTHORIZED, '/info/refs?service=git-receive-pack'),
      ],
    });
  }

  /** The way through the proxy. */
  public path(credential?: Partial<Credential>): ProbedPath {
    const origin = new URL(this.proxy.url);
    const whole = { origin: origin.origin, user: 'ci', secret: 'ci-password', ...credential };
    return { name: 'ingress', origin, ...(credential && { credential: whole }) };
  }

  /** Requests that carried a credential, as `METHOD path`. */
  public signedIn(): string[] {
    return this.proxy.requests
      .filter(({ headers }) => headers.some(([name]) => /^authorization$/i.test(name)))
      .map(({ method, path }) => `${method} ${path}`);
  }
}

/** Looks at paths; port 22 of loopback leads to `port`, or to where nobody listens. */
export async function lookedAt(
  paths: readonly ProbedPath[],
  subject: { readonly repository?: string; readonly ssh?: string } = {},
  options: DoctorOptions & { readonly sshPort?: number } = {},
): Promise<Hosting> {
  const { sshPort: addressPort = 1, ...rest } = options;
  const connectTo = [{ host: '127.0.0.1', port: 22, address: '127.0.0.1', addressPort }];
  const host = paths[0].origin.host;
  return (await lookAtHosting({ host, paths }, { dial: { connectTo }, ...rest }, subject))!;
}

/** What was seen of a surface. */
export function seen(
  { observations }: Hosting,
  surface: HostingSurface,
  name = 'ingress',
): HostingObservation | undefined {
  return observations.find((one) => one.surface === surface && (one.path ?? name) === name);
}

/** A port that says something to whoever connects, and then hangs up where `ends`. */
export async function talker(text: string, ends = false): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(text);
    if (ends) {
      socket.end();
    }
    closeAfterTest({ close: () => socket.destroy() });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest({ close: () => server.close() });
  return (server.address() as AddressInfo).port;
}
