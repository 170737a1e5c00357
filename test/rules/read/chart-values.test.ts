import { parse } from 'yaml';
import { Cursor } from '../../../src/rules/cursor';
import { asManifest, asValues } from '../../../src/rules/manifest';
import type { ChartValues } from '../../../src/rules/read/chart-values';
import { chartOfValues, chartValues } from '../../../src/rules/read/chart-values';

const read = (kind: string, fields: object, apiVersion = GROUPS[kind]): ChartValues[] =>
  chartValues(
    asManifest({ apiVersion, kind, metadata: { name: 'git', namespace: 'apps' }, ...fields }, {}),
    (at) => {
      try {
        return at.embed(parse(at.text!));
      } catch {
        return undefined;
      }
    },
  );

const GROUPS: { readonly [kind: string]: string } = {
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
  Application: 'argoproj.io/v1alpha1',
  ApplicationSet: 'argoproj.io/v1alpha1',
  HelmChart: 'helm.cattle.io/v1',
  HelmChartConfig: 'helm.cattle.io/v1',
};

/** What the rules see of values, without cursors. */
const inShort = (all: readonly ChartValues[]): object[] =>
  all.map(({ chart, releaseName, namespace, chartVersion, root }) => ({
    chart,
    ...(releaseName !== undefined && { releaseName }),
    ...(namespace !== undefined && { namespace }),
    ...(chartVersion && { version: chartVersion.text }),
    at: root.path,
  }));

const forgeValues = { gitea: { config: {} } };

describe('the chart of a document without kind', () => {
  test.each([
    ['gitea.config', forgeValues],
    ['gitea.config that is no map', { gitea: { config: null } }],
    ['gitea.admin', { gitea: { admin: {} } }],
    ['gitea.additionalConfigSources', { gitea: { additionalConfigSources: [] } }],
    ['gitea.additionalConfigFromEnvs', { gitea: { additionalConfigFromEnvs: [] } }],
    ['gitea.podAnnotations', { gitea: { podAnnotations: {} } }],
    ['gitea.readinessProbe', { gitea: { readinessProbe: {} } }],
    ['gitea.livenessProbe', { gitea: { livenessProbe: {} } }],
    ['gitea.startupProbe', { gitea: { startupProbe: {} } }],
  ])('is gitea by %s', (_, values) => {
    expect(chartOfValues(new Cursor(values))).toBe('gitea');
  });

  test.each(['repository', 'registry', 'fullOverride'])('is forgejo by image.%s', (key) => {
    const image = { [key]: 'code.forgejo.org/forgejo/forgejo' };
    expect(chartOfValues(new Cursor({ ...forgeValues, image }))).toBe('forgejo');
    expect(chartOfValues(new Cursor({ image }))).toBeUndefined();
    expect(chartOfValues(new Cursor({ ...forgeValues, image: { [key]: 'gitea' } }))).toBe('gitea');
  });

  const ofTraefik: readonly (readonly [string, object])[] = [
    ['entryPoints', { entryPoints: {} }],
    ['a port websecure', { ports: { websecure: {} } }],
    ...[
      'expose',
      'exposedPort',
      'redirectTo',
      'redirections',
      'http',
      'http3',
      'transport',
      'forwardedHeaders',
      'proxyProtocol',
      'asDefault',
      'allowACMEByPass',
    ].map((key) => [`ports.web.${key}`, { ports: { web: { [key]: {} } } }] as const),
  ];

  test.each(ofTraefik)('is traefik by %s', (_, values) => {
    expect(chartOfValues(new Cursor(values))).toBe('traefik');
  });

  test.each([
    {},
    null,
    [],
    'gitea',
    { gitea: {} },
    { gitea: { enabled: true, url: 'https://git.example.org' } },
    { gitea: 'config' },
    { gitea: [{ config: {} }] },
    { ports: { web: { port: 80, protocol: 'TCP' } } },
    { ports: { websecure: 443 } },
    { ports: ['websecure'] },
    { entryPoints: ['web'] },
  ])('is none the rules know for %j', (values) => {
    expect(chartOfValues(new Cursor(values))).toBeUndefined();
  });
});

describe('a values file', () => {
  test('holds the values of its chart, and of each part of an umbrella chart', () => {
    const file = asValues(
      { ...forgeValues, forge: forgeValues, traefik: { entryPoints: {} }, other: { a: 1 } },
      { file: 'values.yaml' },
    );
    expect(inShort(chartValues(file, () => undefined))).toEqual([
      { chart: 'gitea', at: '' },
      { chart: 'gitea', at: 'forge' },
      { chart: 'traefik', at: 'traefik' },
    ]);
  });
});

describe('a HelmRelease of Flux', () => {
  const spec = { chart: { spec: { chart: 'gitea', version: '12.5.0' } }, values: forgeValues };

  test('names chart, version, release and namespace', () => {
    expect(inShort(read('HelmRelease', { spec }))).toEqual([
      {
        chart: 'gitea',
        releaseName: 'git',
        namespace: 'apps',
        version: '12.5.0',
        at: 'spec.values',
      },
    ]);
  });

  test('joins target namespace and name, unless it names the release', () => {
    const target = { ...spec, targetNamespace: 'git-prod' };
    expect(inShort(read('HelmRelease', { spec: target }))).toMatchObject([
      { releaseName: 'git-prod-git', namespace: 'git-prod' },
    ]);
    expect(
      inShort(read('HelmRelease', { spec: { ...target, releaseName: 'forge' } })),
    ).toMatchObject([{ releaseName: 'forge', namespace: 'git-prod' }]);
  });

  test('may refer to a chart, or be known by its values', () => {
    expect(inShort(read('HelmRelease', { spec: { chartRef: { name: 'forgejo' } } }))).toEqual([
      { chart: 'forgejo', releaseName: 'git', namespace: 'apps', at: 'spec.values' },
    ]);
    expect(inShort(read('HelmRelease', { spec: { values: forgeValues } }))).toMatchObject([
      { chart: 'gitea' },
    ]);
  });

  test('of another chart, or of another group, is nothing', () => {
    expect(read('HelmRelease', { spec: { chart: { spec: { chart: 'grafana' } } } })).toEqual([]);
    expect(read('HelmRelease', { spec }, 'helm.fluxcd.io/v1')).toEqual([]);
  });
});

describe('an Application of Argo CD', () => {
  const source = { chart: 'gitea', targetRevision: '12.5.0', repoURL: 'docker.gitea.com/charts' };
  const application = (fields: object, more: object = {}): ChartValues[] =>
    read('Application', {
      spec: { source: { ...source, ...fields }, destination: { namespace: 'git' }, ...more },
    });

  test('holds its values as text', () => {
    const found = application({ helm: { values: 'gitea: {config: {}}' } });
    expect(inShort(found)).toEqual([
      {
        chart: 'gitea',
        releaseName: 'git',
        namespace: 'git',
        version: '12.5.0',
        at: 'spec.source.helm.values > ',
      },
    ]);
    expect(found[0].root.get('gitea', 'config').isMap).toBe(true);
  });

  test('looks at its text only where there is no object', () => {
    const helm = { values: 'a: 1', valuesObject: forgeValues, releaseName: 'forge' };
    expect(inShort(application({ helm }))).toMatchObject([
      { releaseName: 'forge', at: 'spec.source.helm.valuesObject' },
    ]);
  });

  test('has none where it writes none, or a text nobody can read', () => {
    for (const helm of [{}, { values: '' }, { values: 'a: [' }, undefined]) {
      const [found, ...others] = application({ helm });
      expect(others).toEqual([]);
      expect(found.root.exists).toBe(false);
    }
  });

  test('may have several sources, and an oci reference for one', () => {
    const sources = [
      { repoURL: 'oci://docker.gitea.com/charts/gitea/', targetRevision: '12.5.0' },
      { repoURL: 'https://git.example.org/infra/gitea', path: 'overlays', ref: 'values' },
    ];
    expect(inShort(read('Application', { spec: { sources } }))).toEqual([
      {
        chart: 'gitea',
        releaseName: 'git',
        version: '12.5.0',
        at: 'spec.sources[0].helm.valuesObject',
      },
    ]);
  });

  test('of another group is nothing', () => {
    expect(read('Application', { spec: { source } }, 'app.k8s.io/v1beta1')).toEqual([]);
  });

  test('made by an ApplicationSet has the name of the template, where that is constant', () => {
    const template = (name: string, namespace: string): ChartValues[] =>
      read('ApplicationSet', {
        spec: { template: { metadata: { name }, spec: { source, destination: { namespace } } } },
      });
    expect(inShort(template('forge', 'git'))).toMatchObject([
      { releaseName: 'forge', namespace: 'git' },
    ]);
    expect(inShort(template('{{.name}}-forge', '{{.ns}}'))).toEqual([
      { chart: 'gitea', version: '12.5.0', at: 'spec.template.spec.source.helm.valuesObject' },
    ]);
  });
});

describe('a HelmChart of k3s', () => {
  const chart = (kind: string, spec: object, apiVersion?: string): object[] =>
    inShort(read(kind, { spec }, apiVersion));

  test('names chart, version, release and namespace', () => {
    expect(
      chart('HelmChart', { chart: 'oci://docker.gitea.com/charts/gitea', version: '12.5.0' }),
    ).toEqual([
      {
        chart: 'gitea',
        releaseName: 'git',
        namespace: 'apps',
        version: '12.5.0',
        at: 'spec.values',
      },
    ]);
    expect(
      chart('HelmChart', {
        chart: 'https://k3s/static/charts/traefik-27.0.201+up27.0.2.tgz',
        targetNamespace: 'kube-system',
      }),
    ).toMatchObject([{ chart: 'traefik', namespace: 'kube-system' }]);
  });

  test('holds values as text and as a map', () => {
    const spec = { chart: 'gitea', valuesContent: 'gitea: {config: {}}', values: forgeValues };
    expect(chart('HelmChart', spec)).toMatchObject([
      { at: 'spec.valuesContent > ' },
      { at: 'spec.values' },
    ]);
  });

  test('is known by its values, too', () => {
    expect(
      chart('HelmChart', { chart: 'forge', valuesContent: 'gitea: {config: {}}' }),
    ).toMatchObject([{ chart: 'gitea' }]);
    expect(chart('HelmChart', { chart: 'grafana', valuesContent: 'a: 1' })).toEqual([]);
    expect(chart('HelmChart', { chart: 'grafana', valuesContent: 'a: [' })).toEqual([]);
  });

  test('is changed by a HelmChartConfig, which does not know the namespace of the release', () => {
    expect(chart('HelmChartConfig', { valuesContent: 'gitea: {config: {}}' })).toEqual([
      { chart: 'gitea', releaseName: 'git', at: 'spec.valuesContent > ' },
    ]);
  });

  test('is not the HelmChart of Flux', () => {
    expect(chart('HelmChart', { chart: 'gitea' }, 'source.toolkit.fluxcd.io/v1')).toEqual([]);
  });
});

test('other kinds hold no values', () => {
  expect(read('ConfigMap', { data: forgeValues }, 'v1')).toEqual([]);
});

test('a chart is named by the end of a reference, however long it is', () => {
  const long = `${'a/'.repeat(100_000)}gitea`;
  expect(read('HelmChart', { spec: { chart: long } })).toHaveLength(1);
  expect(read('HelmChart', { spec: { chart: '1'.repeat(1_000_000) } })).toEqual([]);
});
