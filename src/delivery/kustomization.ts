import { chartLocation } from '../declaration/chart-repository';
import type { KustomizeDeliveryDeclaration, RegistryDeclaration } from '../declaration/model';
import { pathFrom } from '../declaration/values-path';
import { generatedHeader } from './generated-header';
import type { HelmValues } from './overlay-values';
import { valuesFilePath } from './side-file';
import type { SideText } from './side-text';
import { valuesText } from './values-text';

/** Path of the kustomization, relative to the folder of side files. */
export function kustomizationPath({ folder }: KustomizeDeliveryDeclaration): string {
  return folder === '.' ? 'kustomization.yaml' : `${folder}/kustomization.yaml`;
}

/** The kustomization that inflates the chart. */
export function kustomizationText(
  declaration: RegistryDeclaration,
  delivery: KustomizeDeliveryDeclaration,
): SideText {
  const header = generatedHeader(declaration, 'kustomization', [
    `kustomize build --enable-helm ${delivery.folder} | kubectl apply -f -`,
    '',
    'The overlay is the last of the values files, and wins.',
  ]);
  const body = valuesText(kustomizationOf(declaration, delivery));
  return { path: kustomizationPath(delivery), text: `${header}${body}\n` };
}

/**
 * kustomize gives helm `valuesFile`, then `additionalValuesFiles`. The overlay is never `valuesInline`: that is merged into
 * `valuesFile` alone, below the others, and null there takes the key of the file away, where helm takes the chart's default.
 */
function kustomizationOf(
  { release }: RegistryDeclaration,
  { folder, chartRepository }: KustomizeDeliveryDeclaration,
): HelmValues {
  const { name, repository } = chartLocation(release, chartRepository)!;
  const files = [...release.valuesFiles, valuesFilePath({ release })];
  const [valuesFile, ...additionalValuesFiles] = files.map((file) => pathFrom(folder, file)!);
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    helmCharts: [
      {
        name,
        repo: repository,
        version: release.chartVersion,
        releaseName: release.name,
        namespace: release.namespace,
        valuesFile,
        additionalValuesFiles,
      },
    ],
  };
}
