import type * as Cdk8s from 'cdk8s';
import { Duration } from 'cdk8s';
import type * as Package from 'cdk8s-gitea-registry';
import type { BaseValues, ForgeReleaseProps } from 'cdk8s-gitea-registry';
import {
  FluxDriftDetection,
  ForgeRelease,
  GiteaRegistry,
  RegistryDelivery,
} from 'cdk8s-gitea-registry';
import { parseDeclaration } from 'cdk8s-gitea-registry/declaration';
import { emptyChart, manifest, manifests, RELEASE } from '../support/registries';

const HOST = 'git.example.org';
const BASE = [{ secret: 'gitea-values' }];
const GIT = 'https://git.example.org/ops/cluster.git';

function built(delivery: RegistryDelivery, release: Partial<ForgeReleaseProps> = {}) {
  const chart = emptyChart();
  const registry = new GiteaRegistry(chart, 'Registry', {
    host: HOST,
    release: ForgeRelease.gitea({ ...RELEASE, ...release }),
    delivery,
    publishDeclaration: false,
  });
  return { chart, registry };
}

it('declares and renders nothing for a values file', () => {
  const { chart, registry } = built(RegistryDelivery.helmValues());
  expect(manifests(chart)).toEqual([]);
  expect(registry._toDeclaration()).not.toHaveProperty('delivery');
});

it('reads every delivery back from registry.json', () => {
  for (const delivery of [
    RegistryDelivery.flux({ baseValues: BASE, namespace: 'flux-system' }),
    RegistryDelivery.fluxValues(),
    RegistryDelivery.k3sHelmChart({ baseValues: BASE }),
    RegistryDelivery.k3sHelmChartConfig(),
  ]) {
    const { registry } = built(delivery);
    expect(parseDeclaration(registry.declaration)).toEqual(registry._toDeclaration());
  }
});

it.each([
  ['none', {}],
  ['two', { secret: 'a', configMap: 'b' }],
])('refuses base values with %s of the names', (_, values: BaseValues) => {
  expect(() => built(RegistryDelivery.flux({ baseValues: [values] }))).toThrow(
    /^delivery\.baseValues\[0\].* must name one Secret or one ConfigMap: .*\(REG651\)$/,
  );
});

it('refuses the name of a source that Kubernetes would refuse', () => {
  expect(() => {
    const { chart } = built(RegistryDelivery.flux({ baseValues: BASE, sourceName: 'A_b' }));
    manifests(chart);
  }).toThrow(/^delivery\.sourceName 'A_b' must be the name of an object: .*\(REG660\)$/);
});

it('refuses the repoURL that Argo CD does not find', () => {
  const delivery = RegistryDelivery.argoCd({
    valuesRepository: GIT,
    repoUrl: 'oci://docker.gitea.com/charts',
  });
  expect(() => built(delivery, { valuesFiles: ['helm/base.yaml'] })).toThrow(
    /^delivery\.repoUrl 'oci:\S+' must be .* without 'oci:\/\/', .*\(REG651\)$/,
  );
});

it('refuses a Git URL that carries a credential, and does not show it', () => {
  const url = 'https://bot:c4n4ry-c4n4ry@git.example.org/ops/cluster.git';
  const delivery = RegistryDelivery.argoCd({ valuesRepository: url });
  const build = (): unknown => built(delivery, { valuesFiles: ['helm/base.yaml'] });
  expect(build).toThrow(/^delivery\.valuesRepository .*\(REG544\)$/);
  expect(build).not.toThrow(/c4n4ry/);
});

it('refuses encrypted files Argo CD cannot read', () => {
  const delivery = RegistryDelivery.argoCd({ valuesRepository: GIT });
  expect(() => built(delivery, { valuesFiles: ['helm/base.sops.yaml'] })).toThrow(/\(REG651\)$/);
});

it('renders settings that are added after the delivery was declared', () => {
  const { chart, registry } = built(RegistryDelivery.flux({ baseValues: BASE }));
  registry.addConfig('ui', 'THEMES', 'auto');
  expect(manifest(chart, 'HelmRelease').spec).toHaveProperty('values.gitea.config.ui', {
    THEMES: 'auto',
  });
});

it('writes times, drift and names of a HelmRelease as asked', () => {
  const delivery = RegistryDelivery.flux({
    baseValues: BASE,
    name: 'forge',
    sourceName: 'forge-source',
    interval: Duration.hours(1),
    timeout: Duration.minutes(20),
    driftDetection: FluxDriftDetection.ENABLED,
  });
  const { chart } = built(delivery, { chartVersion: '12.5.0+build.7' });
  expect(manifest(chart, 'HelmRelease')).toMatchObject({
    metadata: { name: 'forge' },
    spec: {
      interval: '1h',
      timeout: '20m',
      driftDetection: { mode: 'enabled' },
      chartRef: { name: 'forge-source' },
      releaseName: 'gitea',
    },
  });
  expect(manifest(chart, 'OCIRepository').spec).toMatchObject({ ref: { tag: '12.5.0_build.7' } });
});

it('renders the config of k3s before the chart, which is never installed without it', () => {
  const { chart } = built(RegistryDelivery.k3sHelmChart({ baseValues: BASE }));
  expect(manifests(chart).map(({ kind }) => kind)).toEqual(['HelmChartConfig', 'HelmChart']);
});

it('loads no generated kinds for an app that uses none of them', () => {
  jest.isolateModules(() => {
    for (const file of ['argoproj.io', 'helm.cattle.io', 'helm.toolkit.fluxcd.io']) {
      jest.doMock(`../../imports/${file}`, () => {
        throw new Error(`loaded ${file}`);
      });
    }
    const fresh: typeof Package = require('cdk8s-gitea-registry');
    const cdk8s: typeof Cdk8s = require('cdk8s');
    const registry = new fresh.GiteaRegistry(
      new cdk8s.Chart(new cdk8s.App(), 'chart'),
      'Registry',
      {
        host: HOST,
        release: fresh.ForgeRelease.gitea(RELEASE),
        delivery: fresh.RegistryDelivery.fluxValues(),
      },
    );
    expect(registry.values).toContain('ROOT_URL');
    expect(() => {
      new fresh.GiteaRegistry(new cdk8s.Chart(new cdk8s.App(), 'other'), 'Registry', {
        host: HOST,
        release: fresh.ForgeRelease.gitea(RELEASE),
        delivery: fresh.RegistryDelivery.flux({ baseValues: BASE }),
      });
    }).toThrow(/loaded/);
  });
});
