import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { LABELS } from '../declaration/labels';
import type { RegistryDeclaration } from '../declaration/model';
import { printDeclaration } from '../declaration/parse';

/** Key of the ConfigMap that holds the declaration. */
export const DECLARATION_KEY = 'registry.json';

/** The declaration in the cluster, where the command finds it. */
export class DeclarationConfigMap extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    declaration: () => RegistryDeclaration,
    name?: string,
  ) {
    super(scope, id);
    const { release } = declaration();
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: name ?? `${release.name}-registry`,
        namespace: release.namespace,
        labels: { ...LABELS },
      },
      data: { [DECLARATION_KEY]: Lazy.any({ produce: () => printDeclaration(declaration()) }) },
    });
  }
}
