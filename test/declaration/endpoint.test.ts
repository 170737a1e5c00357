import fc from 'fast-check';
import { endpointOf } from '../../src/declaration/endpoint';

describe('the endpoint of an object store', () => {
  test.each([
    ['s3.example.org', { host: 's3.example.org', reach: 'everywhere' }],
    ['S3.example.org:9000', { host: 's3.example.org', port: 9000, reach: 'everywhere' }],
    [
      'https://blobs.example.net/container?x',
      { scheme: 'https', host: 'blobs.example.net', reach: 'everywhere' },
    ],
    [
      ' http://azurite:10000/devstoreaccount1 ',
      { scheme: 'http', host: 'azurite', port: 10_000, reach: 'cluster' },
    ],
  ])('%j has its parts', (text, parts) => {
    expect(endpointOf(text)).toEqual(parts);
  });

  test.each(['', '[2001:db8::1]:9000', 'a b', 'host:port', 'host:123456', 'user@host', '//host'])(
    '%j is none',
    (text) => {
      expect(endpointOf(text)).toBeUndefined();
    },
  );

  test.each([
    ['minio', 'cluster'],
    ['localhost', 'cluster'],
    ['minio.storage.svc', 'cluster'],
    ['minio.storage.svc.example.net', 'cluster'],
    ['minio.storage.cluster.local', 'cluster'],
    ['s3.localhost', 'cluster'],
    ['127.0.0.1', 'cluster'],
    ['svc.example.org', 'everywhere'],
    ['minio.svcs.example.org', 'everywhere'],
    ['cluster.local.example.org', 'everywhere'],
    ['localhost.example.org', 'everywhere'],
    ['10.0.0.1', 'network'],
    ['11.0.0.1', 'everywhere'],
    ['172.15.0.1', 'everywhere'],
    ['172.16.0.1', 'network'],
    ['172.31.0.1', 'network'],
    ['172.32.0.1', 'everywhere'],
    ['173.16.0.1', 'everywhere'],
    ['192.168.0.1', 'network'],
    ['192.167.0.1', 'everywhere'],
    ['193.168.0.1', 'everywhere'],
    ['169.254.0.1', 'network'],
    ['169.253.0.1', 'everywhere'],
    ['168.254.0.1', 'everywhere'],
    ['100.64.0.1', 'network'],
    ['100.63.0.1', 'everywhere'],
    ['100.127.0.1', 'network'],
    ['100.128.0.1', 'everywhere'],
    ['101.64.0.1', 'everywhere'],
    ['8.8.8.8', 'everywhere'],
  ])('%s is reached from: %s', (host, reach) => {
    expect(endpointOf(host)?.reach).toBe(reach);
  });

  test('is read from any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => endpointOf(text)).not.toThrow();
      }),
    );
  });
});
