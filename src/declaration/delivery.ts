import { OBJECT_NAME, NAMESPACE } from './kubernetes-name';
import type { RegistryDeclaration } from './model';
import type { Problem } from './problem';
import { object, oneOf, text, variants } from './schema';

/** The overlay goes into a HelmRelease of Flux. */
export interface FluxDeliveryDeclaration {
  readonly mode: 'flux';
  /** Name of the HelmRelease. */
  readonly name: string;
  /** Namespace of the HelmRelease. */
  readonly namespace: string;
}

/** How the overlay reaches the release, where that is not `helm upgrade` with a values file. */
export type DeliveryDeclaration = FluxDeliveryDeclaration;

/** How the overlay reaches the release. */
export const deliverySchema = variants<DeliveryDeclaration>('mode', {
  flux: object<FluxDeliveryDeclaration>({
    mode: oneOf<'flux'>('flux'),
    name: text(OBJECT_NAME),
    namespace: text(NAMESPACE),
  }),
});

/** What no single field of the delivery can say. */
export function deliveryProblems(_declaration: RegistryDeclaration): Problem[] {
  return [];
}
