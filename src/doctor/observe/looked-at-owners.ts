import type { DoctorRequest } from '../request';
import { imageSubjects } from './image-subjects';

/** Owners a run is about, as first written: declared, named, of the image or the package that is asked about. */
export function lookedAtOwners(request: DoctorRequest): string[] {
  const { link } = request;
  const owners = [
    ...imageSubjects(request).map(({ owner }) => owner),
    ...(link ? [link.reference.owner] : []),
  ];
  // Gitea takes names for one that differ by case only.
  return [...new Map(owners.map((owner) => [owner.toLowerCase(), owner])).values()];
}
