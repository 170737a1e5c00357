import { chartLineProblems } from './chart-line';
import { chartLocation } from './chart-repository';
import type {
  ArgoCdDeliveryDeclaration,
  BaseValuesDeclaration,
  DeliveryDeclaration,
  FluxDeliveryDeclaration,
  K3sHelmChartDeliveryDeclaration,
  KustomizeDeliveryDeclaration,
} from './delivery';
import { isEncrypted } from './encrypted-file';
import type { RegistryDeclaration, ReleaseDeclaration } from './model';
import type { Problem } from './problem';
import { pathFrom } from './values-path';

/** Forms in which the wrapper object is not well formed for its tool. */
const FORM = 'REG651';

/** What no single field of the delivery can say. */
export function deliveryProblems({ delivery, release }: RegistryDeclaration): Problem[] {
  return delivery === undefined ? [] : problemsOf(delivery, release);
}

function problemsOf(delivery: DeliveryDeclaration, release: ReleaseDeclaration): Problem[] {
  switch (delivery.mode) {
    case 'flux':
      return [
        ...chartProblems(delivery, release),
        ...lostValues(delivery.baseValues),
        ...ownConfigMap(delivery),
      ];
    case 'argo-cd':
      return [
        ...chartProblems({ chartRepository: delivery.repoUrl }, release, 'repoUrl'),
        ...unnamedValues(release, 'an Application'),
        ...argoCdProblems(delivery, release),
      ];
    case 'k3s-helm-chart':
      return [
        ...chartProblems(delivery, release),
        ...lostValues(delivery.baseValues),
        ...k3sProblems(delivery, release),
      ];
    case 'helmfile':
      return [...chartProblems(delivery, release), ...unnamedValues(release, 'a helmfile')];
    case 'kustomize':
      return [
        ...chartProblems(delivery, release),
        ...unnamedValues(release, 'a kustomization'),
        ...kustomizeProblems(delivery, release),
      ];
    default:
      return [];
  }
}

function chartProblems(
  { chartRepository }: { readonly chartRepository?: string },
  release: ReleaseDeclaration,
  field = 'chartRepository',
): Problem[] {
  return [...chartLineProblems(release), ...repositoryProblems(release, field, chartRepository)];
}

function repositoryProblems(
  release: ReleaseDeclaration,
  field: string,
  repository: string | undefined,
): Problem[] {
  if (chartLocation(release, repository) === undefined) {
    return [
      {
        path: 'release.chart',
        value: release.chart,
        allowed: `is known to the helm on one machine only: write it as 'oci://…', or name its repository in delivery.${field}`,
        code: FORM,
      },
    ];
  }
  return release.flavor === 'forgejo' && repository?.startsWith('https://')
    ? [
        {
          path: `delivery.${field}`,
          value: repository,
          allowed:
            'is a Helm repository, and the Forgejo chart is published over OCI only: the index of its old repository is there and empty. Leave it out, or name a folder of an OCI registry',
          code: FORM,
        },
      ]
    : [];
}

/** With nothing below the overlay all else is the chart's default, the public password of its administrator included. */
function lostValues(base: readonly BaseValuesDeclaration[]): Problem[] {
  return base.length === 0
    ? [
        {
          path: 'delivery.baseValues',
          allowed:
            "is empty: with the overlay alone every other value of the release would go back to the chart's default. Name the Secrets or ConfigMaps that hold its values",
          code: 'REG635',
        },
      ]
    : [];
}

/** The ConfigMap of the overlay is replaced whole: base values in it would be gone. */
function ownConfigMap({ overlay, configMap, baseValues }: FluxDeliveryDeclaration): Problem[] {
  return overlay === 'inline'
    ? []
    : baseValues.flatMap(({ kind, name }, index) =>
        kind === 'ConfigMap' && name === configMap
          ? [
              {
                path: `delivery.baseValues[${index}]`,
                value: name,
                allowed:
                  'is the ConfigMap this package writes the overlay to: rename yours, or give another configMapName',
                code: FORM,
              },
            ]
          : [],
      );
}

function unnamedValues({ valuesFiles }: ReleaseDeclaration, what: string): Problem[] {
  return valuesFiles.length === 0
    ? [
        {
          path: 'release.valuesFiles',
          allowed: `is empty: ${what} with the overlay alone would set every other value of the release back to the chart's default. Name its values files`,
          code: 'REG635',
        },
      ]
    : [];
}

function argoCdProblems(
  { decrypts }: ArgoCdDeliveryDeclaration,
  { valuesFiles }: ReleaseDeclaration,
): Problem[] {
  return filesProblems(valuesFiles, (file) => {
    if (isEncrypted(file) && !decrypts) {
      return "is encrypted with SOPS, which Argo CD does not read: put its values into a Secret the chart refers to, or say 'decrypts: true' where the repo-server runs helm-secrets as helm";
    }
    return pathFrom('.', file) === undefined
      ? 'must be a path below the root of the values repository: Argo CD reads nothing outside it'
      : undefined;
  });
}

function kustomizeProblems(
  { folder }: KustomizeDeliveryDeclaration,
  { valuesFiles }: ReleaseDeclaration,
): Problem[] {
  return filesProblems(valuesFiles, (file) => {
    if (isEncrypted(file)) {
      return 'is encrypted with SOPS, which kustomize does not decrypt: use another delivery, or put its values into a Secret the chart refers to';
    }
    return pathFrom(folder, file) === undefined
      ? `must lie below '${folder}', the folder of the kustomization: kustomize loads nothing outside it`
      : undefined;
  });
}

function filesProblems(
  files: readonly string[],
  fault: (file: string) => string | undefined,
): Problem[] {
  return files.flatMap((value, index) => {
    const allowed = fault(value);
    return allowed === undefined
      ? []
      : [{ path: `release.valuesFiles[${index}]`, value, allowed, code: FORM }];
  });
}

/** What helm-controller does with `valuesSecrets` (k3s-io/helm-controller, `setValuesSecret`). */
function k3sProblems(
  { baseValues }: K3sHelmChartDeliveryDeclaration,
  { name: release }: ReleaseDeclaration,
): Problem[] {
  return baseValues.flatMap(({ kind, name, optional }, index) => {
    const path = `delivery.baseValues[${index}]`;
    const own = `chart-values-${release}`;
    return [
      ...(kind === 'Secret'
        ? []
        : [
            {
              path,
              value: name,
              allowed: 'is a ConfigMap: a HelmChart takes values from Secrets only',
              code: FORM,
            },
          ]),
      ...(optional
        ? [
            {
              path,
              value: name,
              allowed:
                'cannot be optional: k3s would also stop watching it for changes (ignoreUpdates)',
              code: FORM,
            },
          ]
        : []),
      ...(name === own
        ? [
            {
              path,
              value: name,
              allowed: 'is the Secret helm-controller itself writes, and leaves out: rename yours',
              code: FORM,
            },
          ]
        : []),
    ];
  });
}
