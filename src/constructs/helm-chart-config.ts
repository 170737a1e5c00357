import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type * as k3s from '../../imports/helm.cattle.io';
import { LABELS } from '../declaration/labels';
import type { K3sFailurePolicy } from './delivery/k3s-delivery';

/** A HelmChartConfig of k3s or RKE2. */
export interface HelmChartConfigParts {
  /** That of the HelmChart. */
  readonly name: string;
  /** That of the HelmChart. */
  readonly namespace: string;
  readonly policy: K3sFailurePolicy;
  /** Text of `spec.valuesContent`, once everything is declared: older k3s prunes `spec.values`. */
  readonly valuesContent: () => string;
}

/** The generated types and mappers, loaded on use. */
const generated = (): typeof k3s => require('../../imports/helm.cattle.io');

/** Renders a HelmChartConfig (`helm.cattle.io/v1`). */
export function renderHelmChartConfig(
  scope: Construct,
  { name, namespace, policy, valuesContent }: HelmChartConfigParts,
): void {
  const { HelmChartConfig, toJson_HelmChartConfigSpec } = generated();
  new ApiObject(scope, 'Resource', {
    ...HelmChartConfig.GVK,
    metadata: { name, namespace, labels: { ...LABELS } },
    spec: Lazy.any({
      produce: () =>
        toJson_HelmChartConfigSpec({
          valuesContent: valuesContent(),
          failurePolicy: policy as string as k3s.HelmChartConfigSpecFailurePolicy,
        }),
    }),
  });
}
