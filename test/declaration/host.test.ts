import fc from 'fast-check';
import { matches } from '../../src/declaration/grammar';
import { ORIGIN, REGISTRY_HOST, rootUrl, splitHost, SSH_DOMAIN } from '../../src/declaration/host';
import { arbitraryHost, arbitraryHostName } from '../support/arbitraries';

const LONGEST_LABEL = 'a'.repeat(63);
const LONGEST_NAME = `${`${LONGEST_LABEL}.`.repeat(3)}${'b'.repeat(61)}`;

describe('the registry host', () => {
  it('may be any public name, with a port or without', () => {
    fc.assert(fc.property(arbitraryHost, (host) => matches(REGISTRY_HOST, host)));
  });

  it.each([
    ['git.example.org', 'a name with a dot'],
    ['registry:5000', 'a name without a dot but with a port'],
    ['git.example.org:8443', 'a name with a port'],
    ['git.example.org:65535', 'the last port'],
    ['git.example.org:1', 'the first port'],
    ['git.notexample.com', 'a name that only ends like example.com'],
    ['svc.example.org', 'a name that only begins like one of the cluster'],
    ['git.cluster.local.example.org', 'a name that holds cluster.local in its middle'],
    ['1.a2', 'a last label that is no number'],
    ['xn--bcher-kva.example', 'an IDN in its ASCII form'],
    [`${LONGEST_LABEL}.org`, 'a label of 63 characters'],
    [LONGEST_NAME, 'a name of 253 characters'],
    [`${LONGEST_NAME}:65535`, 'a name of 253 characters and a port'],
  ])('may be %s: %s', (host) => {
    expect(matches(REGISTRY_HOST, host)).toBe(true);
  });

  it.each([
    ['https://git.example.org', 'has a scheme'],
    ['git.example.org/', 'has a path'],
    ['git.example.org/v2', 'has a path'],
    ['Git.example.org', 'has an upper-case letter'],
    ['git.example.org:443', 'names the default port'],
    ['git.example.org:0', 'names no port'],
    ['git.example.org:65536', 'names a port that does not exist'],
    ['git.example.org:080', 'writes a port with a zero in front'],
    ['git.example.org:', 'ends with a colon'],
    ['git', 'has neither dot nor port: docker takes it for a path'],
    ['localhost', 'is the own machine'],
    ['localhost:5000', 'is the own machine'],
    ['git.localhost', 'is the own machine'],
    ['gitea.default.svc', 'is known in the cluster only'],
    ['gitea.default.svc:3000', 'is known in the cluster only'],
    ['x.svc.cluster.local', 'is known in the cluster only'],
    ['cluster.local', 'is known in the cluster only'],
    ['example.com', 'is the placeholder of the chart'],
    ['git.example.com', 'is the placeholder of the chart'],
    ['git.example.com:8443', 'is the placeholder of the chart'],
    ['192.168.1.10', 'is an IPv4 address'],
    ['192.168.1.10:5000', 'is an IPv4 address'],
    ['[::1]:5000', 'is an IPv6 address'],
    ['git.example.org.', 'ends with a dot'],
    ['.example.org', 'begins with a dot'],
    ['git..example.org', 'has an empty label'],
    ['-git.example.org', 'has a label beginning with a dash'],
    ['git-.example.org', 'has a label ending with a dash'],
    ['git_hub.example.org', 'has an underscore'],
    ['bücher.example.org', 'is not ASCII'],
    ['git.example.org\n', 'ends with a line break'],
    ['user@git.example.org', 'names a user'],
    ['', 'is empty'],
    [`${'a'.repeat(64)}.example.org`, 'has a label of 64 characters'],
    [`${LONGEST_NAME}b`, 'has 254 characters'],
  ])('may not be %j: it %s', (host) => {
    expect(matches(REGISTRY_HOST, host)).toBe(false);
  });

  it('breaks the truth of REG111 when it is wrong', () => {
    expect(REGISTRY_HOST.code).toBe('REG111');
  });
});

describe('the host of clone URLs', () => {
  it('may be any host name, also one without a dot or of the cluster', () => {
    fc.assert(fc.property(arbitraryHostName, (name) => matches(SSH_DOMAIN, name)));
    for (const name of ['localhost', 'gitea.default.svc', '10.0.0.1', LONGEST_NAME]) {
      expect(matches(SSH_DOMAIN, name)).toBe(true);
    }
  });

  it.each([
    'ssh.example.org:22',
    'ssh://ssh.example.org',
    'SSH.example.org',
    '',
    `${LONGEST_NAME}b`,
  ])('may not be %j', (name) => {
    expect(matches(SSH_DOMAIN, name)).toBe(false);
  });
});

describe('the origin of a further path', () => {
  it.each([
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'https://git.example.org',
    'http://localhost:8080',
  ])('may be %s', (origin) => {
    expect(matches(ORIGIN, origin)).toBe(true);
  });

  it.each([
    'git.example.org',
    'ftp://git.example.org',
    'http://git.example.org/',
    'http://git.example.org/v2',
    'http://git.example.org?x',
    'http://user@git.example.org',
    'http://git.example.org:70000',
    'http://[::1',
    'http://',
    'HTTP://git.example.org',
    `http://${'a'.repeat(300)}.org`,
  ])('may not be %j', (origin) => {
    expect(matches(ORIGIN, origin)).toBe(false);
  });
});

describe('splitHost', () => {
  it('gives back the name and the port of every host', () => {
    fc.assert(
      fc.property(
        arbitraryHostName,
        fc.option(fc.integer({ min: 1, max: 65535 })),
        (name, port) => {
          expect(splitHost(port === null ? name : `${name}:${port}`)).toEqual(
            port === null ? { name } : { name, port },
          );
        },
      ),
    );
  });

  it('splits at the last colon and takes no other text for a port', () => {
    expect(splitHost('[::1]:3000')).toEqual({ name: '[::1]', port: 3000 });
    expect(splitHost('git:x')).toEqual({ name: 'git:x' });
    expect(splitHost('a\nb:1')).toEqual({ name: 'a\nb', port: 1 });
    expect(splitHost('')).toEqual({ name: '' });
  });
});

it('writes ROOT_URL with https, the port and one trailing slash', () => {
  expect(rootUrl({ host: 'git.example.org:8443' })).toBe('https://git.example.org:8443/');
  expect(rootUrl({ host: 'cr.example.org', uiHost: 'git.example.org', uiPath: '/git' })).toBe(
    'https://git.example.org/git/',
  );
});
