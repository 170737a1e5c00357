import type { TagRead } from '../../observe/tag-reads';
import { listed } from './shown';

/** Owners of what was read, each once. */
export function namesOf(reads: readonly TagRead[]): string[] {
  return [...new Set(reads.map(({ owner }) => owner))];
}

/** What was looked at: `'coulomb/app' (1 image)`, or the owners where no image is known. */
export function countOf(reads: readonly TagRead[]): string {
  const known = reads.filter(({ isKnown }) => isKnown).map(({ repository }) => repository);
  const owners = namesOf(reads.filter(({ isKnown }) => !isKnown));
  return [
    ...(known.length > 0 ? [`${listed(known)} (${known.length} looked at)`] : []),
    ...(owners.length > 0 ? [`the packages of ${listed(owners)}`] : []),
  ].join(' and ');
}
