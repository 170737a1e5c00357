import type { LinkDeclaration } from '../../declaration/model';
import type { Cursor } from '../cursor';
import type { RegistryView } from '../registry-view';

/** A declared link and the place that declares it. */
export interface DeclaredLink extends LinkDeclaration {
  readonly at: Cursor;
}

/** The declared links of a registry. */
export function declaredLinks(registry: RegistryView): DeclaredLink[] {
  const links = registry.declaration?.links ?? [];
  return links.map((link, index) => ({ ...link, at: registry.declared('links', index) }));
}

/** The declared links of images. */
export function imageLinks(registry: RegistryView): DeclaredLink[] {
  return declaredLinks(registry).filter(({ type }) => type === 'container');
}

/** `owner/image` of a link, the same text for names Gitea takes for one. */
export function linkedImage({ owner, name }: LinkDeclaration): string {
  return `${owner}/${name}`.toLowerCase();
}

/** `1 package link is declared`, `5 package links are declared`. */
export function countOf(links: readonly DeclaredLink[]): string {
  return links.length === 1
    ? '1 package link is declared'
    : `${links.length} package links are declared`;
}
