import { lookUp } from '../../src/rules/look-up';
import { asManifest } from '../../src/rules/manifest';
import { workloadOf } from '../../src/rules/read/workload';

it('finds what a table holds and nothing it inherits', () => {
  expect(lookUp({ a: 1 }, 'a')).toBe(1);
  expect(['valueOf', 'constructor', '__proto__'].map((word) => lookUp({ a: 1 }, word))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it.each(['valueOf', 'constructor', '__proto__'])('reads an object of kind %s', (kind) => {
  const value = { kind, spec: { template: { spec: { containers: [{ image: 'a' }] } } } };
  expect(workloadOf(asManifest(value, {}))?.images).toHaveLength(1);
});
