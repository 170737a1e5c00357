import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { LABELS } from '../../declaration/labels';
import type { HelmValues } from '../../delivery/overlay-values';
import { valuesText } from '../../delivery/values-text';

/** Key Flux reads where `valuesKey` is absent. */
const VALUES_KEY = 'values.yaml';

/** The overlay as a ConfigMap for `spec.valuesFrom` of a HelmRelease. */
export class ValuesConfigMap extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    metadata: { readonly name: string; readonly namespace: string },
    values: () => HelmValues,
  ) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        ...metadata,
        // Without it a changed overlay waits for the next interval (Flux, "Reacting immediately to configuration
        // dependencies").
        labels: { ...LABELS, 'reconcile.fluxcd.io/watch': 'Enabled' },
      },
      data: { [VALUES_KEY]: Lazy.any({ produce: () => `${valuesText(values())}\n` }) },
    });
  }
}
