import type { ProxyAnswer, RequestLine } from '../../../../src/testing';
import { CLOUDFLARE, FORWARD_AUTH, NGINX, TRAEFIK } from '../../../../src/testing';
import { OWNER } from '../../scenarios/site';
import { organization, V2_ROUTE } from '../../scenarios/declared';
import type { Arrangement } from '../../scenarios/world';
import { startWorld } from '../../scenarios/world';
import { diagnosed, faults, saidOf } from '../probed';

const isHealth = ({ path }: RequestLine): boolean => path === '/api/healthz';
const isV2 = ({ path }: RequestLine): boolean => path.startsWith('/v2');

const world = (arrangement: Arrangement) => diagnosed(startWorld(arrangement));

/** A proxy that gives one answer to everything but `/v2`. */
const besideV2 = (answer: ProxyAnswer) => ({
  switches: { answer: { ...answer, match: (line: RequestLine) => !isV2(line) } },
});

const json = (status: number, body: unknown): ProxyAnswer => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: JSON.stringify(body),
});

describe('whether a request reaches Gitea (REG210)', () => {
  it('takes its health check for Gitea', async () => {
    const diagnosis = await world({});
    expect(saidOf(diagnosis, 'REG210')[0]).toMatchObject({
      status: 'pass',
      observed: '200 by Gitea',
    });
  });

  it.each([
    ['no router', TRAEFIK.notFound],
    ['a login page', FORWARD_AUTH.loginPage],
    ['an allow-list', TRAEFIK.forbidden],
    ['a dead backend', NGINX.badGateway],
  ])('finds nothing wrong with %s beside a healthy /v2', async (_name, answer) => {
    const diagnosis = await world(besideV2(answer));
    expect(faults(diagnosis)).toEqual([]);
    expect(saidOf(diagnosis, 'REG210')[0]).toMatchObject({
      status: 'skip',
      note: expect.stringContaining('leads /v2 to Gitea and nothing else'),
    });
    expect(saidOf(diagnosis, 'REG230')[0]).toMatchObject({ status: 'pass' });
  });

  it('expects nothing but /v2 of a declared route', async () => {
    const declared = { owners: [organization(OWNER)], route: V2_ROUTE };
    const diagnosis = await world({ declared, switches: { answer: TRAEFIK.notFound } });
    expect(saidOf(diagnosis, 'REG210')[0]).toMatchObject({ status: 'skip' });
    expect(diagnosis.cause).toEqual({ code: 'REG211', path: 'ingress' });
  });

  it('knows Gitea by its own 404 too', async () => {
    const diagnosis = await world({
      switches: {
        answer: {
          status: 404,
          headers: [['Content-Type', 'text/html; charset=utf-8']],
          body: '404 page not found, sub-path is: <a href="/git">/git</a>',
          match: isHealth,
        },
      },
    });
    expect(saidOf(diagnosis, 'REG210')[0]).toMatchObject({ status: 'pass' });
    expect(faults(diagnosis)).toEqual([]);
  });

  it('names what the health check says is missing (REG560)', async () => {
    const fail = [{ status: 'fail', output: 'no', time: '2026-01-01T00:00:00Z' }];
    const pass = [{ status: 'pass', time: '2026-01-01T00:00:00Z' }];
    const report = {
      status: 'fail',
      description: 'Gitea',
      checks: { 'cache:ping': pass, 'database:ping': fail },
    };
    const diagnosis = await world({
      switches: { answer: { ...json(424, report), match: isHealth } },
    });
    expect(saidOf(diagnosis, 'REG210')[0]).toMatchObject({
      status: 'pass',
      observed: '424 by Gitea',
    });
    expect(saidOf(diagnosis, 'REG560')[0]).toMatchObject({
      status: 'fail',
      observed: 'the health check of Gitea fails: database:ping',
    });
  });

  it('takes the health check of something else for something else', async () => {
    const diagnosis = await world({
      direct: 'none',
      switches: { answer: json(200, { ok: true }) },
    });
    expect(diagnosis.cause?.code).toBe('REG210');
  });

  it('tells a pod that is cut off from one that is down (REG563, REG560)', async () => {
    const cutOff = await world({ switches: { answer: TRAEFIK.gatewayTimeout } });
    expect(cutOff.cause).toEqual({ code: 'REG563', path: 'ingress' });
    const down = await world({ direct: 'none', switches: { answer: TRAEFIK.gatewayTimeout } });
    expect(down.cause).toEqual({ code: 'REG560', path: 'ingress' });
  });

  it('takes a direct path that is not routed for another Service (REG220)', async () => {
    const set = await startWorld({ direct: 'none', switches: { answer: TRAEFIK.notFound } });
    const [path] = set.request.paths;
    const diagnosis = await diagnosed(
      Promise.resolve({
        ...set,
        request: { ...set.request, paths: [{ ...path!, name: 'service', isImageHost: false }] },
      }),
    );
    expect(diagnosis.cause).toEqual({ code: 'REG220', path: 'service' });
    expect(saidOf(diagnosis, 'REG230', 'service')[0]).toMatchObject({ note: 'waits for REG220' });
  });

  it.each([
    ['the block page of a CDN', CLOUDFLARE.forbidden, 'REG452'],
    [
      'a page of a firewall',
      {
        status: 403,
        headers: [['Content-Type', 'text/html']],
        body: '<html>Request blocked</html>',
      },
      'REG218',
    ],
    [
      'the 403 of a sign-in proxy',
      {
        status: 403,
        headers: [['Content-Type', 'text/html']],
        body: '<html><title>Sign In</title></html>',
      },
      'REG217',
    ],
    ['an answer of nginx', NGINX.notFound, 'REG210'],
    ['a stripped path that is not trusted', { status: 400, body: 'Bad Request' }, 'REG212'],
  ] as const)('says %s once, on both steps', async (_name, answer, code) => {
    const diagnosis = await world({ direct: 'none', switches: { answer: answer as ProxyAnswer } });
    expect(diagnosis.cause?.code).toBe(code);
    expect(saidOf(diagnosis, 'REG230')).toEqual([
      expect.objectContaining({ status: 'skip', note: `waits for ${code}` }),
    ]);
  });

  it('shows nothing of a server that would move a cursor', async () => {
    const diagnosis = await world({
      direct: 'none',
      switches: {
        answer: {
          status: 200,
          headers: [['Content-Type', 'text/html']],
          body: '<html><title>\u001b[31mparked\u0007\u202e</title></html>',
        },
      },
    });
    expect(saidOf(diagnosis, 'REG210')[0]?.observed).toBe(
      "HTTP 200 with an HTML page titled 'parked' (an unknown proxy)",
    );
  });
});
