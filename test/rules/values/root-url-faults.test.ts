import fc from 'fast-check';
import { rootUrlFaults, rootUrlParts } from '../../../src/rules/values/root-url-faults';

const faults = (text: string, declaredPath?: string, routedPaths: string[] = []): string[] =>
  rootUrlFaults(text, { declaredPath, routedPaths }).map(
    ({ observed, expected, severity = 'error' }) => `${severity}: ${observed}; ${expected}`,
  );

describe('the parts of a ROOT_URL', () => {
  test.each([
    ['https://git.example.org/', 'https', 'git.example.org', '/'],
    ['HTTPS://GIT.example.org', 'https', 'git.example.org', ''],
    ['http://git.example.org:3000/git/?x', 'http', 'git.example.org:3000', '/git/?x'],
    ['https://user:secret@git.example.org/', 'https', 'git.example.org', '/'],
  ])('of %s', (text, scheme, host, path) => {
    expect(rootUrlParts(text)).toEqual({ scheme, host, path });
  });

  test.each([
    '',
    'git.example.org',
    'ssh://git.example.org',
    'https://',
    'https:///x',
    'x https://a',
  ])('are none of %j', (text) => {
    expect(rootUrlParts(text)).toBeUndefined();
  });

  test('take time in proportion to the text', () => {
    const start = performance.now();
    rootUrlParts(`https://${'@'.repeat(200_000)}`);
    rootUrlParts(`https://${'a'.repeat(200_000)}@`);
    rootUrlFaults(`https://a${'/'.repeat(200_000)}x`, { declaredPath: undefined, routedPaths: [] });
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('what is wrong with a ROOT_URL', () => {
  test('is nothing for https, the declared host and a slash', () => {
    expect(faults('https://git.example.org/', '')).toEqual([]);
    expect(faults('https://git.example.org:8443/', '')).toEqual([]);
    expect(faults('https://GIT.EXAMPLE.ORG/', '')).toEqual([]);
  });

  test('is nothing for any host without a declaration, but for names of the manual', () => {
    expect(faults('https://git.example.org/')).toEqual([]);
    expect(faults('https://example.community/')).toEqual([]);
    expect(faults('https://myexample.com/')).toEqual([]);
    for (const host of ['example.com', 'git.example.com', 'git.example.com:8443']) {
      expect(faults(`https://${host}/`)).toEqual([
        `error: ROOT_URL 'https://${host}/' names host '${host}'; the registry's own host, no name of the manual`,
      ]);
    }
  });

  test('never shows a password in it', () => {
    expect(faults('https://user:secret@code.example.org/', '').join()).not.toContain('secret');
  });

  test.each([
    ['https', 443, true],
    ['https', 80, false],
    ['http', 80, true],
    ['http', 443, false],
  ])('%s with port %i writes out the default: %s', (scheme, port, isDefault) => {
    const found = faults(`${scheme}://git.example.org:${port}/`);
    expect(found.some((fault) => fault.startsWith('info') && fault.includes('default port'))).toBe(
      isDefault,
    );
  });

  test('is a path, unless a route of an undeclared host has it or no route is rendered', () => {
    const url = 'https://git.example.org/git/';
    expect(faults(url)).toEqual([]);
    expect(faults(url, undefined, ['/', '/git'])).toEqual([]);
    expect(faults(url, undefined, ['/git/v2'])).toEqual([]);
    expect(faults(url, undefined, ['/'])).toEqual([
      `error: ROOT_URL '${url}' has the path '/git'; no path, or a route for it`,
    ]);
    expect(faults(url, '', ['/git'])).toEqual([
      `error: ROOT_URL '${url}' has the path '/git'; no path`,
    ]);
    expect(faults(url, '/git')).toEqual([]);
    expect(faults(url, '/forge')).toEqual([
      `error: ROOT_URL '${url}' has the path '/git'; the declared path '/forge'`,
    ]);
  });

  test('is a missing slash, where no path stands', () => {
    expect(faults('https://git.example.org')).toEqual([
      "info: ROOT_URL 'https://git.example.org' ends without a slash; a trailing slash",
    ]);
    expect(faults('https://git.example.org//')).toEqual([]);
  });

  test.each(['https://${HOST}/', '{{ .Values.url }}', 'http://$DOMAIN'])(
    'is not known for %s, which is filled in later',
    (text) => {
      expect(faults(text, '')).toEqual([]);
    },
  );

  test('is nothing for the URL of any host: whether it is the right one, REG110 says', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
    const host = fc
      .tuple(label, label, fc.option(fc.integer({ min: 444, max: 65535 })))
      .map(([a, b, port]) => `${a}.${b}.org${port === null ? '' : `:${port}`}`);
    fc.assert(
      fc.property(host, fc.constantFrom('', undefined), (any, declaredPath) => {
        expect(faults(`https://${any}/`, declaredPath)).toEqual([]);
      }),
    );
  });
});
