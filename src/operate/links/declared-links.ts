import type { LinkDeclaration, RegistryDeclaration } from '../../declaration/model';

/** What is to be linked. */
export type DeclaredLinks = Pick<RegistryDeclaration, 'owners'> & {
  readonly links: readonly LinkDeclaration[];
};
