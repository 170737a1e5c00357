import { indexed } from '../estate-index';
import { hostedReferences } from '../limits/hosted-reference';
import { isTemplate } from '../limits/template-text';
import type { RegistryView } from '../registry-view';
import type { DeclaredLink } from './declared-link';
import { imageLinks, linkedImage } from './declared-link';

/** A link of an image nobody is seen to use, and one in use that was probably meant. */
export interface LikelyImage {
  readonly link: DeclaredLink;
  /** `owner/image`. */
  readonly image: string;
}

/** The links that look like a slip. That nobody here uses an image is none by itself. */
export function likelyImages(registry: RegistryView): readonly LikelyImage[] {
  return registry.remember('likely images', () => {
    const links = imageLinks(registry);
    return links.length === 0 ? [] : slips(links, usedImages(registry));
  });
}

/** `owner/image` of what workloads and the declaration name, each once. */
function usedImages(registry: RegistryView): string[] {
  const images = hostedReferences(registry)
    .map(({ repository }) => repository)
    .filter((repository) => repository.includes('/') && !isTemplate(repository));
  return [...new Set(images)];
}

function slips(links: readonly DeclaredLink[], used: readonly string[]): LikelyImage[] {
  const linked = new Set(links.map(linkedImage));
  // What is linked itself is meant for itself.
  const free = used.filter((image) => !linked.has(image));
  const bySpelling = indexed(free, spelling);
  const byName = indexed(free, nameOf);
  const known = new Set(used);
  return links.flatMap((link) => {
    const name = linkedImage(link);
    const image = known.has(name)
      ? undefined
      : (bySpelling.get(spelling(name))?.[0] ??
        otherDepths(link).find((other) => known.has(other) && !linked.has(other)) ??
        byName.get(nameOf(name))?.[0]);
    return image === undefined ? [] : [{ link, image }];
  });
}

function nameOf(image: string): string {
  return image.slice(image.indexOf('/') + 1);
}

/** The same for names that differ in separators only: `stack-api`, `stack_api`, `stack/api`. */
function spelling(image: string): string {
  const name = nameOf(image);
  return `${image.slice(0, -name.length)}${name.replace(/[._/-]/g, '')}`;
}

/** Where the image stands if owner or repository was taken for a part of its name, or left out of it. */
function otherDepths({ owner, name, repository }: DeclaredLink): string[] {
  return [
    `${owner}/${repository}/${name}`,
    ...[owner, repository]
      .filter((part) => name.startsWith(`${part.toLowerCase()}/`))
      .map((part) => `${owner}/${name.slice(part.length + 1)}`),
  ].map((image) => image.toLowerCase());
}
