import fc from 'fast-check';
import { partsOfImage } from '../../../src/rules/names/hosted-image';

it.each([
  ['git.example.org/acme/app:1', 'git.example.org', 'git.example.org', undefined, 'acme/app:1'],
  ['git.example.org:3000/acme/app', 'git.example.org:3000', 'git.example.org', '3000', 'acme/app'],
  ['Git.Example.org/a/b', 'Git.Example.org', 'git.example.org', undefined, 'a/b'],
  ['https://git.example.org/a/b', 'https://git.example.org', 'git.example.org', undefined, 'a/b'],
  ['HTTP://localhost:3000/a/b', 'HTTP://localhost:3000', 'localhost', '3000', 'a/b'],
  ['localhost/a', 'localhost', 'localhost', undefined, 'a'],
])('takes %s apart', (text, written, name, port, path) => {
  expect(partsOfImage(text)).toEqual({
    written,
    host: written.replace(/^https?:\/\//i, ''),
    name,
    path,
    ...(port !== undefined && { port }),
  });
});

it.each(['', 'busybox', 'busybox:1.37', 'acme/app', 'https://acme/app', 'git.example.org'])(
  'sees no host in %j',
  (text) => {
    expect(partsOfImage(text)).toBeUndefined();
  },
);

it('loses no letter of a reference with a host', () => {
  fc.assert(
    fc.property(fc.string(), (path) => {
      const parts = partsOfImage(`a.example.org:80/${path}`)!;
      expect(`${parts.written}/${parts.path}`).toBe(`a.example.org:80/${path}`);
    }),
  );
});
