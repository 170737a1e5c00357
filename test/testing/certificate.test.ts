import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { checkServerIdentity, connect, createServer } from 'node:tls';
import fc from 'fast-check';
import type { TestCertificate } from '../../src/testing';
import { testCertificate } from '../../src/testing';
import { messageOf } from '../support/thrown';

const DAY = 24 * 60 * 60 * 1000;

const NAMES = ['git.example.org', '*.wild.example.org', '127.0.0.1', '::1'];

/** Code of the error a client ends a handshake with; `authorized` when there is none. */
async function handshake(
  { key, cert }: TestCertificate,
  client: { readonly ca?: string; readonly name: string },
): Promise<string> {
  const server = createServer({ key, cert }).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => undefined);
  await once(server, 'listening');
  const socket = connect({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    ca: client.ca,
    servername: /^[\d.:]+$/.test(client.name) ? '' : client.name,
    checkServerIdentity: (_, presented) => checkServerIdentity(client.name, presented),
  });
  const code = await new Promise<string>((resolve) => {
    socket.on('secureConnect', () => resolve('authorized'));
    socket.on('error', ({ code: text }: NodeJS.ErrnoException) => resolve(text ?? 'no code'));
  });
  socket.destroy();
  server.close();
  return code;
}

describe('a handshake', () => {
  const certificate = testCertificate({ names: NAMES });
  const { ca } = certificate;

  it.each(['git.example.org', 'GIT.example.org', 'a.wild.example.org', '127.0.0.1', '::1'])(
    'with the name %s passes',
    async (name) => {
      expect(await handshake(certificate, { ca, name })).toBe('authorized');
    },
  );

  it.each(['other.example.org', 'wild.example.org', 'a.b.wild.example.org', '127.0.0.2', '::2'])(
    'with the name %s, which the certificate does not have, is refused',
    async (name) => {
      expect(await handshake(certificate, { ca, name })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    },
  );

  it('after the end of the certificate is refused', async () => {
    const expired = testCertificate({ names: NAMES, notAfter: new Date(Date.now() - DAY) });
    const client = { ca: expired.ca, name: NAMES[0]! };
    expect(await handshake(expired, client)).toBe('CERT_HAS_EXPIRED');
  });

  it('before the beginning of the certificate is refused', async () => {
    const early = testCertificate({ names: NAMES, notBefore: new Date(Date.now() + 90 * DAY) });
    const client = { ca: early.ca, name: NAMES[0]! };
    expect(await handshake(early, client)).toBe('CERT_NOT_YET_VALID');
  });

  it('with an authority the client does not trust is refused', async () => {
    expect(await handshake(certificate, { name: NAMES[0]! })).toBe(
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    );
    const foreign = testCertificate({ names: NAMES }).ca;
    expect(await handshake(certificate, { ca: foreign, name: NAMES[0]! })).toBe(
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    );
  });

  it('passes with a certificate another one gave its authority', async () => {
    const sibling = testCertificate({ names: ['sibling.example.org'], issuer: certificate });
    expect(sibling.ca).toBe(ca);
    expect(await handshake(sibling, { ca, name: 'sibling.example.org' })).toBe('authorized');
  });
});

describe('a certificate', () => {
  const options = {
    names: NAMES,
    notBefore: new Date('2049-12-31T23:59:59Z'),
    notAfter: new Date('2050-01-01T00:00:00Z'),
  };
  const { cert, ca, key } = testCertificate(options);
  const leaf = new X509Certificate(cert);
  const authority = new X509Certificate(ca);

  it('says its names, its period on both sides of 2050, and what it is for', () => {
    expect(leaf.subjectAltName).toBe(
      'DNS:git.example.org, DNS:*.wild.example.org, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    );
    expect(leaf.validFrom).toBe('Dec 31 23:59:59 2049 GMT');
    expect(leaf.validTo).toBe('Jan  1 00:00:00 2050 GMT');
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect({ leaf: leaf.ca, authority: authority.ca }).toEqual({ leaf: false, authority: true });
  });

  it('belongs to its key, and is signed by its authority, which signed itself', () => {
    expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(leaf.checkIssued(authority)).toBe(true);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(leaf.verify(leaf.publicKey)).toBe(false);
  });

  it('has a serial number of its own', () => {
    const other = new X509Certificate(testCertificate(options).cert);
    expect(leaf.serialNumber).toMatch(/^01[0-9A-F]{30}$/);
    expect(other.serialNumber).not.toBe(leaf.serialNumber);
  });

  it('holds now when no period is given', () => {
    const { validFrom, validTo } = new X509Certificate(testCertificate({ names: NAMES }).cert);
    expect(Date.parse(validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(validTo)).toBeGreaterThan(Date.now() + 20 * DAY);
  });

  it('holds any address', () => {
    const issuer = testCertificate({ names: NAMES });
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        const made = new X509Certificate(testCertificate({ names: [address], issuer }).cert);
        expect(made.checkIP(address)).toBeDefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe('refuses', () => {
  it('to make one for nobody', () => {
    expect(messageOf(() => testCertificate({ names: [] }))).toBe(
      "a certificate needs at least one name, such as 'git.example.org' or '127.0.0.1'",
    );
  });

  it.each([
    '',
    'a b',
    'https://git.example.org',
    'git.example.org:3000',
    '-a',
    'a.*.b',
    'fe80::1%lo',
  ])("the name '%s'", (name) => {
    expect(messageOf(() => testCertificate({ names: ['ok.example.org', name] }))).toBe(
      `'${name}' cannot stand in a certificate; give a DNS name such as 'git.example.org' or '*.example.org', or an IP address, without scheme and port`,
    );
  });

  it('a period that ends before it begins, and a date that is none', () => {
    const moment = new Date('2030-01-01T00:00:00Z');
    expect(
      messageOf(() => testCertificate({ names: NAMES, notBefore: moment, notAfter: moment })),
    ).toMatch(/^the certificate would end at '2030-01-01T00:00:00.000Z', .* begins at '2030-/);
    expect(messageOf(() => testCertificate({ names: NAMES, notAfter: new Date('soon') }))).toMatch(
      /^the certificate would end at 'Invalid Date'/,
    );
  });
});
