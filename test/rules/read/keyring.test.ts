import fc from 'fast-check';
import {
  hostNameOfKey,
  keyMatches,
  keyMeansHost,
  repositoryOf,
} from '../../../src/rules/read/keyring';
import { anyText } from '../../support/any-text';
import {
  arbitraryHost,
  arbitraryHostName,
  arbitraryRepository,
  arbitraryTag,
} from '../../support/arbitraries';
import recorded from './keyring-vectors.json';

describe("kubelet's matcher", () => {
  test.each(recorded.keys.map(([key, images]) => [key as string, images as string[]] as const))(
    'takes %j for the images Go takes it for',
    (key, images) => {
      expect(recorded.images.filter((image) => keyMatches(key, image))).toEqual(images);
    },
  );

  test('takes the host of an image for a key, with and without scheme, whatever its tag', () => {
    fc.assert(
      fc.property(arbitraryHost, arbitraryRepository, arbitraryTag, (host, repository, tag) => {
        const image = `${host}/${repository}:${tag}`;
        for (const key of [host, `https://${host}`, `http://${host}/v2/`, `${host}/`]) {
          expect(keyMatches(key, image)).toBe(true);
        }
        expect(keyMatches(`${host}/v2`, image)).toBe(repository.startsWith('v2'));
      }),
    );
  });

  test('compares ports as text', () => {
    fc.assert(
      fc.property(arbitraryHostName, arbitraryRepository, (host, repository) => {
        expect(keyMatches(`${host}:443`, `${host}/${repository}`)).toBe(false);
        expect(keyMatches(host, `${host}:443/${repository}`)).toBe(false);
        expect(keyMatches(`${host}:443`, `${host}:443/${repository}`)).toBe(true);
      }),
    );
  });

  test('takes a path for the beginning of the path of an image', () => {
    fc.assert(
      fc.property(
        arbitraryHost,
        arbitraryRepository,
        arbitraryRepository,
        (host, path, repository) => {
          expect(keyMatches(`${host}/${path}`, `${host}/${repository}`)).toBe(
            repository.startsWith(path.replace(/^v[12]\//, '')),
          );
        },
      ),
    );
  });

  test('lets a star stand for any text in one label and for no dot', () => {
    fc.assert(
      fc.property(arbitraryHostName, fc.nat(), arbitraryRepository, (host, index, repository) => {
        const labels = host.split('.');
        const place = index % labels.length;
        const glob = labels.map((label, at) => (at === place ? '*' : label)).join('.');
        expect(keyMatches(glob, `${host}/${repository}`)).toBe(true);
        expect(keyMatches(glob, `more.${host}/${repository}`)).toBe(false);
        expect(keyMatches(glob, `${host}.more/${repository}`)).toBe(false);
      }),
    );
  });

  test('answers for any text', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (key, image) => {
        expect(typeof keyMatches(key, image)).toBe('boolean');
        expect(typeof keyMeansHost(key, image)).toBe('boolean');
      }),
    );
  });

  test('takes time in proportion to a key of stars', () => {
    expect(keyMatches('*a'.repeat(50_000), `${'a'.repeat(50_000)}b/x`)).toBe(false);
  });
});

describe('the host a key means', () => {
  test.each([
    ['git.example.org', 'git.example.org'],
    [' HTTPS://Git.Example.org:443/v2/ ', 'git.example.org'],
    ['https://bot:to:ken@git.example.org/v1', 'git.example.org'],
    ['git.example.org.', 'git.example.org'],
    ['git.example.org?x', 'git.example.org'],
    ['git.example.org#x', 'git.example.org'],
    ['ssh://git.example.org', 'git.example.org'],
    ['', ''],
  ])('%j', (key, host) => {
    expect(hostNameOfKey(key)).toBe(host);
  });

  test('is any a glob takes', () => {
    expect(keyMeansHost('*.example.org', 'git.example.org')).toBe(true);
    expect(keyMeansHost('*.example.org', 'git.example.net')).toBe(false);
    expect(keyMeansHost('example.org', 'git.example.org')).toBe(false);
  });
});

describe('a reference without tag and digest', () => {
  test.each([
    ['git.example.org/shop/api', 'git.example.org/shop/api'],
    ['git.example.org/shop/api:1.4', 'git.example.org/shop/api'],
    ['git.example.org:8443/shop/api:1.4@sha256:ab', 'git.example.org:8443/shop/api'],
    ['git.example.org:8443/shop/api', 'git.example.org:8443/shop/api'],
    ['nginx:1.27', 'nginx:1.27'],
    ['', ''],
  ])('%j', (image, repository) => {
    expect(repositoryOf(image)).toBe(repository);
  });
});
