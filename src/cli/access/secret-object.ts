import { LABELS, TOKEN_SCOPES_ANNOTATION } from '../../declaration/labels';
import type { IssuedToken } from '../../operate/token/issued-token';

/** What a pull secret is made of. */
export interface PullSecretParts {
  readonly name: string;
  /** @default - the one of who applies it */
  readonly namespace?: string;
  /** The docker config, as text. */
  readonly config: string;
  readonly token: IssuedToken;
}

/** A Secret of a docker config; its values are not encoded yet. */
export interface PullSecretObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: { readonly [label: string]: string };
    readonly annotations?: { readonly [annotation: string]: string };
  };
  readonly type: 'kubernetes.io/dockerconfigjson';
  /** Values by key, as plain text. */
  readonly data: { readonly [key: string]: string };
}

/** The Secret kubelet reads, with the scopes of its token where the registry told them. */
export function secretObject({
  name,
  namespace,
  config,
  token: { scopes = [] },
}: PullSecretParts): PullSecretObject {
  return {
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: LABELS,
      ...(scopes.length > 0 && {
        annotations: { [TOKEN_SCOPES_ANNOTATION]: scopes.join(',') },
      }),
    },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': config },
  };
}

/** As a manifest. */
export function secretManifest({ metadata, type, data }: PullSecretObject): object {
  const encoded = Object.entries(data).map(([key, value]) => [
    key,
    Buffer.from(value).toString('base64'),
  ]);
  return { apiVersion: 'v1', kind: 'Secret', metadata, type, data: Object.fromEntries(encoded) };
}
