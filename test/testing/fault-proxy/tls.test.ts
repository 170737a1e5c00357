import { once } from 'node:events';
import { connect } from 'node:net';
import { FaultProxy, testCertificate } from '../../../src/testing';
import { ask } from './client';
import { proxied } from './proxied';

const certificate = testCertificate({ names: ['git.example.org', '127.0.0.1'] });
const { ca } = certificate;

const both = proxied({ tls: certificate });

it('serves https with the certificate given', async () => {
  const { proxy, upstream } = both();
  expect(proxy.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const { status, body } = await ask(proxy.url, { ca, method: 'PUT', body: 'hello' });
  expect(`${status} ${String(body)}`).toBe('201 done');
  expect(upstream.seen[0]!.body.toString()).toBe('hello');
});

it('is refused by a client that asked for another name', async () => {
  const { proxy, upstream } = both();
  const { error } = await ask(proxy.url, { ca, servername: 'other.example.org' });
  expect(error).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  expect((await ask(proxy.url, { ca, servername: 'git.example.org' })).status).toBe(201);
  expect(upstream.seen).toHaveLength(1);
});

it('is refused by a client that does not know the authority', async () => {
  const { proxy } = both();
  expect((await ask(proxy.url)).error).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
});

it('is refused with a certificate that has ended', async () => {
  const { upstream } = both();
  const expired = testCertificate({ names: ['127.0.0.1'], notAfter: new Date('2020-01-01') });
  const proxy = await FaultProxy.start(upstream.url, { tls: expired });
  expect((await ask(proxy.url, { ca: expired.ca })).error).toBe('CERT_HAS_EXPIRED');
  await proxy.close();
});

it('redirects to itself over https', async () => {
  const { proxy } = both();
  proxy.set({ redirect: { status: 302, location: '{origin}/login' } });
  expect((await ask(proxy.url, { ca })).headers.location).toBe(`${proxy.url}/login`);
});

it('stands in front of an https upstream whose authority it is told', async () => {
  const { proxy: upstream } = both();
  const trusting = await FaultProxy.start(upstream.url, { upstreamCa: ca });
  const doubting = await FaultProxy.start(upstream.url);
  expect((await ask(trusting.url)).status).toBe(201);
  expect((await ask(doubting.url)).status).toBe(502);
  await trusting.close();
  await doubting.close();
});

it('asks an https upstream for the name it was given, not for the Host of the request', async () => {
  const { proxy: upstream } = both();
  const proxy = await FaultProxy.start(upstream.url, { upstreamCa: ca });
  const { status } = await ask(proxy.url, { headers: { Host: 'other.example.org' } });
  expect(status).toBe(201);
  await proxy.close();
});

it('closes connections that have not shaken hands', async () => {
  const { proxy } = both();
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  const closed = once(
    socket.on('error', () => undefined),
    'close',
  );
  await once(socket, 'connect');
  // The proxy has the connection when a later one was served.
  await ask(proxy.url, { ca });
  await proxy.close();
  await closed;
});

it('lives on when a client resets in the middle of a handshake', async () => {
  const { proxy } = both();
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  // A record of a handshake that says it is longer than what comes.
  socket.write(Buffer.from('1603010200', 'hex'));
  await once(socket, 'connect');
  await ask(proxy.url, { ca });
  socket.resetAndDestroy();
  await once(socket, 'close');
  expect((await ask(proxy.url, { ca })).status).toBe(201);
});
