import fc from 'fast-check';
import { asManifest } from '../../../src/rules/manifest';
import { imageHost, workloadOf } from '../../../src/rules/read/workload';
import { arbitraryHost, arbitraryRepository } from '../../support/arbitraries';

const POD = { containers: [{ image: 'git.example.org/shop/api:1' }] };

const workload = (kind: string, fields: object) =>
  workloadOf(
    asManifest(
      { kind, metadata: { name: 'api', namespace: 'shop', labels: { own: 'yes' } }, ...fields },
      {},
    ),
  );

describe('the pods of a manifest', () => {
  test.each<[string, object, string, string]>([
    ['Pod', { spec: POD }, 'spec', 'yes'],
    [
      'Deployment',
      { spec: { template: { metadata: { labels: { own: 'no' } }, spec: POD } } },
      'spec.template.spec',
      'no',
    ],
    [
      'Rollout',
      { spec: { template: { metadata: { labels: { own: 'no' } }, spec: POD } } },
      'spec.template.spec',
      'no',
    ],
    [
      'PodTemplate',
      { template: { metadata: { labels: { own: 'no' } }, spec: POD } },
      'template.spec',
      'no',
    ],
    [
      'CronJob',
      {
        spec: {
          jobTemplate: { spec: { template: { metadata: { labels: { own: 'no' } }, spec: POD } } },
        },
      },
      'spec.jobTemplate.spec.template.spec',
      'no',
    ],
  ])('%s', (kind, fields, path, own) => {
    const found = workload(kind, fields)!;
    expect([found.pod.path, found.podMetadata.get('labels', 'own').text]).toEqual([path, own]);
    expect([found.namespace, found.serviceAccount]).toEqual(['shop', 'default']);
  });

  test.each<[string, object]>([
    ['Service', { spec: { selector: {} } }],
    ['Deployment', { spec: { template: { spec: { containers: 'none' } } } }],
    ['Deployment', {}],
  ])('are none of a %s with %j', (kind, fields) => {
    expect(workload(kind, fields)).toBeUndefined();
  });

  test('use the ServiceAccount by its name of today, of old, or `default`', () => {
    const account = (fields: object) =>
      workload('Pod', { spec: { ...POD, ...fields } })!.serviceAccount;
    expect(account({ serviceAccountName: 'new', serviceAccount: 'old' })).toBe('new');
    expect(account({ serviceAccountName: '', serviceAccount: 'old' })).toBe('old');
    expect(account({ serviceAccount: '' })).toBe('default');
  });

  test('name images in containers of every kind and in volumes', () => {
    const image = (text: unknown) => ({ image: text });
    const { images } = workload('Pod', {
      spec: {
        volumes: [{ image: { reference: 'git.example.org/shop/model:1' } }, { emptyDir: {} }],
        ephemeralContainers: [image('git.example.org/shop/debug:1')],
        containers: [image('nginx'), image(7), image(''), {}],
        initContainers: [image('quay.io/wait')],
      },
    })!;
    expect(images.map(({ text, host, at }) => [text, host, at.path])).toEqual([
      ['quay.io/wait', 'quay.io', 'spec.initContainers[0].image'],
      ['nginx', undefined, 'spec.containers[0].image'],
      ['git.example.org/shop/debug:1', 'git.example.org', 'spec.ephemeralContainers[0].image'],
      ['git.example.org/shop/model:1', 'git.example.org', 'spec.volumes[0].image.reference'],
    ]);
  });

  test('name pull secrets of their namespace', () => {
    const { pullSecrets } = workload('Pod', {
      spec: { ...POD, imagePullSecrets: [{ name: 'a' }, { name: '' }, 'b', { name: 'c' }] },
    })!;
    expect(pullSecrets.map(({ name, namespace, at }) => [name, namespace, at.path])).toEqual([
      ['a', 'shop', 'spec.imagePullSecrets[0]'],
      ['c', 'shop', 'spec.imagePullSecrets[3]'],
    ]);
  });

  test('are read from any document', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('Pod', 'Deployment', 'CronJob', 'List'),
        (spec, kind) => {
          workload(kind, { spec });
          workload(kind, {
            spec: { containers: [spec], template: { spec: { containers: [spec] } } },
          });
        },
      ),
    );
  });
});

describe('the host of an image', () => {
  test.each([
    ['nginx', undefined],
    ['library/nginx', undefined],
    ['localhost/nginx', 'localhost'],
    ['registry/nginx', undefined],
    ['Registry/nginx', 'Registry'],
    ['registry:5000/nginx', 'registry:5000'],
    ['git.example.org/shop/api', 'git.example.org'],
    ['nginx:1.27', undefined],
    ['', undefined],
  ])('%j: %j', (image, host) => {
    expect(imageHost(image)).toBe(host);
  });

  test('is the host of every reference to the registry', () => {
    fc.assert(
      fc.property(arbitraryHost, arbitraryRepository, (host, repository) => {
        expect(imageHost(`${host}/${repository}:1`)).toBe(host);
      }),
    );
  });
});
