import type { Construct } from 'constructs';
import type { RegistryDeclaration } from '../../declaration/model';

/** One kind of route: what it declares, and what it renders. */
export interface RouteKind {
  /** The route with every default resolved for this release; unchecked. */
  declared(release: RegistryDeclaration['release']): object;

  /** @param declaration with this route in it */
  render(scope: Construct, declaration: RegistryDeclaration): void;
}
