import type { DeliveryDeclaration, RegistryDeclaration } from '../declaration/model';
import { helmfilePath } from './helmfile';
import { kustomizationPath } from './kustomization';

/**
 * How the overlay is taken out of what a tool keeps applying. Lines of Markdown, without a number.
 *
 * @param delivery anything but the values file for `helm upgrade`
 */
export function withdrawalLines(
  delivery: DeliveryDeclaration,
  declaration: RegistryDeclaration,
): string[] {
  const { name: release } = declaration.release;
  switch (delivery.mode) {
    case 'flux':
      return [
        `Commit HelmRelease \`${delivery.namespace}/${delivery.name}\` ${
          delivery.overlay === 'inline'
            ? 'without `spec.values`'
            : 'without the last entry of `spec.valuesFrom`'
        } and wait until Flux has upgraded the release.`,
        'Do not delete it: Flux uninstalls the release of a deleted HelmRelease.',
      ];
    case 'flux-values':
      return [
        `Take ConfigMap \`${delivery.configMap}\` out of \`spec.valuesFrom\` of HelmRelease \`${delivery.namespace}/${delivery.name}\`, then delete it.`,
      ];
    case 'argo-cd':
      return [
        `Commit Application \`${delivery.namespace}/${delivery.name}\` ${
          delivery.overlay === 'inline'
            ? 'without `helm.valuesObject`'
            : 'without the last of `helm.valueFiles`'
        } and sync it.`,
        'Do not delete it: with a finalizer its objects are deleted too.',
      ];
    case 'k3s-helm-chart':
    case 'k3s-helm-chart-config':
      return withoutConfig(delivery.namespace, release);
    case 'helmfile':
      return [
        `Take the last of \`values\` out of \`${helmfilePath(declaration)}\` and apply the file.`,
      ];
    case 'kustomize':
      return [
        `Take the last of \`additionalValuesFiles\` out of \`${kustomizationPath(delivery)}\`, build and apply.`,
      ];
  }
}

function withoutConfig(namespace: string, release: string): string[] {
  return [
    `\`kubectl delete helmchartconfig ${release} -n ${namespace}\`: k3s upgrades the release without it.`,
  ];
}
