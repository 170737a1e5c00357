import type { FaultProxyOptions } from '../../../src/testing';
import { testCertificate } from '../../../src/testing';
import { proxied } from './proxied';
import type { RawConnection } from './raw-client';
import { rawConnection } from './raw-client';
import { until } from './until';

const certificate = testCertificate({ names: ['127.0.0.1'] });

const HEAD = 'POST /v2/x/blobs/uploads/ HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n';

const ENDINGS = [
  ['reset', 'ECONNRESET'],
  ['close', 'end'],
] as const;

const TRANSPORTS: readonly (readonly [string, FaultProxyOptions])[] = [
  ['http', {}],
  ['https', { tls: certificate }],
];

describe.each(TRANSPORTS)('over %s', (_name, options) => {
  const both = proxied(options);

  function post(): RawConnection {
    const { proxy } = both();
    return rawConnection(proxy.url, `${HEAD}hello`, options.tls && certificate.ca);
  }

  it.each(ENDINGS)('ends by %s before the request is passed on', async (how, ending) => {
    const { proxy, upstream } = both();
    proxy.set({ breakOff: { at: 'request', how } });
    expect(await post().outcome).toEqual({ text: '', ending });
    expect(upstream.seen).toEqual([]);
    expect(proxy.requests).toHaveLength(1);
  });

  it.each(ENDINGS)('ends by %s after the upstream did the work', async (how, ending) => {
    const { proxy, upstream } = both();
    proxy.set({ breakOff: { at: 'answer', how } });
    expect(await post().outcome).toEqual({ text: '', ending });
    expect(upstream.seen.map(({ body }) => body.toString())).toEqual(['hello']);
  });

  it.each(ENDINGS)('ends by %s in the middle of the header lines', async (how, ending) => {
    const { proxy, upstream } = both();
    proxy.set({ breakOff: { at: 'answer-header', how } });
    const outcome = await post().outcome;
    expect(outcome.text).toMatch(/^HTTP\/1\.1 201 Created\r\nX-Upstream: yes\r\n/);
    expect(outcome.text).not.toContain('\r\n\r\n');
    expect(outcome.ending).toBe(ending);
    expect(upstream.seen).toHaveLength(1);
  });

  it('resets where nothing else is said', async () => {
    const { proxy } = both();
    proxy.set({ breakOff: { at: 'answer' } });
    expect((await post().outcome).ending).toBe('ECONNRESET');
  });

  it('resets in the middle of a body', async () => {
    const { proxy } = both();
    proxy.set({ responseCut: { afterBytes: 2, how: 'reset' } });
    const { text, ending } = await post().outcome;
    expect(text).toMatch(/\r\n\r\n2\r\ndo\r\n$/);
    expect(ending).toBe('ECONNRESET');
  });
});

describe('silence', () => {
  const both = proxied();

  it('never answers, and the upstream never hears of the request', async () => {
    const { proxy, upstream } = both();
    proxy.set({ breakOff: { at: 'request', how: 'silence' }, answer: { status: 200 } });
    const silent = rawConnection(proxy.url, `${HEAD}hello`);
    await until(() => proxy.requests[0]?.bodyBytes === 5);
    expect(silent.socket.readyState).toBe('open');
    await proxy.close();
    expect((await silent.outcome).text).toBe('');
    expect(upstream.seen).toEqual([]);
  });

  it('never answers, though the upstream did the work', async () => {
    const { proxy, upstream } = both();
    proxy.set({ breakOff: { at: 'answer', how: 'silence' } });
    const arrives = upstream.next();
    const silent = rawConnection(proxy.url, `${HEAD}hello`);
    expect(await (await arrives).over).toBe(true);
    expect(silent.socket.readyState).toBe('open');
    await proxy.close();
    expect((await silent.outcome).text).toBe('');
  });

  it('stops in the middle of the header lines', async () => {
    const { proxy } = both();
    proxy.set({ breakOff: { at: 'answer-header', how: 'silence' } });
    const silent = rawConnection(proxy.url, `${HEAD}hello`);
    await silent.arrived('X-Upstream: yes\r\n');
    expect(silent.socket.readyState).toBe('open');
  });
});
