import { createServer } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { DoctorOptions, ProbedPath } from '../../../../src/doctor/request';
import { testCertificate } from '../../../../src/testing';
import { ConnectProxy } from '../../../client/http/connect-proxy';
import { inDays, traefikDefault, trusted } from '../../scenarios/certificates';
import { listenOn, listenRaw } from '../../scenarios/listener';
import { HOST, publicRequest, startWorld } from '../../scenarios/world';
import type { Arrangement } from '../../scenarios/world';
import { diagnosed, faults, probed, saidOf } from '../probed';

const NO_PROXY = { proxyFor: () => '' };

/** A run over one path of `host`. */
async function alone(
  host: string,
  path: Partial<ProbedPath> & Pick<ProbedPath, 'origin'>,
  options: DoctorOptions = {},
) {
  return probed(
    { host, paths: [{ name: 'ingress', ...path }] },
    { requestTimeoutMs: 1500, dial: NO_PROXY, ...options },
  );
}

const closed = (host: string) => alone(host, { origin: new URL('http://127.0.0.1:1') });

describe('the host of image references (REG111)', () => {
  it.each(['git.example.org', 'git.example.org:8443', 'git:5000'])('takes %s', async (host) => {
    expect(saidOf(await closed(host), 'REG111')).toEqual([
      expect.objectContaining({ status: 'pass', observed: host }),
    ]);
  });

  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', '203.0.113.10', '203.0.113.10:32166'])(
    'takes %s and says what it is worth',
    async (host) => {
      expect(saidOf(await closed(host), 'REG111')).toEqual([
        expect.objectContaining({
          status: 'pass',
          note: expect.stringMatching(/this machine|address/),
        }),
      ]);
    },
  );

  it.each([
    'git',
    'Git.Example.org',
    'https://git.example.org',
    'git.example.org/gitea',
    'git.example.org:443',
    'gitea-http.git.svc:3000',
    'gitea-http.git.svc.cluster.local:3000',
    'git.example.com',
  ])('refuses %s', async (host) => {
    const diagnosis = await closed(host);
    expect(saidOf(diagnosis, 'REG111')).toEqual([
      expect.objectContaining({ status: 'fail', observed: `the host is '${host}'` }),
    ]);
    expect(diagnosis.cause?.code).toBe('REG111');
  });
});

describe('addresses (REG112, REG113)', () => {
  const origin = new URL('http://localhost:1');

  /** A port of 127.0.0.1 and of ::1, as far as somebody listens there. */
  const listening = (port: number, addresses: Readonly<Record<4 | 6, readonly string[]>>) =>
    alone(
      HOST,
      { origin: new URL(`http://localhost:${port}`), isImageHost: false },
      { resolve: async (_host, family) => addresses[family] },
    );

  it('takes a name without AAAA', async () => {
    const server = await listenOn(createServer());
    const diagnosis = await listening(server.port, { 4: ['127.0.0.1'], 6: [] });
    await server.close();
    expect(saidOf(diagnosis, 'REG112')[0]).toMatchObject({ status: 'pass', observed: '127.0.0.1' });
    expect(saidOf(diagnosis, 'REG113')[0]).toMatchObject({
      status: 'pass',
      observed: `127.0.0.1:${server.port}`,
    });
  });

  it('warns of one dead address among several of a family, and goes on', async () => {
    const server = await listenOn(createServer());
    const diagnosis = await listening(server.port, { 4: ['127.0.0.1', '127.0.0.2'], 6: [] });
    await server.close();
    expect(saidOf(diagnosis, 'REG113')[0]).toMatchObject({
      status: 'warn',
      observed: `127.0.0.2:${server.port} refuses connections, while 127.0.0.1:${server.port} takes connections`,
    });
    expect(saidOf(diagnosis, 'REG210')[0]).not.toMatchObject({ status: 'skip' });
  });

  it('tells a name without records from a resolver that does not answer', async () => {
    const failing = (code: string) =>
      alone(
        HOST,
        { origin },
        {
          resolve: async () => Promise.reject(Object.assign(new Error(code), { code })),
        },
      );
    expect(saidOf(await failing('ENODATA'), 'REG112')[0]).toMatchObject({
      status: 'fail',
      observed: `'localhost' has neither A nor AAAA record (ENOTFOUND)`,
    });
    expect(saidOf(await failing('EAI_AGAIN'), 'REG112')[0]).toMatchObject({
      status: 'fail',
      observed: `no DNS server answers for 'localhost' (EAI_AGAIN)`,
    });
  });

  it('ends the wait for a resolver that never answers', async () => {
    const diagnosis = await alone(
      HOST,
      { origin },
      {
        requestTimeoutMs: 20,
        resolve: () => new Promise(() => undefined),
      },
    );
    expect(saidOf(diagnosis, 'REG112')[0]).toMatchObject({
      observed: expect.stringContaining('ETIMEDOUT'),
    });
    expect(saidOf(diagnosis, 'REG113')[0]).toMatchObject({
      status: 'skip',
      note: 'waits for REG112',
    });
  });

  it('names a proxy that is none', async () => {
    const diagnosis = await alone(
      HOST,
      { origin },
      { dial: { proxyFor: () => 'socks5://127.0.0.1:1' } },
    );
    expect(saidOf(diagnosis, 'REG113')[0]).toMatchObject({
      status: 'fail',
      observed: expect.stringContaining('must name an http or https proxy'),
    });
  });

  it('lets the proxy look names up, and looks at the certificate through it', async () => {
    const proxy = await ConnectProxy.start();
    const tls = trusted({ names: ['127.0.0.1'] });
    const server = await listenRaw(tls, (socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'));
    const diagnosis = await alone(
      HOST,
      { origin: new URL(`https://127.0.0.1:${server.port}`) },
      { requestTimeoutMs: 2000, dial: { proxyFor: () => `http://${proxy.host}`, ca: tls.ca } },
    );
    const { host } = proxy;
    await Promise.all([server.close(), proxy.close()]);
    expect(saidOf(diagnosis, 'REG113')[0]).toMatchObject({
      status: 'pass',
      observed: `through the proxy '${host}'`,
    });
    expect(saidOf(diagnosis, 'REG122')[0]).toMatchObject({ status: 'pass' });
  });

  it('names the proxy that refuses to connect', async () => {
    const proxy = await ConnectProxy.start();
    proxy.refusal = 403;
    const diagnosis = await alone(
      HOST,
      { origin: new URL(`https://${HOST}`) },
      { dial: { proxyFor: () => `http://${proxy.host}` } },
    );
    await proxy.close();
    expect(diagnosis.cause?.code).toBe('REG113');
    expect(saidOf(diagnosis, 'REG113')[0]?.observed).toContain('answered 403');
  });
});

describe('TLS and certificate (REG120 to REG125)', () => {
  const world = (arrangement: Arrangement) =>
    diagnosed(startWorld({ direct: 'none', ...arrangement }));

  it('finds nothing wrong with a certificate of an authority that was given', async () => {
    const diagnosis = await world({});
    expect(faults(diagnosis)).toEqual([]);
    expect(saidOf(diagnosis, 'REG120')[0]?.observed).toBe('TLSv1.3');
    expect(saidOf(diagnosis, 'REG122')[0]?.observed).toBe(`'${HOST}'`);
    expect(saidOf(diagnosis, 'REG123')[0]?.note).toContain('each node must have them too');
    expect(saidOf(diagnosis, 'REG125')[0]?.observed).toBe('one in 5 handshakes');
  });

  it.each([
    ['REG122', trusted({ names: ['www.example.test'] })],
    ['REG123', testCertificate({ names: [HOST] })],
    ['REG124', trusted({ names: [HOST], notAfter: inDays(-1) })],
  ])('only notes %s where the user accepts any certificate', async (code, tls) => {
    const set = await startWorld({ direct: 'none', tls });
    const diagnosis = await probed(set.request, {
      ...set.options,
      dial: { ...set.options.dial, insecure: true },
    });
    await set.close();
    expect(faults(diagnosis)).toEqual([]);
    expect(saidOf(diagnosis, code)[0]).toMatchObject({
      status: 'pass',
      note: expect.stringContaining('--insecure'),
    });
  });

  it('only notes what is wrong where no image is pulled', async () => {
    const set = await startWorld({ direct: 'none', tls: traefikDefault() });
    const [path] = set.request.paths;
    const diagnosis = await probed(
      { ...set.request, paths: [{ ...path!, isImageHost: false }] },
      set.options,
    );
    await set.close();
    expect(faults(diagnosis)).toEqual([]);
    expect(saidOf(diagnosis, 'REG121')[0]?.note).toContain('no image is pulled by this path');
  });

  it('goes on behind a certificate that is not good', async () => {
    const diagnosis = await world({ tls: trusted({ names: ['www.example.test'] }) });
    expect(faults(diagnosis)).toEqual(['REG122 fail']);
    expect(saidOf(diagnosis, 'REG230')[0]).toMatchObject({ status: 'pass' });
  });

  it.each([
    ['unrecognized_name', 112, 'REG121'],
    ['internal_error', 80, 'REG121'],
    ['handshake_failure', 40, 'REG120'],
  ])('takes the alert %s (%d) for %s', async (_name, alert, code) => {
    const server = await listenOn(
      // A fatal alert in a record of TLS 1.2 (RFC 8446 §5.1, §6.2).
      createServer((socket) =>
        socket.once('data', () => socket.end(Buffer.of(21, 3, 3, 0, 2, 2, alert))),
      ),
    );
    const diagnosis = await probed(publicRequest(), {
      requestTimeoutMs: 1000,
      dial: {
        ...NO_PROXY,
        connectTo: [{ host: '', address: '127.0.0.1', addressPort: server.port }],
      },
    });
    await server.close();
    expect(diagnosis.cause?.code).toBe(code);
  });

  it('fails where one of several certificates is for another host', async () => {
    const contexts = [trusted({ names: [HOST] }), trusted({ names: ['www.example.test'] })].map(
      (each) => createSecureContext(each),
    );
    let count = 0;
    const diagnosis = await world({
      entry: () =>
        listenRaw(
          {
            ...trusted({ names: [HOST] }),
            SNICallback: (_n, done) => done(null, contexts[count++ % 2]),
          },
          (socket) => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'),
        ),
    });
    expect(diagnosis.cause?.code).toBe('REG125');
    expect(saidOf(diagnosis, 'REG125')[0]?.observed).toContain('(not for this host)');
  });

  it('asks for https where images are pulled by http from another machine', async () => {
    const origin = new URL('http://192.0.2.1:3000');
    const server = await listenOn(
      createServer((socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n')),
    );
    const dial = {
      ...NO_PROXY,
      connectTo: [{ host: '', address: '127.0.0.1', addressPort: server.port }],
    };
    const diagnosis = await alone(HOST, { origin }, { dial });
    const beside = await alone(HOST, { origin, isImageHost: false }, { dial });
    await server.close();
    expect(saidOf(diagnosis, 'REG120')[0]).toMatchObject({
      status: 'fail',
      observed: "images are pulled from '192.0.2.1:3000' by plain http",
    });
    // What is behind is probed all the same.
    expect(saidOf(diagnosis, 'REG210')[0]).toMatchObject({ status: 'fail' });
    expect(saidOf(beside, 'REG120')).toEqual([]);
  });

  it('ends a handshake that nobody answers', async () => {
    const server = await listenOn(createServer());
    const diagnosis = await probed(publicRequest(), {
      requestTimeoutMs: 100,
      dial: {
        ...NO_PROXY,
        connectTo: [{ host: '', address: '127.0.0.1', addressPort: server.port }],
      },
    });
    await server.close();
    expect(saidOf(diagnosis, 'REG120')[0]).toMatchObject({
      status: 'fail',
      observed: 'no answer to the TLS handshake',
    });
    expect(saidOf(diagnosis, 'REG230')[0]).toMatchObject({
      status: 'skip',
      note: 'waits for REG120',
    });
  });
});
