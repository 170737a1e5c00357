import { Cursor } from '../../../src/rules/cursor';
import { isCopy, reachOfCopies } from '../../../src/rules/read/secret-copies';

const REFLECTOR = 'reflector.v1.k8s.emberstack.com/';
const REPLICATOR = 'replicator.v1.mittwald.de/';
const ON = {
  [`${REFLECTOR}reflection-allowed`]: 'true',
  [`${REFLECTOR}reflection-auto-enabled`]: 'true',
};

const reach = (annotations: object, namespace = 'shop'): boolean | 'unknown' | undefined =>
  reachOfCopies(new Cursor(annotations))?.(namespace);

describe('reflector', () => {
  test.each<[string, object, boolean | 'unknown' | undefined]>([
    ['no annotation', {}, undefined],
    ['only one of its switches', { [`${REFLECTOR}reflection-auto-enabled`]: 'true' }, undefined],
    ['a switch that is off', { ...ON, [`${REFLECTOR}reflection-allowed`]: 'false' }, undefined],
    ['both switches', ON, true],
    ['switches that are no text', { ...ON, [`${REFLECTOR}reflection-allowed`]: true }, true],
    ['an empty list', { ...ON, [`${REFLECTOR}reflection-auto-namespaces`]: ' ' }, true],
    ['its name', { ...ON, [`${REFLECTOR}reflection-auto-namespaces`]: 'web, shop' }, true],
    ['other names', { ...ON, [`${REFLECTOR}reflection-auto-namespaces`]: 'web,shop-b' }, false],
    [
      'names it may not copy to',
      { ...ON, [`${REFLECTOR}reflection-allowed-namespaces`]: 'web' },
      false,
    ],
    [
      'an expression it may not copy to',
      { ...ON, [`${REFLECTOR}reflection-allowed-namespaces`]: '[ab]+' },
      'unknown',
    ],
    [
      'a selector',
      { ...ON, [`${REFLECTOR}reflection-auto-namespaces-selector`]: 'a=b' },
      'unknown',
    ],
    [
      'a selector of what it may',
      { ...ON, [`${REFLECTOR}reflection-allowed-namespaces-selector`]: 'a=b' },
      'unknown',
    ],
  ])('with %s', (_, annotations, expected) => {
    expect(reach(annotations)).toBe(expected);
  });
});

describe('replicator', () => {
  const to = (list: string) => ({ [`${REPLICATOR}replicate-to`]: list });

  test.each<[string, object, boolean | 'unknown' | undefined]>([
    ['an empty list', to(''), undefined],
    ['its name', to('shop'), true],
    ['an anchored name', to('^shop$'), true],
    ['a prefix', to('sh.*'), true],
    ['another prefix', to('web-.*'), false],
    ['everything', to('.*'), true],
    ['an expression that is not run', to('(s+)+hop'), 'unknown'],
    ['an expression beside its name', to('[ab],shop'), true],
    ['a selector', { [`${REPLICATOR}replicate-to-matching`]: 'team=shop' }, 'unknown'],
    [
      'a selector beside other names',
      { ...to('web'), [`${REPLICATOR}replicate-to-matching`]: 'a=b' },
      'unknown',
    ],
    [
      'both tools',
      { ...ON, [`${REFLECTOR}reflection-auto-namespaces`]: 'web', ...to('shop') },
      true,
    ],
  ])('with %s', (_, annotations, expected) => {
    expect(reach(annotations)).toBe(expected);
  });
});

describe('a copy', () => {
  test.each<[object, boolean]>([
    [{}, false],
    [{ [`${REFLECTOR}reflects`]: 'git/pull' }, true],
    [{ [`${REPLICATOR}replicate-from`]: 'git/pull' }, true],
    [{ [`${REPLICATOR}replicate-to`]: 'git' }, false],
  ])('%j: %j', (annotations, expected) => {
    expect(isCopy(new Cursor(annotations))).toBe(expected);
  });
});
