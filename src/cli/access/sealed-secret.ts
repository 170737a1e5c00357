import type { KeyObject } from 'node:crypto';
import type { PullSecretObject } from './secret-object';
import type { SealingScope } from './seal';
import { seal, sealingLabel } from './seal';

/** How a secret is sealed. */
export interface Sealing {
  /** Public key of the sealed-secrets controller. */
  readonly key: KeyObject;
  readonly scope: SealingScope;
}

/**
 * The SealedSecret the controller makes a pull secret of (`bitnami.com/v1alpha1`), with the annotations kubeseal sets. It
 * holds no readable secret, and may be committed.
 */
export function sealedSecret(
  { metadata, type, data }: PullSecretObject,
  { key, scope }: Sealing,
): object {
  const { name, namespace = '', labels } = metadata;
  const label = sealingLabel(scope, namespace, name);
  const marks = scope === 'strict' ? {} : { [`sealedsecrets.bitnami.com/${scope}`]: 'true' };
  const annotations = { ...metadata.annotations, ...marks };
  const place = { name, ...(namespace && { namespace }), labels };
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { ...place, ...(scope !== 'strict' && { annotations: marks }) },
    spec: {
      encryptedData: Object.fromEntries(
        Object.entries(data).map(([entry, value]) => [entry, seal(value, key, label)]),
      ),
      template: {
        metadata: { ...place, ...(Object.keys(annotations).length > 0 && { annotations }) },
        type,
      },
    },
  };
}
