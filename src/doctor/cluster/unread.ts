import type { ClusterError } from '../../cluster';
import { whyOf } from './missing';

/** Why a check is skipped: `needs the right 'list pods in all namespaces'`, or what kubectl said. */
export function noteOf(error: ClusterError): string {
  return error.right === undefined ? whyOf(error) : `needs ${whyOf(error)}`;
}
