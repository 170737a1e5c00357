import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type * as gateway from '../../../imports/gateway.networking.k8s.io';
import { LABELS } from '../../declaration/labels';
import type { RegistryDeclaration } from '../../declaration/model';
import { secretGrantName } from '../../declaration/route-names';

/** A Gateway that reads a secret beside the release. */
export interface SecretReader {
  readonly gatewayNamespace: string;
  readonly secretName: string;
}

/** The generated types and mapper of the Gateway API, loaded on use. */
const generated = (): typeof gateway => require('../../../imports/gateway.networking.k8s.io');

/** A ReferenceGrant: Gateways of one namespace may read this one secret of the release's (Gateway API, ReferenceGrant). */
export function renderSecretGrant(
  scope: Construct,
  release: RegistryDeclaration['release'],
  { gatewayNamespace, secretName }: SecretReader,
): void {
  const { ReferenceGrant, toJson_ReferenceGrantSpec } = generated();
  new ApiObject(scope, 'Resource', {
    ...ReferenceGrant.GVK,
    metadata: {
      name: secretGrantName(release),
      namespace: release.namespace,
      labels: { ...LABELS },
    },
    spec: Lazy.any({
      produce: () =>
        toJson_ReferenceGrantSpec({
          from: [
            { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: gatewayNamespace },
          ],
          to: [{ group: '', kind: 'Secret', name: secretName }],
        }),
    }),
  });
}
