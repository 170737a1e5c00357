import fc from 'fast-check';
import { Cursor } from '../../../src/rules/cursor';
import { asManifest } from '../../../src/rules/manifest';
import type { SecretSource } from '../../../src/rules/read/pull-secret';
import { SECRET_KINDS, secretSources } from '../../../src/rules/read/pull-secret';

const KEY = '.dockerconfigjson';
const TYPE = 'kubernetes.io/dockerconfigjson';

function sources(
  kind: string,
  fields: object,
  labels: { readonly [namespace: string]: object } = {},
): SecretSource[] {
  const manifest = asManifest(
    { kind, metadata: { name: 'pull', namespace: 'shop' }, ...fields },
    {},
  );
  const namespaces = Object.entries(labels).map(([name, of]) => [name, new Cursor(of)] as const);
  return secretSources(manifest, new Map(namespaces));
}

const source = (...of: Parameters<typeof sources>): SecretSource => sources(...of)[0];

describe('a Secret', () => {
  test('is in its own namespace only', () => {
    const { name, namespace, reaches, spreads } = source('Secret', {});
    expect([name, namespace, spreads]).toEqual(['pull', 'shop', false]);
    expect([reaches('shop'), reaches('web')]).toEqual([true, false]);
  });

  test('without a namespace is in `default`', () => {
    expect(source('Secret', { metadata: { name: 'pull' } }).reaches('default')).toBe(true);
  });

  test('is copied by its annotations', () => {
    const metadata = {
      name: 'pull',
      namespace: 'shop',
      annotations: { 'replicator.v1.mittwald.de/replicate-to': 'web' },
    };
    const { reaches, spreads } = source('Secret', { metadata });
    expect([reaches('shop'), reaches('web'), reaches('api'), spreads]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  test('has its docker config in the clear, in base64, or in both, where the clear one wins', () => {
    const clear = { stringData: { [KEY]: '{}' } };
    const encoded = { data: { [KEY]: 'W10=' } };
    expect(source('Secret', clear).config).toMatchObject({
      text: '{}',
      encoded: false,
      template: false,
    });
    expect(source('Secret', encoded).config).toMatchObject({
      text: '[]',
      encoded: true,
      template: false,
    });
    const both = source('Secret', { ...encoded, ...clear }).config!;
    expect([both.text, both.at.path]).toEqual(['{}', `stringData[".dockerconfigjson"]`]);
  });

  test.each<[string, object, boolean | 'unknown', string]>([
    ['with the key', { data: { [KEY]: 'e30=' } }, true, 'data'],
    ['with another key', { stringData: { config: '{}' } }, false, 'stringData'],
    ['without data', {}, false, ''],
    [
      'that is a copy',
      {
        metadata: {
          name: 'pull',
          annotations: { 'replicator.v1.mittwald.de/replicate-from': 'a/b' },
        },
      },
      'unknown',
      '',
    ],
  ])('%s', (_, fields, hasKey, path) => {
    const { hasKey: has, dataAt, type } = source('Secret', fields);
    expect([has, dataAt.path, type]).toEqual([hasKey, path, undefined]);
  });
});

describe('an ExternalSecret', () => {
  const of = (spec: object): SecretSource => source('ExternalSecret', { spec });

  test('makes the Secret its target names, else one of its own name', () => {
    expect(of({ target: { name: 'other' } }).name).toBe('other');
    expect(of({ target: { name: '' } }).name).toBe('pull');
    expect(of({}).name).toBe('pull');
  });

  test('reads type and docker config of its template', () => {
    const { type, typeAt, config, dataAt } = of({
      target: { template: { type: TYPE, data: { [KEY]: '{{ .config }}' } } },
    });
    expect(type).toBe(TYPE);
    expect(typeAt.path).toBe('spec.target.template.type');
    expect(config).toMatchObject({ text: '{{ .config }}', encoded: false, template: true });
    expect(dataAt.path).toBe('spec.target.template.data');
  });

  test('is copied by the annotations of its template', () => {
    const template = {
      metadata: { annotations: { 'replicator.v1.mittwald.de/replicate-to': 'web' } },
    };
    expect(of({ target: { template } }).reaches('web')).toBe(true);
  });

  const fetched = { data: [{ secretKey: KEY }] };
  const other = { data: [{ secretKey: 'token' }] };
  const template = (fields: object) => ({ target: { template: fields } });

  test.each<[string, object, boolean | 'unknown']>([
    ['nothing', {}, false],
    ['another key of the store', other, false],
    ['the key of the store', fetched, true],
    [
      'the key of the store under a template without data',
      { ...fetched, ...template({ type: TYPE }) },
      true,
    ],
    [
      'the key of the store replaced by a template',
      { ...fetched, ...template({ data: { a: 'b' } }) },
      false,
    ],
    [
      'the key of the store merged with a template',
      { ...fetched, ...template({ mergePolicy: 'Merge', data: { a: 'b' } }) },
      true,
    ],
    ['the key in a template', template({ data: { [KEY]: '' } }), true],
    ['a whole entry of the store', { dataFrom: [{ extract: { key: 'a' } }] }, 'unknown'],
    [
      'a whole entry replaced by a template',
      { dataFrom: [{}], ...template({ data: { a: 'b' } }) },
      false,
    ],
    ['a template from elsewhere', template({ data: { a: 'b' }, templateFrom: [{}] }), 'unknown'],
  ])('with %s', (_, spec, expected) => {
    expect(of(spec).hasKey).toBe(expected);
  });
});

describe('a ClusterExternalSecret', () => {
  const of = (spec: object, labels?: { readonly [namespace: string]: object }): SecretSource =>
    source('ClusterExternalSecret', { metadata: { name: 'pull' }, spec }, labels);

  test('makes the Secret its target names, else one of the name of its ExternalSecrets, else its own', () => {
    expect(
      of({ externalSecretName: 'es', externalSecretSpec: { target: { name: 'target' } } }).name,
    ).toBe('target');
    expect(of({ externalSecretName: 'es' }).name).toBe('es');
    expect(of({}).name).toBe('pull');
  });

  test('is for many namespaces and certain of none', () => {
    const { namespace, spreads } = of({});
    expect([namespace, spreads]).toEqual([undefined, true]);
  });

  const byLabel = { matchLabels: { pull: 'yes' } };
  const byName = (...values: string[]) => ({
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }],
  });

  test.each<[string, object, boolean | 'unknown']>([
    ['nothing', {}, false],
    ['its name', { namespaces: ['web', 'shop'] }, true],
    ['other names', { namespaces: ['web'] }, false],
    ['a label it has', { namespaceSelectors: [byLabel] }, true],
    ['a label it lacks', { namespaceSelectors: [{ matchLabels: { pull: 'no' } }] }, false],
    [
      'one selector of two',
      { namespaceSelectors: [{ matchLabels: { pull: 'no' } }, byLabel] },
      true,
    ],
    ['the older selector', { namespaceSelector: byLabel }, true],
    ['everything', { namespaceSelectors: [{}] }, true],
    ['the label every namespace has', { namespaceSelectors: [byName('shop')] }, true],
    ['that label of others', { namespaceSelectors: [byName('web')] }, false],
    ['other names and a label', { namespaces: ['web'], namespaceSelectors: [byLabel] }, true],
  ])('by %s, of a namespace that is rendered', (_, spec, expected) => {
    expect(of(spec, { shop: { pull: 'yes' } }).reaches('shop')).toBe(expected);
  });

  test.each<[string, object, boolean | 'unknown']>([
    ['its name', { namespaces: ['shop'] }, true],
    ['other names', { namespaces: ['web'] }, false],
    ['a label', { namespaceSelectors: [byLabel] }, 'unknown'],
    ['a label or its name', { namespaceSelectors: [byLabel, byName('shop')] }, true],
    ['a label or another name', { namespaceSelectors: [byLabel, byName('web')] }, 'unknown'],
    ['the label every namespace has', { namespaceSelectors: [byName('shop')] }, true],
    ['that label of others', { namespaceSelectors: [byName('web')] }, false],
  ])('by %s, of a namespace that is not rendered', (_, spec, expected) => {
    expect(of(spec, { other: { pull: 'yes' } }).reaches('shop')).toBe(expected);
  });
});

describe('a SealedSecret', () => {
  test('makes a Secret of its own name, whatever its template says', () => {
    const { name, type } = source('SealedSecret', {
      spec: { template: { type: TYPE, metadata: { name: 'other' } } },
    });
    expect([name, type]).toEqual(['pull', TYPE]);
  });

  test.each<[string, object, boolean | 'unknown', string]>([
    ['sealed', { encryptedData: { [KEY]: 'Ag' } }, true, 'spec.encryptedData'],
    ['in its template', { template: { data: { [KEY]: '{}' } } }, true, 'spec'],
    ['missing', { encryptedData: { token: 'Ag' } }, false, 'spec.encryptedData'],
    ['in the one ciphertext of old', { data: 'Ag' }, 'unknown', 'spec'],
  ])('with the key %s', (_, spec, hasKey, path) => {
    const sealed = source('SealedSecret', { spec });
    expect([sealed.hasKey, sealed.dataAt.path]).toEqual([hasKey, path]);
  });
});

describe('other operators', () => {
  test.each<[string, object, string[]]>([
    ['VaultStaticSecret', { spec: { destination: { name: 'a', type: TYPE } } }, ['a']],
    ['OnePasswordItem', { type: TYPE, spec: {} }, ['pull']],
    [
      'SecretProviderClass',
      {
        spec: {
          secretObjects: [{ secretName: 'a', type: TYPE }, { secretName: 'b', type: TYPE }, {}],
        },
      },
      ['a', 'b'],
    ],
    ['SopsSecret', { spec: { secretTemplates: [{ name: 'a', type: TYPE }] } }, ['a']],
  ])('%s', (kind, fields, names) => {
    const made = sources(kind, fields);
    expect(made.map(({ name }) => name)).toEqual(names);
    expect(made.map(({ type }) => type)).toEqual(names.map(() => TYPE));
    expect(made.map(({ hasKey }) => hasKey)).toEqual(names.map(() => 'unknown'));
    expect(made.every(({ reaches }) => reaches('shop') === true)).toBe(true);
  });

  test('kinds that make no Secret make none', () => {
    expect(sources('ConfigMap', { data: { [KEY]: '{}' } })).toEqual([]);
  });
});

test('any document of any of the kinds is read', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SECRET_KINDS),
      fc.jsonValue(),
      fc.jsonValue(),
      (kind, spec, data) => {
        for (const one of sources(kind, { spec, data, stringData: spec, type: data })) {
          expect([true, false, 'unknown']).toContain(one.reaches('web'));
        }
      },
    ),
  );
});
