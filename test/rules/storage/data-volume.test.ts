import { Estate } from '../../../src/rules/estate';
import { registriesOf } from '../../../src/rules/registries';
import { AppIniView } from '../../../src/rules/storage/app-ini-view';
import { dataVolumes, holds, packagePath } from '../../../src/rules/storage/data-volume';
import type { RegistryView } from '../../../src/rules/registry-view';
import { manifestsOf } from '../fixture';

function registry(yaml: string): RegistryView {
  return registriesOf(new Estate(manifestsOf(yaml, 'test.yaml')))[0];
}

function pathOf(config: string, declaration = ''): string | undefined {
  const one = registry(`${declaration}
gitea:
  config:
    server: { ROOT_URL: "https://git.example.org/", A: ""${config} }
`);
  return packagePath(one, new AppIniView(one.settings));
}

describe('the folder of the blobs', () => {
  test('is unknown where nothing says it', () => {
    expect(pathOf('')).toBeUndefined();
  });

  test.each([
    [', APP_DATA_PATH: /srv', '/srv/packages'],
    [', APP_DATA_PATH: /srv }\n    storage: { PATH: /blobs', '/blobs/packages'],
    [' }\n    storage: { PATH: /blobs }\n    storage.packages: { PATH: /oci', '/oci'],
    [' }\n    storage.packages: { PATH: /oci }\n    packages: { PATH: /own', '/own'],
    [', APP_DATA_PATH: /srv }\n    packages: { PATH: relative', '/srv/packages'],
  ])('%j is %s', (config, path) => {
    expect(pathOf(config)).toBe(path);
  });

  test('is the declared one before all others', () => {
    const declaration = `
kind: RegistryDeclaration
storage: { claim: a, size: 1Gi, accessMode: ReadWriteOnce, path: /declared }
---`;
    expect(pathOf(' }\n    packages: { PATH: /own', declaration)).toBe('/declared');
  });
});

test.each([
  ['/data', '/data/packages', true],
  ['/data/', '/data/packages', true],
  ['/data/packages', '/data/packages', true],
  ['/', '/data/packages', true],
  ['/data/pack', '/data/packages', false],
  ['/data/packages/a', '/data/packages', false],
  [undefined, '/data/packages', false],
])('%s holds %s: %s', (folder, path, held) => {
  expect(holds(folder, path)).toBe(held);
});

describe('the volume of the blobs', () => {
  function volumes(container: string, rest = ''): string[] {
    const one = registry(`
kind: RegistryDeclaration
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: gitea, namespace: git }
spec:
  template:
    spec:
      containers:
        - { name: sidecar, image: busybox, volumeMounts: [{ name: side, mountPath: /data/packages }] }
        - { name: gitea, image: gitea/gitea:1.25.4, volumeMounts: ${container} }
      volumes:
        - { name: side, emptyDir: {} }
        - { name: claimed, persistentVolumeClaim: { claimName: data } }
        - { name: other, persistentVolumeClaim: { claimName: other } }
${rest}`);
    return dataVolumes(one, new AppIniView(one.settings)).map(
      ({ at, claim }) => `${at.path} ${claim}`,
    );
  }

  test('is the one the forge itself mounts', () => {
    expect(volumes('[{ name: claimed, mountPath: /data }]')).toEqual([
      'spec.template.spec.volumes[1] data',
    ]);
  });

  test.each([
    '[{ name: other, mountPath: /data }, { name: claimed, mountPath: /data/packages }]',
    '[{ name: claimed, mountPath: /data/packages }, { name: other, mountPath: /data }]',
  ])('is the deepest around the folder: %s', (mounts) => {
    expect(volumes(mounts)).toEqual(['spec.template.spec.volumes[1] data']);
  });

  test.each(['/var/lib/gitea', '/data/gitea'])('is found at the usual place %s', (folder) => {
    expect(volumes(`[{ name: claimed, mountPath: ${folder} }]`)).toHaveLength(1);
  });

  test('is a claim template too', () => {
    const rest =
      '  volumeClaimTemplates: [{ metadata: { name: data } }, { metadata: { name: own } }]';
    expect(volumes('[{ name: own, mountPath: /data }]', rest)).toEqual([
      'spec.volumeClaimTemplates[1] undefined',
    ]);
  });

  test.each(['[]', '[{ name: gone, mountPath: /data }]', '[{ mountPath: /data }]', 'nonsense'])(
    'is none for %s',
    (mounts) => {
      expect(volumes(mounts)).toEqual([]);
    },
  );
});
