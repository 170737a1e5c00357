import { gunzipSync } from 'node:zlib';
import { helmRelease } from '../../../src/testing';
import type { HelmReleaseOptions, KubeObject } from '../../../src/testing';

const OPTIONS: HelmReleaseOptions = {
  name: 'forge',
  namespace: 'git',
  revision: 7,
  status: 'deployed',
  chart: { name: 'gitea', version: '12.5.0', appVersion: '1.25.4' },
  config: { gitea: { config: { server: { DOMAIN: 'git.example.org' } } } },
};

function base64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}

function stored(object: KubeObject): string {
  return (object['data'] as { release: string }).release;
}

function release(encoded: string): unknown {
  return JSON.parse(gunzipSync(Buffer.from(encoded, 'base64')).toString());
}

test('a release is a Secret of base64 in base64, with the labels Helm looks for', () => {
  const secret = helmRelease(OPTIONS);
  expect(secret).toMatchObject({
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: 'sh.helm.release.v1.forge.v7',
      namespace: 'git',
      labels: { name: 'forge', owner: 'helm', status: 'deployed', version: '7' },
    },
  });
  expect(release(base64(stored(secret)))).toMatchObject({
    name: 'forge',
    namespace: 'git',
    version: 7,
    info: { status: 'deployed' },
    chart: { metadata: { name: 'gitea', version: '12.5.0', appVersion: '1.25.4' } },
    config: OPTIONS.config,
  });
});

test('the configmap driver has one base64 less', () => {
  const configMap = helmRelease({ ...OPTIONS, driver: 'configmap' });
  expect(configMap.kind).toBe('ConfigMap');
  expect(release(stored(configMap))).toMatchObject({ name: 'forge', version: 7 });
});
