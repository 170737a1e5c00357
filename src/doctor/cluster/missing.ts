import type { ClusterError } from '../../cluster';
import { serverText } from '../../client/server-text';

/** Something of the cluster that could not be read. */
export interface Missing {
  /** What: the plural of a kind, or `releases`. */
  readonly what: string;
  /** Why, with the right that is missing: `the right 'list secrets in all namespaces'`. */
  readonly why: string;
}

/** A kind nobody installed is not missing. */
export function missingOf(what: string, error: ClusterError | undefined): Missing[] {
  return error === undefined || error.reason === 'no-kind' ? [] : [{ what, why: whyOf(error) }];
}

/** Why something of the cluster is not known, for the note of a skipped check. */
export function whyOf({ right, message }: ClusterError): string {
  return right === undefined ? serverText(message) : `the right '${serverText(right)}'`;
}

/** The same as a sentence of its own: `needs the right 'list pods in all namespaces'`, or what kubectl said. */
export function noteOf(error: ClusterError): string {
  return error.right === undefined ? whyOf(error) : `needs ${whyOf(error)}`;
}
