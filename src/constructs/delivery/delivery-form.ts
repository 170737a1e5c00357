import type { Construct } from 'constructs';
import type { DeliveryDeclaration, ReleaseDeclaration } from '../../declaration/model';
import type { HelmValues } from '../../delivery/overlay-values';

/** A registry as its delivery sees it, when the app is synthesized. */
export interface DeliveredRegistry {
  readonly release: ReleaseDeclaration;
  /** The overlay; settings may still be added until synth. */
  readonly values: () => HelmValues;
}

/** One way in which the overlay reaches the release. */
export interface DeliveryForm {
  /** The delivery as the declaration holds it; its schema checks it. */
  readonly declare: (release: ReleaseDeclaration) => DeliveryDeclaration;
  /** Renders what the delivery needs in the cluster. @default - nothing is rendered */
  readonly render?: (scope: Construct, registry: DeliveredRegistry) => void;
}
