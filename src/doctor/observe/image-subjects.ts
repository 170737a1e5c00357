import type { OwnerVisibility } from '../../declaration/model';
import type { DoctorRequest } from '../request';

/** An image whose tags are asked for, to learn what may be read. */
export interface ImageSubject {
  /** Owner as written. */
  readonly owner: string;
  /** As declared. @default - the owner is not declared */
  readonly visibility?: OwnerVisibility;
  /** `owner/image`. */
  readonly repository: string;
  /** Whether it is named somewhere; else its name only stands for the owner: rights are looked at before names. */
  readonly isKnown: boolean;
}

/** Name of an image nobody has: where it is missing, the owner's packages may be read. */
const UNKNOWN_IMAGE = 'doctor-probe';

/** Most images that are asked for. */
export const MOST_SUBJECTS = 100;

/** Images of a request: the declared ones, and one that stands for each owner without any. */
export function imageSubjects(request: DoctorRequest): ImageSubject[] {
  const { declaration, publish, owners = [] } = request;
  const visibilities = new Map(
    declaration?.owners.map(({ name, visibility }) => [name.toLowerCase(), visibility]),
  );
  const repositories = [...new Set(repositoriesOf(request))];
  const names = [
    ...(declaration?.owners.map(({ name }) => name) ?? []),
    ...owners,
    ...(publish ? [ownerOf(publish.repository)] : []),
    ...repositories.map(ownerOf),
  ];
  const byName = new Map(names.map((name) => [name.toLowerCase(), name]));
  return [...byName].flatMap(([key, owner]): ImageSubject[] => {
    const visibility = visibilities.get(key);
    const about = { owner, ...(visibility && { visibility }) };
    const known = repositories.filter((each) => ownerOf(each).toLowerCase() === key);
    return known.length === 0
      ? [{ ...about, repository: `${owner}/${UNKNOWN_IMAGE}`, isKnown: false }]
      : known.map((repository) => ({ ...about, repository, isKnown: true }));
  });
}

function repositoriesOf({ declaration, publish }: DoctorRequest): string[] {
  return [
    ...(declaration?.handoff.verifiedImages.map(({ repository }) => repository) ?? []),
    ...(declaration?.links ?? [])
      .filter(({ type }) => type === 'container')
      .map(({ owner, name }) => `${owner}/${name}`),
    ...(publish ? [publish.repository] : []),
  ];
}

function ownerOf(repository: string): string {
  return repository.slice(0, repository.indexOf('/'));
}
