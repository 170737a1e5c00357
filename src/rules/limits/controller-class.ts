import type { Estate } from '../estate';
import { DEFAULT_NAMESPACE } from '../manifest';

/** Controller an IngressClass names; undefined when the class is not among the manifests. */
export function controllerOfIngressClass(estate: Estate, name: string): string | undefined {
  return classObject(estate, 'IngressClass', name)?.root.get('spec', 'controller').text;
}

/** Controller a GatewayClass names; undefined when the class is not among the manifests. */
export function controllerOfGatewayClass(estate: Estate, name: string): string | undefined {
  return classObject(estate, 'GatewayClass', name)?.root.get('spec', 'controllerName').text;
}

/** Classes are cluster-wide: they name no namespace. */
function classObject(estate: Estate, kind: string, name: string): ReturnType<Estate['object']> {
  return estate.object(kind, DEFAULT_NAMESPACE, name);
}
