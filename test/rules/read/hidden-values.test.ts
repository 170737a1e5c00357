import { registryJson } from '../../support/registry-json';
import { Estate } from '../../../src/rules/estate';
import { hasUnseenConfig, hasUnseenLayers, isFile } from '../../../src/rules/read/hidden-values';
import { registriesOf } from '../../../src/rules/registries';
import { parse } from 'yaml';
import { manifestsOf } from '../fixture';

function estate(yaml: string): Estate {
  return new Estate(manifestsOf(yaml, 'helm/test.yaml'), { readYaml: (text) => parse(text) });
}

describe('values of an object', () => {
  const object = (kind: string, apiVersion: string, spec: string): boolean =>
    hasUnseenLayers(
      estate(
        `{ kind: ${kind}, apiVersion: ${apiVersion}, metadata: { name: gitea }, spec: ${spec} }`,
      ).values[0],
    );

  test.each([
    ['HelmRelease', 'helm.toolkit.fluxcd.io/v2', '{ chart: { spec: { chart: gitea } } }', false],
    [
      'HelmRelease',
      'helm.toolkit.fluxcd.io/v2',
      '{ chart: { spec: { chart: gitea } }, valuesFrom: [] }',
      false,
    ],
    [
      'HelmRelease',
      'helm.toolkit.fluxcd.io/v2',
      '{ chart: { spec: { chart: gitea } }, valuesFrom: [{}] }',
      true,
    ],
    ['HelmChart', 'helm.cattle.io/v1', '{ chart: gitea }', false],
    ['HelmChart', 'helm.cattle.io/v1', '{ chart: gitea, valuesSecrets: [{}] }', true],
    ['HelmChart', 'helm.cattle.io/v1', '{ chart: gitea, valuesContent: "a: 1" }', false],
    ['HelmChart', 'helm.cattle.io/v1', '{ chart: gitea, valuesContent: "a: [" }', true],
    ['HelmChartConfig', 'helm.cattle.io/v1', '{ valuesContent: "a: 1" }', true],
    ['Application', 'argoproj.io/v1', '{ source: { chart: gitea } }', false],
    [
      'Application',
      'argoproj.io/v1',
      '{ source: { chart: gitea, helm: { valueFiles: [a] } } }',
      true,
    ],
    [
      'Application',
      'argoproj.io/v1',
      '{ source: { chart: gitea, helm: { parameters: [{}] } } }',
      true,
    ],
    [
      'Application',
      'argoproj.io/v1',
      '{ source: { chart: gitea, helm: { fileParameters: [{}] } } }',
      true,
    ],
    [
      'ApplicationSet',
      'argoproj.io/v1',
      '{ template: { spec: { source: { chart: gitea, helm: { valueFiles: [a] } } } } }',
      true,
    ],
  ])('%s %s with %s lie over what nobody sees: %s', (kind, apiVersion, spec, unseen) => {
    expect(object(kind, apiVersion, spec)).toBe(unseen);
  });

  test('of a bare file may lie over anything', () => {
    expect(hasUnseenLayers(estate('gitea: { config: {} }').values[0])).toBe(true);
  });
});

describe('settings from where nobody looks', () => {
  const unseen = (yaml: string): boolean => hasUnseenConfig(registriesOf(estate(yaml))[0]);
  const declared = (valuesFiles: string): string =>
    `kind: RegistryDeclaration\nrelease: { valuesFiles: [${valuesFiles}] }\n---\n`;
  const sources = (source: string): string =>
    `${declared('')}gitea: { config: {}, additionalConfigSources: [${source}] }\n`;

  test('are none beside a bare file', () => {
    expect(unseen('gitea: { config: { server: { ROOT_URL: "https://git.example.org" } } }')).toBe(
      false,
    );
  });

  test.each([
    ['', false],
    ['helm/test.yaml', false],
    ['../helm/test.yaml', false],
    ['base.yaml', true],
    ['helm/test.yaml, base.yaml', true],
  ])('of declared files [%s]: %s', (files, expected) => {
    expect(unseen(`${declared(files)}gitea: { config: {} }`)).toBe(expected);
  });

  test('are those below a wrapper object', () => {
    const release = (from: string): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: gitea, namespace: git }
spec: { chart: { spec: { chart: gitea } }, valuesFrom: [${from}], values: { gitea: { config: {} } } }`;
    expect(unseen(release(''))).toBe(false);
    expect(unseen(release('{}'))).toBe(true);
  });

  test.each([
    ['secret: { secretName: gone }', '', true],
    ['configMap: { name: gone }', '', true],
    ['{}', '', true],
    [
      'secret: { secretName: here }',
      'kind: Secret\nmetadata: { name: here, namespace: git }',
      false,
    ],
    [
      'configMap: { name: here }',
      'kind: ConfigMap\nmetadata: { name: here, namespace: git }',
      false,
    ],
    ['configMap: { name: here }', 'kind: Secret\nmetadata: { name: here, namespace: git }', true],
    ['secret: { secretName: here }', 'kind: Secret\nmetadata: { name: here, namespace: a }', true],
  ])('of the source %s beside %j: %s', (source, object, expected) => {
    expect(unseen(`${sources(source === '{}' ? source : `{ ${source} }`)}---\n${object}`)).toBe(
      expected,
    );
  });

  test('of the smallest declaration are none', () => {
    expect(registryJson({}).release).toMatchObject({ valuesFiles: [] });
    expect(unseen(declared(''))).toBe(false);
  });
});

test.each([
  ['helm/gitea.yaml', 'helm/gitea.yaml', true],
  ['/src/helm/gitea.yaml', 'helm/gitea.yaml', true],
  ['/src/helm/gitea.yaml', './helm/gitea.yaml', true],
  ['/src/helm/gitea.yaml', '../../helm/gitea.yaml', true],
  ['xhelm/gitea.yaml', 'helm/gitea.yaml', false],
  ['gitea.yaml', 'helm/gitea.yaml', false],
  [undefined, 'helm/gitea.yaml', false],
])('%s is the file %s: %s', (file, named, same) => {
  expect(isFile(file, named)).toBe(same);
});
