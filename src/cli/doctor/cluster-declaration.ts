import type { Cluster } from '../../cluster';
import { isMap } from '../../cluster/object';
import type { RegistryDeclaration } from '../../declaration/model';
import { parseDeclaration } from '../../declaration/parse';
import { DeclarationError } from '../../declaration/problem';

/**
 * The declaration of a registry that was applied to the cluster; undefined when there is none, or none that is meant.
 *
 * @param host `host[:port]` of the registry. @default - the only one there
 */
export async function declarationIn(
  cluster: Cluster,
  host: string | undefined,
): Promise<RegistryDeclaration | undefined> {
  const { objects } = await cluster.objects('configmaps');
  const meant = objects
    .flatMap(({ data }) => (isMap(data) ? read(data['registry.json']) : []))
    .filter((one) => host === undefined || one.host === host);
  return meant.length === 1 ? meant[0] : undefined;
}

function read(text: unknown): RegistryDeclaration[] {
  if (typeof text !== 'string' || text === '') {
    return [];
  }
  try {
    return [parseDeclaration(text)];
  } catch (error) {
    if (error instanceof DeclarationError) {
      return [];
    }
    throw error;
  }
}
