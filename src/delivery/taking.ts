import type {
  BaseValuesDeclaration,
  DeliveryDeclaration,
  RegistryDeclaration,
} from '../declaration/model';
import { upgradeCommand } from './helm-command';
import { helmfilePath } from './helmfile';
import { valuesFilePath } from './side-file';

/** What the overlay is laid over, in words. */
export function lowerValues({ release, delivery }: RegistryDeclaration): string {
  switch (delivery?.mode) {
    case 'flux':
    case 'k3s-helm-chart':
      return objectNames(delivery.baseValues, delivery.namespace);
    case 'flux-values':
      return `the values of HelmRelease ${delivery.namespace}/${delivery.name}`;
    case 'k3s-helm-chart-config':
      return `the values of HelmChart ${delivery.namespace}/${release.name}`;
    default:
      return release.valuesFiles.length > 0 ? release.valuesFiles.join(', ') : 'the values';
  }
}

function objectNames(values: readonly BaseValuesDeclaration[], namespace: string): string {
  return values.map(({ kind, name, key }) => `${kind} ${namespace}/${name} (${key})`).join(', ');
}

/** How the overlay reaches the release: a command to run, or who takes it and from where. */
export function takingLines(declaration: RegistryDeclaration): string[] {
  const { delivery, release } = declaration;
  return delivery === undefined
    ? [upgradeCommand(release, valuesFilePath(declaration))]
    : linesOf(delivery, declaration);
}

function linesOf(delivery: DeliveryDeclaration, declaration: RegistryDeclaration): string[] {
  const { name: release } = declaration.release;
  switch (delivery.mode) {
    case 'flux':
      return [
        `HelmRelease ${delivery.namespace}/${delivery.name} of Flux ${
          delivery.overlay === 'inline'
            ? 'carries it in spec.values; this copy is for review.'
            : `takes it from ConfigMap ${delivery.configMap}; this copy is for review.`
        }`,
      ];
    case 'flux-values':
      return [
        `HelmRelease ${delivery.namespace}/${delivery.name} of Flux takes it from a ConfigMap, the last entry of spec.valuesFrom:`,
        '',
        '  - kind: ConfigMap',
        `    name: ${delivery.configMap}`,
        '',
        'spec.values wins over valuesFrom: nothing this overlay sets may stand there. This copy is for review.',
      ];
    case 'argo-cd':
      return [
        `Application ${delivery.namespace}/${delivery.name} of Argo CD ${
          delivery.overlay === 'inline'
            ? 'carries it in helm.valuesObject; this copy is for review.'
            : `takes this file as the last of helm.valueFiles, from ${delivery.valuesRepository}: commit it there.`
        }`,
      ];
    case 'k3s-helm-chart':
      return k3sConfigLines(delivery.namespace, release);
    case 'k3s-helm-chart-config':
      return [
        ...k3sConfigLines(delivery.namespace, release),
        'A HelmChart has one HelmChartConfig: move what an existing one sets into the HelmChart. spec.set of the HelmChart wins',
        'over both: nothing this overlay sets may stand there.',
      ];
    case 'helmfile':
      return [`helmfile -f ${helmfilePath(declaration)} apply`];
    case 'kustomize':
      return [`kustomize build --enable-helm ${delivery.folder} | kubectl apply -f -`];
  }
}

function k3sConfigLines(namespace: string, release: string): string[] {
  return [
    `HelmChartConfig ${namespace}/${release} of k3s carries it in spec.valuesContent; this copy is for review.`,
  ];
}
