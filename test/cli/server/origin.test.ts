import fc from 'fast-check';
import { isLoopback, parseOrigin } from '../../../src/cli/server/origin';

it.each([
  ['git.example.org', 'https://git.example.org'],
  ['Git.Example.org', 'https://git.example.org'],
  ['git.example.org:8443', 'https://git.example.org:8443'],
  ['git.example.org:443', 'https://git.example.org'],
  ['localhost:3000', 'https://localhost:3000'],
  ['10.0.0.5', 'https://10.0.0.5'],
  ['[2001:db8::5]:3000', 'https://[2001:db8::5]:3000'],
  ['https://git.example.org', 'https://git.example.org'],
  ['https://git.example.org/', 'https://git.example.org'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
])('reads %s as %s', (text, origin) => {
  expect(parseOrigin(text, '--registry').origin).toBe(origin);
});

it.each([
  '',
  ' ',
  'git.example.org/coulomb',
  'https://git.example.org/v2/',
  'https://git.example.org/?a=1',
  'https://git.example.org/#a',
  'https://git.example.org?',
  'https://user@git.example.org',
  'https://user:secret@git.example.org',
  'user@git.example.org',
  'ftp://git.example.org',
  'git.example.org:http',
  'git example.org',
  'https://',
  '//git.example.org',
  'git.example.org\\evil',
])('refuses %j', (text) => {
  expect(() => parseOrigin(text, '--registry')).toThrow(
    /^--registry .* must be a host.*\(REG111\)$/s,
  );
});

it('never shows a password it refuses', () => {
  expect(() => parseOrigin('https://ci:sup3rsecret@git.example.org', 'HOST')).toThrow(
    /^HOST ‹redacted›/,
  );
});

it('sends a host to itself: what it takes has no other name in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 40 }), (text) => {
      let origin: URL;
      try {
        origin = parseOrigin(text, 'HOST');
      } catch {
        return;
      }
      const written = text.replace(/^https?:\/\//i, '').replace(/\/$/, '');
      expect(new URL(`https://${written}`).hostname).toBe(origin.hostname);
      expect(origin.href).toBe(`${origin.origin}/`);
    }),
    { numRuns: 800 },
  );
});

it.each([
  ['http://127.0.0.1:3000', true],
  ['http://127.9.9.9', true],
  ['http://[::1]:3000', true],
  ['http://localhost', true],
  ['http://gitea.localhost', true],
  ['http://10.0.0.1', false],
  ['http://127.0.0.1.example.org', false],
  ['http://localhost.example.org', false],
])('knows that %s stays on this machine: %s', (url, expected) => {
  expect(isLoopback(new URL(url))).toBe(expected);
});
