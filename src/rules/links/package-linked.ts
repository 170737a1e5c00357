import { matches } from '../../declaration/grammar';
import { REPOSITORY } from '../../declaration/image-reference';
import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import { hostedReferences } from '../limits/hosted-reference';
import { isTemplate } from '../limits/template-text';
import type { RegistryView } from '../registry-view';
import { hostOf } from '../registry-view';
import type { Rule, Violation } from '../rule';
import type { DeclaredLink } from './declared-link';
import { imageLinks, linkedImage } from './declared-link';
import { likelyImages } from './likely-image';
import type { PushedImage } from './pushed-image';
import { pushedImages } from './pushed-image';

/** REG917: no push makes a link, whatever the labels of the image say. */
export const packageLinked: Rule = {
  code: 'REG917',
  slug: 'package-linked',
  title: 'every declared link exists, and to the declared repository',
  severity: 'warning',
  gate: 'later Forgejo releases document a link by label or name when a package is first pushed',
  why: 'a pushed image belongs to its owner and to no repository: Gitea reads no label of it, a link goes with the package once its last version is cleaned up, and it goes with the repository while the package stays',
  shows: [
    'the page of the repository lists no package; the package page names no repository',
    '`GET /api/v1/packages/OWNER/TYPE/NAME/VERSION`: `"repository": null`, also where the caller may not see the repository',
    '`POST …/-/link/REPO`: 400 `invalid argument` where the package is linked already, even to the same repository',
  ],
  fix: 'declare the link with `linkPackages`, push, then run `gitea-registry links apply`; a link to another repository is moved, not added',
  links: [
    'https://github.com/go-gitea/gitea/issues/28540',
    'https://github.com/go-gitea/gitea/issues/19270',
    'https://github.com/go-gitea/gitea/issues/21062',
  ],
  judgeRegistry: (registry) => [...withoutLink(registry), ...trustedLabels(registry)],
};

/** An image of this registry that a manifest uses or pushes. */
interface SeenImage {
  /** `owner/image`. */
  readonly repository: string;
  readonly at: Cursor;
}

/** Images nobody declares a link of, while other images of their owner have one. */
function withoutLink(registry: RegistryView): Violation[] {
  const links = imageLinks(registry);
  const owners = new Set(links.map(ownerOf));
  return owners.size === 0
    ? []
    : unlinked(registry, links, [...hostedReferences(registry), ...pushesTo(registry)])
        .filter(({ repository }) => owners.has(ownerName(repository)))
        .map(({ repository, at }) => ({
          at,
          observed: `image ${quote(repository)} has no declared link, while other images of ${quote(ownerName(repository))} have`,
          expected: 'a declared link of this image too',
        }));
}

/** Images that carry the name of a repository here in a label, where no link of their owner is declared. */
function trustedLabels(registry: RegistryView): Violation[] {
  const links = imageLinks(registry);
  const owners = new Set(links.map(ownerOf));
  const labelled = pushesTo(registry).filter(
    ({ source }) => source !== undefined && hostOf(source) === registry.host,
  );
  return unlinked(registry, links, labelled)
    .filter(({ repository }) => !owners.has(ownerName(repository)))
    .map(({ repository, at }) => ({
      at,
      severity: 'info',
      observed: `image ${quote(repository)} is pushed with org.opencontainers.image.source of this host, and no link is declared`,
      expected: 'a declared link, where the image shall stand on the page of the repository',
      why: 'Gitea links no image by its labels, unlike the registry of GitHub',
    }));
}

function pushesTo({ estate, host = '' }: RegistryView): readonly PushedImage[] {
  return pushedImages(estate).get(host) ?? [];
}

/** Of these images those that could be linked and are not, each at its first place. */
function unlinked(
  registry: RegistryView,
  links: readonly DeclaredLink[],
  images: readonly SeenImage[],
): SeenImage[] {
  // A link of a name that was probably meant for another image is a fault of the link (REG913).
  const meant = likelyImages(registry).map(({ image }) => image);
  const known = new Set([...links.map(linkedImage), ...meant]);
  return images.filter(({ repository }) => {
    const isNew = !known.has(repository);
    known.add(repository);
    return isNew && isLinkable(repository, registry.facts.flavor === 'forgejo');
  });
}

/** Forgejo links no name with a slash over REST (REG912). */
function isLinkable(repository: string, flat: boolean): boolean {
  return (
    !isTemplate(repository) &&
    matches(REPOSITORY, repository) &&
    !(flat && repository.split('/').length > 2)
  );
}

function ownerOf({ owner }: DeclaredLink): string {
  return owner.toLowerCase();
}

function ownerName(repository: string): string {
  return repository.slice(0, repository.indexOf('/'));
}
