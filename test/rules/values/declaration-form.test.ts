import { findings } from '../fixture';
import { asManifest } from '../../../src/rules/manifest';
import { declarationForm } from '../../../src/rules/values/declaration-form';
import { registryJson } from '../../support/registry-json';

const pathsOf = (parts: { readonly [name: string]: unknown }): string[] =>
  findings([asManifest(registryJson(parts), {})], [declarationForm]).map(
    ({ jsonPath }) => jsonPath,
  );

describe('the place of a refused field', () => {
  test('is the field itself, however its name is written', () => {
    expect(
      pathsOf({ 'a b': 1, owners: [{ kind: 'user', name: 'x', visibility: 1, 'c.d': 2 }] }),
    ).toEqual(['owners[0].visibility', 'owners[0]["c.d"]', '["a b"]']);
  });

  test('is the nearest place around it, where the field is missing or a name holds dots', () => {
    expect(pathsOf({ owners: [{ kind: 'user' }] })).toEqual(['owners[0]', 'owners[0]']);
    expect(pathsOf({ release: { liveConfig: { 'server.ROOT_URL': 1 } } })).toEqual([
      'release.liveConfig',
    ]);
  });

  test('is the whole, where the name is a credential or endless', () => {
    expect(pathsOf({ 'password=REPLACED': 1 })).toEqual(['']);
    const start = performance.now();
    expect(pathsOf({ ['["'.repeat(200_000)]: 1, [`a${'b'.repeat(998)}`]: 1 })).toEqual([
      '',
      `a${'b'.repeat(998)}`,
    ]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
