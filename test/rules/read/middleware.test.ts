import fc from 'fast-check';
import { asManifest } from '../../../src/rules/manifest';
import { middlewareActions } from '../../../src/rules/read/middleware';

const actionsOf = (spec: unknown): string[] =>
  middlewareActions(asManifest({ kind: 'Middleware', spec }, {})).map(
    ({ type, at }) => `${type} at ${at.path}`,
  );

describe('a Middleware', () => {
  test('does what stands below spec, an empty map included', () => {
    expect(actionsOf({ compress: {}, headers: { stsSeconds: 1 } })).toEqual([
      'compress at spec.compress',
      'headers at spec.headers',
    ]);
  });

  test('does nothing where null stands, as for Kubernetes the field is absent', () => {
    expect(actionsOf({ compress: null, buffering: null })).toEqual([]);
  });

  test('does nothing without a readable spec', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(fc.anything()), fc.constant(null)), (spec) => {
        expect(actionsOf(spec)).toEqual([]);
      }),
    );
  });
});
