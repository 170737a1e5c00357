import type { DeclaredLinks } from './declared-links';
import type { OwnerPackages } from './owner-packages';

/**
 * Visibility is the owner's: a private repository hides nothing of what is linked to it (REG330). Says so of each private
 * repository that was seen.
 */
export function privacyWarnings(
  { links, owners }: DeclaredLinks,
  read: readonly OwnerPackages[],
): string[] {
  const isPublic = new Set(
    owners
      .filter(({ visibility }) => visibility === 'public')
      .map(({ name }) => name.toLowerCase()),
  );
  const privacy = new Map(read.flatMap((owner) => [...owner.privacy]));
  const exposed = links
    .filter(({ owner }) => isPublic.has(owner.toLowerCase()))
    .map(({ owner, repository }) => ({ owner, full: `${owner}/${repository}` }))
    .filter(({ full }) => privacy.get(full.toLowerCase()) === true);
  return [
    ...new Set(
      exposed.map(
        ({ owner, full }) =>
          `${full} is private but owner ${owner} is public: linking does not hide the package (REG330)`,
      ),
    ),
  ];
}
