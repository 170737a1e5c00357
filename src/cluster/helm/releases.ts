import type { ClusterError } from '../error';
import type { HelmRelease } from './release';

/** The Helm releases of a forge (or another chart that was asked for). */
export interface ReleaseListing {
  /** By namespace and name, the newest revision of each release first. Releases of a SQL driver cannot be seen. */
  readonly releases: readonly HelmRelease[];
  /** Objects of Helm that could not be read, of whatever chart. */
  readonly unreadable: readonly UnreadableRelease[];
  /** Why releases may be missing, with the right that is. */
  readonly missing?: ClusterError;
  /** Namespaces that were looked at, when it was not all. */
  readonly namespaces?: readonly string[];
}

/** A storage object of Helm that holds no release. */
export interface UnreadableRelease {
  readonly namespace: string;
  /** Name of the Secret or ConfigMap. */
  readonly name: string;
  /** What is wrong, in words. */
  readonly fault: string;
}

/** By namespace and name, newest revision first. */
export function inOrder(releases: readonly HelmRelease[]): HelmRelease[] {
  return [...releases].sort(
    (one, other) =>
      compare(one.namespace, other.namespace) ||
      compare(one.name, other.name) ||
      other.revision - one.revision,
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
