import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { storedRelease } from '../../../src/cluster/helm/release';
import type { KubeObject } from '../../../src/cluster';
import { helmRelease } from '../../../src/testing';

const CHART = { name: 'gitea', version: '12.5.0', appVersion: '1.25.4' };

const options = {
  name: 'gitea',
  namespace: 'default',
  revision: 3,
  status: 'deployed',
  chart: CHART,
  config: { gitea: { admin: { password: 'hunter2' } }, replicaCount: 1 },
};

/** A Secret of Helm with any bytes in it. */
function secretOf(bytes: Buffer): KubeObject {
  const data = { release: Buffer.from(bytes.toString('base64')).toString('base64') };
  return { metadata: { name: 'sh.helm.release.v1.x.v1', namespace: 'a' }, data };
}

describe('a stored release', () => {
  it.each(['secret', 'configmap'] as const)('is read from a %s', (driver) => {
    expect(storedRelease(helmRelease({ ...options, driver }), driver)).toEqual({
      release: {
        name: 'gitea',
        namespace: 'default',
        revision: 3,
        status: 'deployed',
        deployedAt: '2025-11-01T09:00:00Z',
        driver,
        chart: CHART,
        installs: 'gitea',
        values: { gitea: { admin: { password: '‹redacted›' } }, replicaCount: 1 },
      },
    });
  });

  it('comes back whatever its name, revision, status and harmless values are', () => {
    const label = fc.stringMatching(/^[a-z]([a-z.-]{0,10}[a-z])?$/);
    const values = fc.dictionary(
      fc.constantFrom('replicaCount', 'image', 'service', 'a'),
      fc.oneof(fc.integer(), fc.boolean(), fc.constantFrom('x', 'ä', '')),
    );
    fc.assert(
      fc.property(
        label,
        label,
        fc.integer({ min: 1, max: 99999 }),
        fc.constantFrom('deployed', 'superseded', 'failed', 'pending-upgrade', 'uninstalled'),
        values,
        fc.constantFrom('gitea' as const, 'forgejo' as const, 'traefik' as const),
        (name, namespace, revision, status, config, chart) => {
          const object = helmRelease({
            ...{ name, namespace, revision, status, config },
            chart: { name: chart, version: '1.0.0' },
          });
          expect(storedRelease(object, 'secret')).toMatchObject({
            release: { name, namespace, revision, status, values: config, installs: chart },
          });
        },
      ),
    );
  });

  it('is told by a dependency, under the name its values have', () => {
    const umbrella = {
      name: 'platform',
      version: '1.0.0',
      dependencies: [{ name: 'redis' }, { name: 'gitea', alias: 'forge' }],
    };
    expect(storedRelease(helmRelease({ ...options, chart: umbrella }), 'secret')).toMatchObject({
      release: { chart: { name: 'platform' }, installs: 'gitea', subchart: 'forge' },
    });
  });

  it('of another chart is nothing to us, even when it speaks of gitea', () => {
    const chart = { name: 'redis', version: '1.0.0' };
    expect(storedRelease(helmRelease({ ...options, chart }), 'secret')).toBeUndefined();
    const mentions = helmRelease({ ...options, name: 'r', chart, config: { a: 'gitea' } });
    expect(storedRelease(mentions, 'secret')).toBeUndefined();
  });

  it('is none in any other object', () => {
    expect(storedRelease({ metadata: { name: 'gitea' }, data: {} }, 'secret')).toBeUndefined();
  });

  it('is read without compression too', () => {
    const compressed = helmRelease(options).data as { release: string };
    const written = Buffer.from(compressed.release, 'base64').toString();
    const plain = gunzipSync(Buffer.from(written, 'base64'));
    expect(storedRelease(secretOf(plain), 'secret')).toHaveProperty('release');
  });

  it.each([
    ['another text', Buffer.from('hunter2'), 'the release is no JSON'],
    ['nothing', Buffer.alloc(0), "the object has no key 'release'"],
    ['half a gzip', gzipSync('"gitea"').subarray(0, 12), 'the release is no gzip'],
    ['a text in JSON', gzipSync('"gitea"'), 'the release is JSON, but no map'],
    ['no chart', gzipSync('{"x":"gitea"}'), 'the release names no chart'],
    ['broken JSON', gzipSync('{"x":"gitea" hunter2'), 'the release is no JSON'],
  ])('that holds %s is told as a fault, without its content', (_, bytes, fault) => {
    expect(storedRelease(secretOf(bytes), 'secret')).toEqual({ fault });
  });

  it('never breaks the reading, whatever bytes it holds', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (bytes, isPacked) => {
        const content = isPacked ? gzipSync(bytes) : Buffer.from(bytes);
        expect(() => storedRelease(secretOf(content), 'secret')).not.toThrow();
      }),
    );
  });

  it('does not unpack without bound', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    expect(storedRelease(secretOf(bomb), 'secret')).toEqual({ fault: 'the release is no gzip' });
  });
});
