import type { DeliveryForm } from './delivery-form';

/** The release through helmfile. */
export interface HelmfileDeliveryProps {
  /**
   * Helm repository, or folder of the chart in an OCI registry (`oci://…`).
   * @default - the `oci://` of `release.chart`
   */
  readonly chartRepository?: string;
}

/** The release through `helmCharts` of kustomize. */
export interface KustomizeDeliveryProps {
  /**
   * Helm repository, or folder of the chart in an OCI registry (`oci://…`).
   * @default - the `oci://` of `release.chart`
   */
  readonly chartRepository?: string;

  /**
   * Whether `kustomization.yaml` is written to the root of the side files instead of `helm/`. kustomize reads values files
   * below its own folder only. A file of that name there is overwritten.
   * @default false
   */
  readonly atRoot?: boolean;
}

/** A helmfile beside the values overlay. */
export function helmfileDelivery({ chartRepository }: HelmfileDeliveryProps = {}): DeliveryForm {
  return {
    declare: () => ({
      mode: 'helmfile',
      ...(chartRepository !== undefined && { chartRepository }),
    }),
  };
}

/** A kustomization beside the values overlay. */
export function kustomizeDelivery({
  chartRepository,
  atRoot = false,
}: KustomizeDeliveryProps = {}): DeliveryForm {
  return {
    declare: () => ({
      mode: 'kustomize',
      folder: atRoot ? '.' : 'helm',
      ...(chartRepository !== undefined && { chartRepository }),
    }),
  };
}
