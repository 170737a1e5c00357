import { registryJson } from '../../support/registry-json';
import { Estate } from '../../../src/rules/estate';
import { asManifest, asValues } from '../../../src/rules/manifest';
import { registriesOf } from '../../../src/rules/registries';
import { valuesLayers } from '../../../src/rules/values/values-layers';

function files(valuesFiles: readonly string[], ...given: readonly string[]): string[][] {
  const declaration = asManifest(
    registryJson({ kind: 'RegistryDeclaration', release: { valuesFiles } }),
    {},
  );
  const values = given.map((file) => asValues({ gitea: { config: {} } }, { file }));
  const [registry] = registriesOf(new Estate([declaration, ...values]));
  return valuesLayers(registry).map((layers) => layers.map(({ manifest }) => manifest.name));
}

describe('bare values files', () => {
  test('are laid over each other as they are given', () => {
    expect(files([], 'b.yaml', 'a.yaml')).toEqual([['b.yaml', 'a.yaml']]);
  });

  test('are laid in the declared order, whatever folder the run began in', () => {
    expect(files(['./helm/a.yaml', '../b.yaml'], 'x/b.yaml', 'x/helm/a.yaml')).toEqual([
      ['x/helm/a.yaml', 'x/b.yaml'],
    ]);
  });

  test('that are not declared are left out', () => {
    expect(files(['helm/a.yaml'], 'other.yaml', 'helm/a.yaml', 'xhelm/a.yaml')).toEqual([
      ['helm/a.yaml'],
    ]);
  });
});
