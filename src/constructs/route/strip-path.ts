import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type * as traefik from '../../../imports/traefik.io';
import { LABELS } from '../../declaration/labels';
import type { RegistryDeclaration } from '../../declaration/model';
import { realmName } from '../../declaration/route-names';

/** The generated types and mapper of Traefik, loaded on use. */
const generated = (): typeof traefik => require('../../../imports/traefik.io');

/** A Traefik Middleware that takes the path of ROOT_URL off a request; its name is {@link realmName}. */
export function renderStripPath(scope: Construct, { release, uiPath }: RegistryDeclaration): void {
  const { Middleware, toJson_MiddlewareSpec } = generated();
  new ApiObject(scope, 'Resource', {
    ...Middleware.GVK,
    metadata: {
      name: realmName(release),
      namespace: release.namespace,
      labels: { ...LABELS },
    },
    spec: Lazy.any({
      produce: () => toJson_MiddlewareSpec({ stripPrefix: { prefixes: [uiPath!] } }),
    }),
  });
}
