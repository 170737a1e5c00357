import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { annotation } from './ingress';

/** API group of the Gateway API. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** A CustomResourceDefinition of the Gateway API. */
export interface GatewayCrd {
  /** Kind it defines. */
  readonly kind: string;
  /** Versions the API server serves, such as `v1`. */
  readonly served: readonly string[];
  /** `[major, minor]` of the release of the Gateway API it is from; absent where it does not say. */
  readonly release?: readonly [major: number, minor: number];
  /** Where the release stands. */
  readonly releaseAt: Cursor;
}

/** The CRDs of the Gateway API among the manifests. */
export function gatewayCrds(estate: Estate): readonly GatewayCrd[] {
  return estate
    .ofKind('CustomResourceDefinition')
    .filter(({ root }) => root.get('spec', 'group').text === GATEWAY_GROUP)
    .map((manifest) => {
      const spec = manifest.root.get('spec');
      // Each release writes its number on every CRD (gateway-api `pkg/consts`).
      const releaseAt = annotation(manifest, `${GATEWAY_GROUP}/bundle-version`);
      const parts = /^v?(\d{1,4})\.(\d{1,4})(?:[.-]|$)/.exec(releaseAt.text ?? '');
      return {
        kind: spec.get('names', 'kind').text ?? '',
        served: spec
          .get('versions')
          .items()
          .filter((version) => version.get('served').value !== false)
          .flatMap((version) => version.get('name').text ?? []),
        ...(parts && { release: [Number(parts[1]), Number(parts[2])] as const }),
        releaseAt,
      };
    });
}
