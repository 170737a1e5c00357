import type { SecureContext } from 'node:tls';
import { createSecureContext } from 'node:tls';
import { testCertificate } from '../../../src/testing';
import { freePort } from '../../e2e/servers/program';
import { inDays, traefikDefault, trusted, withoutIntermediate } from './certificates';
import { listenTerminating } from './listener';
import type { Scenario, SetUp } from './scenario';
import { dialing, HOST, publicRequest, startWorld } from './world';

/** A name every machine resolves, so that no address is dialed in its place. */
const LOCAL = 'localhost';

/** Step P1 and P2: name, address, port, TLS. */
export const NAMES: readonly Scenario[] = [
  {
    name: 'the name does not resolve',
    code: 'REG112',
    start: () =>
      nobody(async () => {
        throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${HOST}`), { code: 'ENOTFOUND' });
      }),
  },
  {
    name: 'the name has an IPv6 address that nobody serves beside the IPv4 one',
    code: 'REG112',
    start: () => served({ 4: ['127.0.0.1'], 6: ['::1'] }),
  },
  {
    name: 'the name has an IPv6 address only, and nobody serves it',
    code: 'REG113',
    start: () => nobody(async (_host, family) => (family === 6 ? ['::1'] : [])),
  },
  {
    name: 'the port refuses connections',
    code: 'REG113',
    start: async () => ({
      request: publicRequest(),
      options: {
        requestTimeoutMs: 2000,
        resolve: async (_host, family) => (family === 4 ? ['127.0.0.1'] : []),
        dial: dialing(await freePort()),
      },
      close: async () => undefined,
    }),
  },
  {
    name: 'the port speaks http',
    code: 'REG120',
    start: () => startWorld({ tls: 'none' }),
  },
  {
    name: 'Traefik shows its default certificate',
    code: 'REG121',
    start: () => startWorld({ tls: traefikDefault() }),
  },
  {
    name: 'the certificate is for another name',
    code: 'REG122',
    start: () => startWorld({ tls: trusted({ names: ['www.example.test'] }) }),
  },
  {
    name: 'the certificate covers names one level up only',
    code: 'REG122',
    start: () => startWorld({ tls: trusted({ names: ['example.test', '*.git.example.test'] }) }),
  },
  {
    name: 'the certificate is of an authority nobody trusts',
    code: 'REG123',
    start: () => startWorld({ tls: testCertificate({ names: [HOST] }) }),
  },
  {
    name: 'the intermediate certificate is not sent',
    code: 'REG123',
    start: () => startWorld({ tls: withoutIntermediate(HOST) }),
  },
  {
    name: 'the certificate has expired',
    code: 'REG124',
    start: () => startWorld({ tls: trusted({ names: [HOST], notAfter: inDays(-1) }) }),
  },
  {
    name: 'the certificate is not valid yet',
    code: 'REG124',
    start: () => startWorld({ tls: trusted({ names: [HOST], notBefore: inDays(1) }) }),
  },
  {
    name: 'the certificate ends in two days',
    code: 'REG124',
    start: () => startWorld({ tls: trusted({ names: [HOST], notAfter: inDays(2) }) }),
  },
  {
    name: 'the certificate ends in ten days',
    code: 'REG124',
    start: () => startWorld({ tls: trusted({ names: [HOST], notAfter: inDays(10) }) }),
  },
  {
    name: 'two certificates take turns',
    code: 'REG125',
    start: () =>
      startWorld({
        entry: (proxy) => {
          const contexts = [0, 1].map(() => {
            const { key, cert } = trusted({ names: [HOST] });
            return createSecureContext({ key, cert });
          });
          let handshakes = 0;
          const next = (): SecureContext => contexts[handshakes++ % contexts.length]!;
          return listenTerminating(
            { SNICallback: (_name, done) => done(null, next()) },
            Number(new URL(proxy.url).port),
          );
        },
      }),
  },
];

/** A name that leads nowhere. */
async function nobody(resolve: NonNullable<SetUp['options']['resolve']>): Promise<SetUp> {
  return {
    request: publicRequest(),
    options: { requestTimeoutMs: 500, resolve, dial: { proxyFor: () => '' } },
    close: async () => undefined,
  };
}

/** A registry at `localhost`, which is dialed as it resolves. */
async function served(addresses: Readonly<Record<4 | 6, readonly string[]>>): Promise<SetUp> {
  const tls = trusted({ names: [LOCAL] });
  let port = 0;
  const world = await startWorld({
    direct: 'none',
    entry: async (proxy) => {
      const listener = await listenTerminating(tls, Number(new URL(proxy.url).port));
      port = listener.port;
      return listener;
    },
  });
  const host = `${LOCAL}:${port}`;
  return {
    ...world,
    request: { host, paths: [{ name: 'ingress', origin: new URL(`https://${host}`) }] },
    options: {
      ...world.options,
      resolve: async (_host, family) => addresses[family],
      dial: { ca: tls.ca, proxyFor: () => '' },
    },
  };
}
