import { Cursor } from '../../../src/rules/cursor';
import { asManifest } from '../../../src/rules/manifest';
import { knownKind } from '../../../src/rules/read/object-shape';
import { misfits, shapeOf } from '../../../src/rules/read/shape';

const found = (value: unknown, ...lines: string[]): string[] =>
  misfits(new Cursor(value), shapeOf(lines)).map(
    ({ at, expected }) => `${at.path || '.'}: ${expected}`,
  );

describe('what does not fit a shape', () => {
  test.each([
    ['text', 'a'],
    ['number', 1],
    ['yes or no', true],
    ['scalar', 'a'],
    ['scalar', 1],
    ['scalar', false],
    ['map', {}],
    ['list', []],
  ])('is no %s for %j', (form, value) => {
    expect(found({ a: value }, `a: ${form}`)).toEqual([]);
  });

  test.each([
    ['text', 1],
    ['text', []],
    ['number', '1'],
    ['yes or no', 'true'],
    ['scalar', {}],
    ['scalar', []],
    ['map', []],
    ['map', 'a'],
    ['list', {}],
    ['list', 'a'],
  ])('is a %s for %j', (form, value) => {
    expect(found({ a: value }, `a: ${form}`)).toEqual([`a: ${form}`]);
  });

  test('is nothing where nothing or null stands', () => {
    expect(found({ a: null }, 'a: map', 'b.c[].d: text')).toEqual([]);
    expect(found(null, 'a: map')).toEqual([]);
  });

  test('is the outermost place alone', () => {
    const lines = ['a.b[].c: text', 'a.b[].d: number'];
    expect(found({ a: { b: [{ c: 1, d: 1 }, 'x', { d: '1' }] } }, ...lines)).toEqual([
      'a.b[0].c: text',
      'a.b[1]: map',
      'a.b[2].d: number',
    ]);
    expect(found({ a: { b: {} } }, ...lines)).toEqual(['a.b: list']);
    expect(found({ a: [] }, ...lines)).toEqual(['a: map']);
    expect(found([], ...lines)).toEqual(['.: map']);
  });

  test('is looked for below free keys, each place once', () => {
    const lines = ['a.*: map', 'a.chain.members[]: text'];
    expect(found({ a: { x: 1, y: {}, chain: { members: [1] } } }, ...lines)).toEqual([
      'a.chain.members[0]: text',
      'a.x: map',
    ]);
    expect(found({ a: { chain: 1 } }, ...lines)).toEqual(['a.chain: map']);
  });
});

describe('a kind the rules know', () => {
  const known = (apiVersion: unknown, kind: string): boolean =>
    knownKind(asManifest({ apiVersion, kind }, {})) !== undefined;

  test.each([
    ['networking.k8s.io/v1', 'Ingress'],
    ['extensions/v1beta1', 'Ingress'],
    ['traefik.containo.us/v1alpha1', 'Middleware'],
    ['v1', 'Secret'],
    ['apps/v1', 'DaemonSet'],
    [undefined, 'Gateway'],
  ])('is %s %s', (apiVersion, kind) => {
    expect(known(apiVersion, kind)).toBe(true);
  });

  test.each([
    ['networking.istio.io/v1', 'Gateway'],
    ['config.openshift.io/v1', 'Ingress'],
    ['source.toolkit.fluxcd.io/v1', 'HelmChart'],
    ['app.k8s.io/v1beta1', 'Application'],
    ['v1', 'ConfigMap'],
  ])('is not %s %s', (apiVersion, kind) => {
    expect(known(apiVersion, kind)).toBe(false);
  });
});
