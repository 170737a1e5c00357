import type { DeliveryDeclaration, ReleaseDeclaration } from 'cdk8s-gitea-registry/declaration';
import { describeProblem } from '../../src/declaration/problem';
import { deliveryProblems } from '../../src/declaration/delivery-problems';
import { MINIMAL_DECLARATION } from '../support/arbitraries';

const RELEASE: ReleaseDeclaration = {
  ...MINIMAL_DECLARATION.release,
  chart: 'oci://docker.gitea.com/charts/gitea',
  valuesFiles: ['helm/base.yaml'],
};
const SECRET = { kind: 'Secret', name: 'base', key: 'values.yaml', optional: false } as const;
const FLUX = {
  mode: 'flux',
  name: 'gitea',
  namespace: 'git',
  overlay: 'inline',
  configMap: 'gitea-registry-values',
  baseValues: [SECRET],
} as const;
const ARGO = {
  mode: 'argo-cd',
  name: 'gitea',
  namespace: 'argocd',
  overlay: 'file',
  valuesRepository: 'https://git.example.org/ops/cluster.git',
  valuesRevision: 'HEAD',
  decrypts: false,
} as const;
const K3S = { mode: 'k3s-helm-chart', namespace: 'kube-system', baseValues: [SECRET] } as const;
const HELMFILE = { mode: 'helmfile' } as const;
const KUSTOMIZE = { mode: 'kustomize', folder: 'helm' } as const;

function problems(delivery: object, release: Partial<ReleaseDeclaration> = {}): readonly string[] {
  return deliveryProblems({
    ...MINIMAL_DECLARATION,
    release: { ...RELEASE, ...release },
    delivery: delivery as DeliveryDeclaration,
  }).map(describeProblem);
}

const CHART_MODES = [FLUX, ARGO, K3S, HELMFILE, KUSTOMIZE];
const ALL_MODES = [
  ...CHART_MODES,
  { mode: 'flux-values', name: 'gitea', namespace: 'git', configMap: 'x' },
  { mode: 'k3s-helm-chart-config', namespace: 'kube-system' },
];

it.each(ALL_MODES.map((delivery) => [delivery.mode, delivery] as const))(
  'finds nothing in a plain %s',
  (_, delivery) => {
    expect(problems(delivery)).toEqual([]);
  },
);

it.each(CHART_MODES.map((delivery) => [delivery.mode, delivery] as const))(
  'refuses a chart that only one machine knows, and one of an untested line: %s',
  (_, delivery) => {
    expect(problems(delivery, { chart: 'gitea-charts/gitea', chartVersion: '12.7.0' })).toEqual([
      "release.chartVersion '12.7.0' is of a line of the gitea chart nobody tested; tested: 9.6, 10.0 to 10.6, 11.0, 12.0 to 12.6. Use one of these, or a version of this package that knows the line (REG640)",
      `release.chart 'gitea-charts/gitea' is known to the helm on one machine only: write it as 'oci://…', or name its repository in delivery.${delivery.mode === 'argo-cd' ? 'repoUrl' : 'chartRepository'} (REG651)`,
    ]);
  },
);

it.each(CHART_MODES.map((delivery) => [delivery.mode, delivery] as const))(
  'refuses the empty Helm repository of Forgejo, and takes that of Gitea: %s',
  (_, delivery) => {
    const url = 'https://codeberg.org/api/packages/forgejo/helm';
    const field = delivery.mode === 'argo-cd' ? 'repoUrl' : 'chartRepository';
    const release = { flavor: 'forgejo', chart: 'forgejo/forgejo' } as const;
    expect(problems({ ...delivery, [field]: url }, release)).toEqual([
      expect.stringMatching(
        /^delivery\.\w+ 'https:\S+' is a Helm repository, and the Forgejo .* \(REG651\)$/,
      ),
    ]);
    expect(problems({ ...delivery, [field]: url }, { chart: 'gitea-charts/gitea' })).toEqual([]);
  },
);

it.each([FLUX, K3S].map((delivery) => [delivery.mode, delivery] as const))(
  'refuses to leave the release with the overlay alone: %s',
  (_, delivery) => {
    expect(problems({ ...delivery, baseValues: [] })).toEqual([
      expect.stringMatching(
        /^delivery\.baseValues is empty: with the overlay alone .* \(REG635\)$/,
      ),
    ]);
  },
);

it.each([ARGO, HELMFILE, KUSTOMIZE].map((delivery) => [delivery.mode, delivery] as const))(
  'refuses to leave the release with the overlay file alone: %s',
  (_, delivery) => {
    expect(problems(delivery, { valuesFiles: [] })).toEqual([
      expect.stringMatching(/^release\.valuesFiles is empty: an? \w+ with .* \(REG635\)$/),
    ]);
  },
);

it('refuses base values in the ConfigMap that Flux gets the overlay from', () => {
  const baseValues = [SECRET, { ...SECRET, kind: 'ConfigMap', name: FLUX.configMap }];
  expect(problems({ ...FLUX, overlay: 'config-map', baseValues })).toEqual([
    "delivery.baseValues[1] 'gitea-registry-values' is the ConfigMap this package writes the overlay to: rename yours, or give another configMapName (REG651)",
  ]);
  expect(problems({ ...FLUX, baseValues })).toEqual([]);
  expect(
    problems({ ...FLUX, overlay: 'config-map', baseValues: [{ ...SECRET, name: FLUX.configMap }] }),
  ).toEqual([]);
});

it('refuses files Argo CD cannot read', () => {
  const valuesFiles = ['a/../b.yaml', '../base.yaml', '/etc/base.yaml', 'base.sops.yaml'];
  expect(problems(ARGO, { valuesFiles })).toEqual([
    expect.stringMatching(
      /^release\.valuesFiles\[1\] '..\/base.yaml' must be a path below .* \(REG651\)$/,
    ),
    expect.stringMatching(/^release\.valuesFiles\[2\] '\/etc\/base.yaml' must be a path below/),
    expect.stringMatching(
      /^release\.valuesFiles\[3\] 'base.sops.yaml' is encrypted .*helm-secrets/,
    ),
  ]);
  expect(problems({ ...ARGO, decrypts: true }, { valuesFiles: ['base.sops.yaml'] })).toEqual([]);
});

it('refuses files kustomize cannot read', () => {
  const valuesFiles = ['helm/base.yaml', 'base.yaml', 'helm/../x.yaml', 'helm/base.sops.yaml'];
  expect(problems(KUSTOMIZE, { valuesFiles })).toEqual([
    expect.stringMatching(/^release\.valuesFiles\[1\] 'base.yaml' must lie below 'helm'/),
    expect.stringMatching(/^release\.valuesFiles\[2\] 'helm\/..\/x.yaml' must lie below 'helm'/),
    expect.stringMatching(/^release\.valuesFiles\[3\] 'helm\/base.sops.yaml' is encrypted/),
  ]);
  expect(
    problems({ ...KUSTOMIZE, folder: '.' }, { valuesFiles: ['base.yaml', 'helm/x.yaml'] }),
  ).toEqual([]);
});

it('refuses base values that helm-controller of k3s does not read', () => {
  const baseValues = [
    { ...SECRET, kind: 'ConfigMap' },
    { ...SECRET, optional: true },
    { ...SECRET, name: 'chart-values-gitea' },
  ];
  expect(problems({ ...K3S, baseValues })).toEqual([
    expect.stringMatching(/^delivery\.baseValues\[0\] 'base' is a ConfigMap: .* \(REG651\)$/),
    expect.stringMatching(/^delivery\.baseValues\[1\] 'base' cannot be optional: .* \(REG651\)$/),
    expect.stringMatching(
      /^delivery\.baseValues\[2\] 'chart-values-gitea' is the Secret .* \(REG651\)$/,
    ),
  ]);
});

it('reads an older document with a chart of any line, as long as nothing renders it', () => {
  const release = { ...RELEASE, chartVersion: '13.0.0' };
  expect(deliveryProblems({ ...MINIMAL_DECLARATION, release })).toEqual([]);
});
