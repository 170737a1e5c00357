import { chartLocation, withoutOciScheme } from '../declaration/chart-repository';
import { isEncrypted } from '../declaration/encrypted-file';
import type {
  HelmfileDeliveryDeclaration,
  RegistryDeclaration,
  ReleaseDeclaration,
} from '../declaration/model';
import { pathFrom } from '../declaration/values-path';
import { generatedHeader } from './generated-header';
import type { HelmValues } from './overlay-values';
import { valuesFilePath } from './side-file';
import type { SideText } from './side-text';
import { valuesText } from './values-text';

/** Path of the helmfile, relative to the folder of side files. */
export function helmfilePath({ release }: Pick<RegistryDeclaration, 'release'>): string {
  return `helm/${release.name}-registry.helmfile.yaml`;
}

/**
 * The helmfile and what it needs beside the overlay. helmfile lays `secrets` over all `values`, so an encrypted file
 * cannot stand there and below the overlay: a template among the `values` decrypts it, in the order of the release.
 */
export function helmfileTexts(
  declaration: RegistryDeclaration,
  delivery: HelmfileDeliveryDeclaration,
): SideText[] {
  const { release } = declaration;
  const path = helmfilePath(declaration);
  const header = generatedHeader(declaration, 'helmfile', [
    `helmfile -f ${path} apply`,
    '',
    'The overlay is the last of the values, and wins. Paths begin at the folder of this file.',
  ]);
  const body = `${valuesText(helmfileOf(release, delivery))}\n`;
  return [{ path, text: `${header}${body}` }, ...decryptingTemplates(release)];
}

function helmfileOf(
  release: ReleaseDeclaration,
  { chartRepository }: HelmfileDeliveryDeclaration,
): HelmValues {
  const { name: chart, repository } = chartLocation(release, chartRepository)!;
  const registry = withoutOciScheme(repository);
  const repositoryName = `${release.name}-chart`;
  return {
    repositories: [
      {
        name: repositoryName,
        url: registry ?? repository,
        ...(registry !== undefined && { oci: true }),
      },
    ],
    releases: [
      {
        name: release.name,
        namespace: release.namespace,
        // helmfile makes namespaces unless told otherwise; the release exists.
        createNamespace: false,
        chart: `${repositoryName}/${chart}`,
        version: release.chartVersion,
        missingFileHandler: 'Error',
        values: [...release.valuesFiles.map(layer(release)), valuesFilePath({ release })].map(
          fromHelmFolder,
        ),
      },
    ],
  };
}

/** The file among the `values`: itself, or the template that decrypts it. */
function layer(release: ReleaseDeclaration): (file: string, index: number) => string {
  return (file, index) => (isEncrypted(file) ? templatePath(release, index) : file);
}

function templatePath({ name }: ReleaseDeclaration, index: number): string {
  return `helm/${name}-decrypt-${index + 1}.yaml.gotmpl`;
}

/** helmfile runs what a template executes in the folder of the template, and writes its output to a passing file. */
function decryptingTemplates(release: ReleaseDeclaration): SideText[] {
  return release.valuesFiles.flatMap((file, index) =>
    isEncrypted(file)
      ? [
          {
            path: templatePath(release, index),
            text: `{{ exec "sops" (list "--decrypt" ${JSON.stringify(fromHelmFolder(file))}) }}\n`,
          },
        ]
      : [],
  );
}

function fromHelmFolder(file: string): string {
  return file.startsWith('/') ? file : (pathFrom('helm', file) ?? `../${file}`);
}
