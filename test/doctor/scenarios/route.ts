import type { ProxyAnswer, RequestLine } from '../../../src/testing';
import { FaultProxy, FORWARD_AUTH, NGINX, TRAEFIK } from '../../../src/testing';
import { startDockerRegistry } from '../../e2e/servers/docker-registry';
import { found } from '../../e2e/servers/program';
import { HOME_PAGE, HTTP_TO_HTTPS, PARKED, WEB_NOT_FOUND } from './answers';
import { trusted } from './certificates';
import { OWNER } from './site';
import type { Scenario, SetUp } from './scenario';
import { dialing, HOST, publicRequest, startWorld } from './world';

const underV2 = ({ path }: RequestLine): boolean => /^\/v2(\/|$)/.test(path);

/** A set-up whose proxy gives one answer to everything. */
const everywhere =
  (answer: ProxyAnswer, direct: 'service' | 'none' = 'service') =>
  () =>
    startWorld({ direct, switches: { answer } });

/** A set-up whose proxy gives one answer to the registry's paths. */
const onV2 =
  (answer: ProxyAnswer, direct: 'service' | 'none' = 'service') =>
  () =>
    startWorld({ direct, switches: { answer: { ...answer, match: underV2 } } });

/** Every second request of those. */
const everySecond = (matches: (line: RequestLine) => boolean): ((line: RequestLine) => boolean) => {
  let seen = 0;
  return (line) => matches(line) && seen++ % 2 === 1;
};

/** Steps P3 and P4: who answers, and how `/v2` is led there. */
export const ROUTE: readonly Scenario[] = [
  { name: 'the host has no route at all', code: 'REG210', start: everywhere(TRAEFIK.notFound) },
  {
    name: 'the host has no route at all, and nothing else is known',
    code: 'REG210',
    start: everywhere(TRAEFIK.notFound, 'none'),
  },
  {
    name: 'another web server has the host',
    code: 'REG210',
    start: everywhere(PARKED),
  },
  {
    name: 'a registry that is no Gitea has the host',
    code: 'REG210',
    needs: 'docker-registry',
    start: plainRegistry,
  },
  {
    name: 'Traefik does not reach the backend',
    code: 'REG220',
    start: everywhere(TRAEFIK.badGateway, 'none'),
  },
  {
    name: 'nginx does not reach the backend',
    code: 'REG220',
    start: everywhere(NGINX.badGateway, 'none'),
  },
  {
    name: 'the backend is spoken http to and serves https',
    code: 'REG220',
    start: everywhere(HTTP_TO_HTTPS, 'none'),
  },
  {
    name: 'the Service has no ready pod',
    code: 'REG560',
    start: everywhere(TRAEFIK.noAvailableServer, 'none'),
  },
  {
    name: 'the backend does not answer Traefik in time',
    code: 'REG560',
    start: everywhere(TRAEFIK.gatewayTimeout, 'none'),
  },
  {
    name: 'the Gateway route names something it may not use',
    code: 'REG215',
    start: everywhere({ status: 500 }, 'none'),
  },
  {
    name: 'the /v2 route is missing, Gitea itself is healthy',
    code: 'REG211',
    start: onV2(TRAEFIK.notFound),
  },
  {
    name: 'the /v2 route is missing, and no other path is known',
    code: 'REG211',
    start: onV2(TRAEFIK.notFound, 'none'),
  },
  {
    name: 'nginx has no location for /v2',
    code: 'REG211',
    start: onV2(NGINX.notFound),
  },
  {
    name: 'the reference case before: 404 on the host, 401 on the NodePort, ROOT_URL http',
    code: 'REG211',
    start: () =>
      startWorld({
        direct: 'nodePort',
        forge: { rootUrl: `http://${HOST}/` },
        switches: { answer: { ...TRAEFIK.notFound, match: underV2 } },
        declared: { owners: [{ kind: 'organization', name: OWNER, visibility: 'public' }] },
      }),
  },
  {
    name: '/v2 is stripped, so the home page comes',
    code: 'REG212',
    start: () =>
      startWorld({
        switches: {
          answer: [
            { ...HOME_PAGE, match: ({ path }) => /^\/v2\/?$/.test(path) },
            { ...WEB_NOT_FOUND, match: underV2 },
          ],
        },
      }),
  },
  {
    name: '/v2 is rewritten to a path Gitea does not know',
    code: 'REG212',
    start: onV2(WEB_NOT_FOUND),
  },
  {
    name: '/v2 is rewritten, and only a known owner tells it from packages being off',
    code: 'REG212',
    start: () =>
      startWorld({
        direct: 'none',
        switches: { answer: { ...WEB_NOT_FOUND, match: underV2 } },
        request: { owners: [OWNER] },
      }),
  },
  {
    name: 'the host is routed on http only',
    code: 'REG213',
    start: () => startWorld({ servesHttp: true, switches: { answer: TRAEFIK.notFound } }),
  },
  {
    name: '/v2 is routed on http only, the pages on both',
    code: 'REG213',
    start: () =>
      startWorld({
        servesHttp: true,
        switches: { answer: { ...TRAEFIK.notFound, match: underV2 } },
      }),
  },
  {
    name: 'every second request for /v2 is led elsewhere',
    code: 'REG214',
    start: () =>
      startWorld({ switches: { answer: { ...TRAEFIK.notFound, match: everySecond(underV2) } } }),
  },
  {
    name: 'two releases of different versions take turns',
    code: 'REG214',
    start: () =>
      startWorld({
        switches: {
          answer: {
            status: 200,
            headers: [['Content-Type', 'application/json;charset=utf-8']],
            body: '{"version":"1.24.6"}\n',
            match: everySecond(({ path }) => path === '/api/v1/version'),
          },
        },
      }),
  },
  {
    name: 'a login page stands before the whole host',
    code: 'REG217',
    start: everywhere(FORWARD_AUTH.loginPage),
  },
  {
    name: 'a login page stands before /v2',
    code: 'REG217',
    start: onV2(FORWARD_AUTH.loginPage),
  },
  {
    name: 'the whole host is sent to single sign-on',
    code: 'REG217',
    start: everywhere(
      FORWARD_AUTH.loginRedirect(`https://sso.example.test/login?rd=https://${HOST}/`),
    ),
  },
  {
    name: '/v2 is sent to single sign-on',
    code: 'REG217',
    start: onV2(
      FORWARD_AUTH.loginRedirect(`https://sso.example.test/login?rd=https://${HOST}/v2/`),
    ),
  },
  {
    name: 'nginx sends /v2 to single sign-on',
    code: 'REG217',
    start: onV2(NGINX.movedPermanently(`https://sso.example.test/login?rd=https://${HOST}/v2/`)),
  },
  {
    name: 'Traefik asks for a password of its own',
    code: 'REG217',
    start: onV2(TRAEFIK.basicAuth),
  },
  {
    name: 'Traefik asks for a password of its own on the whole host',
    code: 'REG217',
    start: everywhere(TRAEFIK.basicAuth),
  },
  { name: 'a rate limit is hit', code: 'REG218', start: onV2(TRAEFIK.tooManyRequests(2.4)) },
  { name: 'an allow-list of addresses refuses', code: 'REG218', start: onV2(TRAEFIK.forbidden) },
  {
    name: '/v2 is redirected to the same path on another host',
    code: 'REG219',
    start: () =>
      startWorld({
        switches: {
          redirect: { status: 308, location: 'https://www.example.test{path}', match: underV2 },
        },
      }),
  },
  {
    name: '/v2 is redirected to itself without end',
    code: 'REG219',
    start: () =>
      startWorld({
        switches: { redirect: { status: 301, location: '{origin}{path}', match: underV2 } },
      }),
  },
  {
    name: '/v2 is redirected to plain http',
    code: 'REG219',
    start: () =>
      startWorld({
        switches: { redirect: { status: 302, location: `http://${HOST}{path}`, match: underV2 } },
      }),
  },
  {
    name: 'a proxy signs everybody in with credentials of its own',
    code: 'REG230',
    start: () =>
      startWorld({
        forge: { release: '1.26.1' },
        switches: {
          requestHeaders: {
            strip: ['Authorization'],
            add: [['Authorization', `Basic ${Buffer.from('ci:ci-password').toString('base64')}`]],
          },
        },
      }),
  },
  {
    name: 'packages are off',
    code: 'REG610',
    start: () => startWorld({ content: (gitea) => gitea.configure({ packagesEnabled: false }) }),
  },
  {
    name: 'packages are off, and only a known owner tells it from a rewritten path',
    code: 'REG610',
    start: () =>
      startWorld({
        direct: 'none',
        content: (gitea) => gitea.configure({ packagesEnabled: false }),
        request: { owners: [OWNER] },
      }),
  },
];

/** Distribution's registry where Gitea should be. */
async function plainRegistry(): Promise<SetUp> {
  const registry = await startDockerRegistry(found('docker-registry')!);
  const proxy = await FaultProxy.start(registry.origin, { tls: trusted({ names: [HOST] }) });
  return {
    request: publicRequest(),
    options: {
      resolve: async (_host, family) => (family === 4 ? ['127.0.0.1'] : []),
      dial: dialing(Number(new URL(proxy.url).port)),
    },
    close: async () => {
      await proxy.close();
      await registry.close();
    },
  };
}
