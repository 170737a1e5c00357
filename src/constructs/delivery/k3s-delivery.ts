import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type * as k3s from '../../../imports/helm.cattle.io';
import { chartLocation } from '../../declaration/chart-repository';
import { LABELS } from '../../declaration/labels';
import type { K3sHelmChartDeliveryDeclaration, ReleaseDeclaration } from '../../declaration/model';
import { valuesText } from '../../delivery/values-text';
import { renderHelmChartConfig } from '../helm-chart-config';
import type { BaseValues } from './base-values';
import { baseValuesDeclaration } from './base-values';
import type { DeliveredRegistry, DeliveryForm } from './delivery-form';

/** What helm-controller of k3s does with a failed release. Its default, to reinstall, is not offered: it uninstalls. */
export enum K3sFailurePolicy {
  /** It stops and leaves the release as it is. */
  ABORT = 'abort',
  /** It tries again. */
  RETRY = 'retry',
}

/** The release through a HelmChart of k3s or RKE2 (`helm.cattle.io/v1`), which bears the name of the release. */
export interface K3sHelmChartDeliveryProps {
  /**
   * Secrets with the values of the release below the overlay, lowest first, in the namespace of the HelmChart; one at
   * least.
   */
  readonly baseValues: BaseValues[];

  /**
   * Namespace of the HelmChart.
   * @default 'kube-system'
   */
  readonly namespace?: string;

  /**
   * Helm repository, or folder of the chart in an OCI registry (`oci://…`).
   * @default - the `oci://` of `release.chart`
   */
  readonly chartRepository?: string;

  /**
   * What to do with a failed release.
   * @default K3sFailurePolicy.ABORT
   */
  readonly failurePolicy?: K3sFailurePolicy;
}

/** Values for a HelmChart that somebody else keeps. */
export interface K3sHelmChartConfigDeliveryProps {
  /**
   * Namespace of the HelmChart, which the HelmChartConfig shares with its name.
   * @default 'kube-system'
   */
  readonly namespace?: string;

  /**
   * What to do with a failed release; it takes the place of the HelmChart's own.
   * @default K3sFailurePolicy.ABORT
   */
  readonly failurePolicy?: K3sFailurePolicy;
}

/** Namespace helm-controller's own charts are in. */
const NAMESPACE = 'kube-system';

/** The generated types and mappers, loaded on use. */
const generated = (): typeof k3s => require('../../../imports/helm.cattle.io');

/**
 * A HelmChart with the base values, and the overlay in a HelmChartConfig: helm-controller gives helm the files
 * `valuesContent` < `values` < `valuesSecrets` < the same of the HelmChartConfig (k3s-io/helm-controller,
 * `setValuesSecret`), so in the HelmChart itself the Secrets would win.
 */
export function k3sHelmChartDelivery(props: K3sHelmChartDeliveryProps): DeliveryForm {
  const policy = props.failurePolicy ?? K3sFailurePolicy.ABORT;
  const declare = (): K3sHelmChartDeliveryDeclaration => ({
    mode: 'k3s-helm-chart',
    namespace: props.namespace ?? NAMESPACE,
    baseValues: baseValuesDeclaration(props.baseValues ?? []),
    ...(props.chartRepository !== undefined && { chartRepository: props.chartRepository }),
  });
  return {
    declare,
    render: (scope, registry) => {
      const delivery = declare();
      // First, or the release is upgraded once without the overlay.
      renderOverlay(scope, registry, delivery.namespace, policy);
      renderHelmChart(scope, registry, delivery, policy);
    },
  };
}

/** A HelmChartConfig alone. */
export function k3sHelmChartConfigDelivery({
  namespace = NAMESPACE,
  failurePolicy = K3sFailurePolicy.ABORT,
}: K3sHelmChartConfigDeliveryProps = {}): DeliveryForm {
  return {
    declare: () => ({ mode: 'k3s-helm-chart-config', namespace }),
    render: (scope, registry) => renderOverlay(scope, registry, namespace, failurePolicy),
  };
}

function renderHelmChart(
  scope: Construct,
  { release }: DeliveredRegistry,
  { namespace, baseValues, chartRepository }: K3sHelmChartDeliveryDeclaration,
  policy: K3sFailurePolicy,
): void {
  const { HelmChart, toJson_HelmChartSpec } = generated();
  new ApiObject(new Construct(scope, 'HelmChart'), 'Resource', {
    ...HelmChart.GVK,
    metadata: { name: release.name, namespace, labels: { ...LABELS } },
    spec: Lazy.any({
      produce: () =>
        toJson_HelmChartSpec({
          ...chartOf(release, chartRepository),
          version: release.chartVersion,
          targetNamespace: release.namespace,
          failurePolicy: policy as string as k3s.HelmChartSpecFailurePolicy,
          valuesSecrets: baseValues.map(({ name, key }) => ({ name, keys: [key] })),
        }),
    }),
  });
}

/** helm takes a chart of an OCI registry as one reference, and one of a repository by its name. */
function chartOf(
  release: ReleaseDeclaration,
  chartRepository: string | undefined,
): Pick<k3s.HelmChartSpec, 'chart' | 'repo'> {
  const { name, repository } = chartLocation(release, chartRepository)!;
  return repository.startsWith('oci://')
    ? { chart: `${repository}/${name}` }
    : { chart: name, repo: repository };
}

function renderOverlay(
  scope: Construct,
  { release, values }: DeliveredRegistry,
  namespace: string,
  policy: K3sFailurePolicy,
): void {
  renderHelmChartConfig(new Construct(scope, 'HelmChartConfig'), {
    name: release.name,
    namespace,
    policy,
    valuesContent: () => `${valuesText(values())}\n`,
  });
}
