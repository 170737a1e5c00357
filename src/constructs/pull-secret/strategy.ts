import type { Construct } from 'constructs';
import type {
  PullSecretDeclaration,
  RegistryDeclaration,
  ReleaseDeclaration,
} from '../../declaration/model';

/** One way pods get the credential they pull with. */
export interface PullSecretStrategy {
  /** What is declared for a consumer of this name; fields are checked, not yet how they fit the rest. */
  declare(id: string, release: ReleaseDeclaration): PullSecretDeclaration;

  /**
   * Renders what it needs.
   *
   * @param declared the entry of the declaration
   * @param registry the whole declaration as it will be in the end; to be asked while objects render, no sooner
   */
  bind(
    scope: Construct,
    declared: PullSecretDeclaration,
    registry: () => RegistryDeclaration,
  ): void;
}
