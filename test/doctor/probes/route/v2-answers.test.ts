import type { HeaderLine, ProxyAnswer, RequestLine } from '../../../../src/testing';
import { FaultProxy, TRAEFIK } from '../../../../src/testing';
import { trusted } from '../../scenarios/certificates';
import type { Arrangement } from '../../scenarios/world';
import { dialing, HOST, publicRequest, startWorld } from '../../scenarios/world';
import { diagnosed, faults, probed, saidOf } from '../probed';

const isV2 = ({ path }: RequestLine): boolean => /^\/v2(\/|$)/.test(path);
const isPing = ({ path }: RequestLine): boolean => path === '/v2/';

const world = (arrangement: Arrangement) => diagnosed(startWorld(arrangement));

const onV2 = (answer: ProxyAnswer) => ({ switches: { answer: { ...answer, match: isV2 } } });

/** The answer of another registry. */
const REGISTRY: HeaderLine = ['Docker-Distribution-Api-Version', 'registry/2.0'];

describe('what /v2/ answers (REG230)', () => {
  it.each([
    '1.22.0',
    '1.23.8',
    '1.24.6',
    '1.25.4',
    '1.26.0',
    '1.26.1',
    'forgejo-7.0.12',
    'forgejo-12.0.0',
  ])('finds nothing wrong with %s', async (release) => {
    const diagnosis = await world({ forge: { release } });
    expect(faults(diagnosis)).toEqual([]);
    expect(saidOf(diagnosis, 'REG230')[0]).toMatchObject({
      status: 'pass',
      observed: '401 by Gitea',
    });
  });

  it('finds nothing wrong with strict sign-in', async () => {
    expect(faults(await world({ forge: { requireSignIn: true } }))).toEqual([]);
  });

  it('only warns when the version header is taken off', async () => {
    const diagnosis = await world({
      switches: { responseHeaders: { strip: [REGISTRY[0]], match: isPing } },
    });
    expect(faults(diagnosis)).toEqual(['REG230 warn']);
    expect(saidOf(diagnosis, 'REG240')[0]).toMatchObject({ status: 'pass' });
  });

  it('fails when the challenge is taken off', async () => {
    const diagnosis = await world({
      switches: { responseHeaders: { strip: ['Www-Authenticate'], match: isPing } },
    });
    expect(diagnosis.cause?.code).toBe('REG230');
    expect(saidOf(diagnosis, 'REG230')[0]?.observed).toContain('without a Bearer challenge');
  });

  it('fails when a proxy adds credentials that Gitea refuses', async () => {
    const diagnosis = await world({
      switches: {
        requestHeaders: { add: [['Authorization', 'Basic bm9ib2R5Om5v']], match: isPing },
      },
    });
    expect(diagnosis.cause?.code).toBe('REG230');
    expect(saidOf(diagnosis, 'REG230')[0]?.observed).toContain('a proxy adds some');
  });

  it('takes an answer of another registry for a route that leads there', async () => {
    const diagnosis = await world(onV2({ status: 200, headers: [REGISTRY], body: '{}' }));
    expect(diagnosis.cause?.code).toBe('REG211');
  });

  it.each([
    ['an open registry', { status: 200, headers: [REGISTRY], body: '{}' }],
    [
      'a registry with a token server elsewhere',
      {
        status: 401,
        headers: [
          REGISTRY,
          ['WWW-Authenticate', 'Bearer realm="https://auth.example.test/token",service="registry"'],
        ],
        body: '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}',
      },
    ],
  ] as readonly (readonly [string, ProxyAnswer])[])(
    'has nothing against %s where an image is published',
    async (_name, answer) => {
      const proxy = await FaultProxy.start('http://127.0.0.1:1', {
        tls: trusted({ names: [HOST] }),
      });
      proxy.set({ answer: [{ ...answer, match: isV2 }, { ...TRAEFIK.notFound }] });
      const port = Number(new URL(proxy.url).port);
      const options = { dial: dialing(port) };
      const publishing = await probed(
        { ...publicRequest(), publish: { repository: 'a/b' } },
        options,
      );
      const looking = await probed(publicRequest(), options);
      await proxy.close();
      expect(faults(publishing)).toEqual([]);
      expect(faults(looking)).toEqual(['REG210 fail']);
      expect(publishing.paths[0]?.responder).toBe('another registry');
    },
  );

  it.each([
    ['a rate limit', TRAEFIK.tooManyRequests(1), 'REG218'],
    ['a dead backend', TRAEFIK.badGateway, 'REG220'],
    ['a missing endpoint', TRAEFIK.noAvailableServer, 'REG560'],
  ])('names %s that is met now and then', async (_name, answer, code) => {
    let count = 0;
    const diagnosis = await world({
      switches: { answer: { ...answer, match: (line) => isPing(line) && ++count % 3 === 0 } },
    });
    expect(diagnosis.cause?.code).toBe(code);
    expect(saidOf(diagnosis, code)[0]?.observed).toContain('1 of 5 at once');
  });

  it('takes the way to the login of Gitea itself for a stripped path', async () => {
    const diagnosis = await world(
      onV2({ status: 303, headers: [['Location', '/user/login']], body: '' }),
    );
    expect(diagnosis.cause?.code).toBe('REG212');
  });

  it('says of a page it does not know only that no Gitea is reached', async () => {
    const diagnosis = await world({
      direct: 'none',
      switches: {
        answer: {
          status: 200,
          headers: [['Content-Type', 'text/html']],
          body: '<html>hello</html>',
        },
      },
    });
    expect(faults(diagnosis)).toEqual(['REG210 fail']);
  });

  it('warns of a CDN, and goes on', async () => {
    const diagnosis = await world({
      switches: { responseHeaders: { add: [['CF-RAY', '8f00-FRA']] } },
    });
    expect(faults(diagnosis)).toEqual(['REG452 warn']);
    expect(saidOf(diagnosis, 'REG452')[0]?.observed).toContain('8f00-FRA');
  });

  it.each([
    [['Age', '12'], true],
    [['X-Cache', 'HIT from edge'], true],
    [['Age', '0'], false],
    [['X-Cache', 'MISS'], false],
  ] as const)('takes %j for a cache: %s', async (line, isCache) => {
    const diagnosis = await world({ switches: { responseHeaders: { add: [line] } } });
    expect(faults(diagnosis)).toEqual(isCache ? ['REG218 fail'] : []);
  });
});
