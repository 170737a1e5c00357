import type { Grammar } from './grammar';
import type { ReleaseDeclaration } from './model';

/** Where tools other than helm look a chart up: a Helm repository, or the folder of an OCI registry. */
export const CHART_REPOSITORY: Grammar = {
  allowed:
    "must be a Helm repository such as 'https://dl.gitea.com/charts' or the folder of the chart in an OCI registry such as 'oci://docker.gitea.com/charts'",
  code: 'REG651',
  pattern: /^(https|oci):\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(\/[A-Za-z0-9._~-]+)*\/?$/,
  maxLength: 255,
};

/**
 * The same for Argo CD: with `chart` it takes `repoURL` for a Helm repository, and those of OCI have no scheme
 * (argo-cd docs, "Helm", "OCI").
 */
export const ARGO_REPOSITORY: Grammar = {
  allowed:
    "must be a Helm repository such as 'https://dl.gitea.com/charts' or the folder of the chart in an OCI registry, for Argo CD without 'oci://', such as 'docker.gitea.com/charts'",
  code: 'REG651',
  pattern: /^(https:\/\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(\/[A-Za-z0-9._~-]+)*\/?$/,
  maxLength: 255,
};

/** A chart by the two parts most tools want apart. */
export interface ChartLocation {
  /** Name of the chart, such as `gitea`. */
  readonly name: string;
  /** Helm repository or folder of the chart, in the form it was declared in, without `/` at the end. */
  readonly repository: string;
}

/**
 * Where the chart of a release is found by a tool that knows no repository names of helm. Undefined where nothing says
 * so: `gitea-charts/gitea` is a name on the operator's machine, `./charts/gitea` a folder there.
 *
 * @param repository where the declaration names one
 */
export function chartLocation(
  { chart }: Pick<ReleaseDeclaration, 'chart'>,
  repository?: string,
): ChartLocation | undefined {
  const [, folder, name] = /^(?:(.*)\/)?([^/]*)$/.exec(chart)!;
  const known = repository ?? (chart.startsWith('oci://') ? folder : undefined);
  return known === undefined ? undefined : { name, repository: known.replace(/\/$/, '') };
}

/** The part behind `oci://`; undefined for a Helm repository. */
export function withoutOciScheme(repository: string): string | undefined {
  return repository.startsWith('oci://') ? repository.slice('oci://'.length) : undefined;
}
