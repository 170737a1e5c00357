import type { Duration } from 'cdk8s';
import type { ExternalSecretSpecData } from '../../../imports/external-secrets.io';
import { DURATION, formatDuration } from '../../declaration/go-duration';
import { LABELS } from '../../declaration/labels';
import { checked } from '../../declaration/checked';
import { text } from '../../declaration/schema';
import type { RemoteCredential } from '../remote-credential';
import type { SecretStoreRef } from '../secret-store-ref';

/** Where the External Secrets Operator finds the credential, and how often it looks. */
export interface SyncedCredential {
  /** Store the credential is in. */
  readonly store: SecretStoreRef;

  /** Entry of the store. */
  readonly credential: RemoteCredential;

  /**
   * How often the operator reads the store.
   * @default Duration.hours(1)
   */
  readonly refreshInterval?: Duration;
}

/** What both kinds of External Secrets hold; words of their enumerations are plain text here. */
interface PullSecretSpec {
  readonly refreshInterval: string;
  readonly secretStoreRef: { readonly kind: string; readonly name: string };
  readonly target: {
    readonly name: string;
    readonly creationPolicy: string;
    readonly template: {
      readonly engineVersion: string;
      readonly type: string;
      readonly metadata: { readonly labels: StringMap; readonly annotations?: StringMap };
      readonly data: StringMap;
    };
  };
  readonly data: ExternalSecretSpecData[];
}

interface StringMap {
  [key: string]: string;
}

/** The interval as the operator reads it, such as `1h30m`. */
export function refreshIntervalOf({ refreshInterval }: SyncedCredential): string {
  const seconds = refreshInterval?.toSeconds() ?? 3600;
  return checked(text(DURATION), formatDuration(seconds), 'refreshInterval');
}

/**
 * Spec of an ExternalSecret (`external-secrets.io/v1`) that makes a pull secret; that of a ClusterExternalSecret holds
 * the same.
 *
 * @param host key of the docker config
 * @param annotations of the Secret, beside those of the credential
 */
export function pullSecretSpec(
  synced: SyncedCredential,
  {
    name,
    host,
    annotations = {},
  }: {
    readonly name: string;
    readonly host: string;
    readonly annotations?: { readonly [annotation: string]: string };
  },
): PullSecretSpec {
  const { store, credential } = synced;
  const all = { ...credential._annotations(), ...annotations };
  return {
    refreshInterval: refreshIntervalOf(synced),
    secretStoreRef: { kind: store.kind, name: store.name },
    target: {
      name,
      creationPolicy: 'Owner',
      template: {
        engineVersion: 'v2',
        type: 'kubernetes.io/dockerconfigjson',
        metadata: {
          labels: { ...LABELS },
          ...(Object.keys(all).length > 0 && { annotations: all }),
        },
        data: { '.dockerconfigjson': credential._template(host) },
      },
    },
    data: credential._data(),
  };
}
