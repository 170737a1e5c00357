import type { KubeObject } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules/cursor';
import type { Outcome } from '../../outcome';
import { broken } from '../../outcome';
import type { Sight } from '../../sight';
import { forgePods } from '../forge-pod';
import { ruleOutcomes } from '../rule-outcomes';

const CODE = 'REG631';

/** REG631: two pods want one volume, or will at the next upgrade. */
export async function volumeFight(sight: Sight): Promise<readonly Outcome[]> {
  const { cluster } = sight.request;
  if (cluster === undefined) {
    return [];
  }
  const [{ pods }, { objects: events }] = await Promise.all([
    sight.see(forgePods),
    cluster.objects('events'),
  ]);
  const stuck = pods.length > 1 ? pods.find((pod) => refusalOf(pod, events)) : undefined;
  if (stuck) {
    return [
      broken(CODE, {
        observed: `${pods.length} pods; ${stuck.metadata.name} does not get its volume: ${refusalOf(stuck, events)}`,
        expected: 'one pod at a time for a volume of one node',
      }),
    ];
  }
  return ruleOutcomes(sight, {
    code: CODE,
    reads: ['deployments', 'persistentvolumeclaims'],
    holds: 'no two pods want one volume',
    isThere: ({ forges }) => forges.length > 0,
  });
}

/** Events of the attach-detach controller and the kubelet (`FailedAttachVolume`, `FailedMount`). */
const REFUSED = /Multi-Attach error|already used by|already exclusively attached/i;

function refusalOf(
  { metadata, status }: KubeObject,
  events: readonly KubeObject[],
): string | undefined {
  if (new Cursor(status).get('phase').text !== 'Pending') {
    return undefined;
  }
  const messages = events
    .map((event) => new Cursor(event))
    .filter((event) => event.get('involvedObject', 'name').text === metadata.name)
    .filter((event) => event.get('involvedObject', 'namespace').text === metadata.namespace)
    .flatMap((event) => event.get('message').text ?? []);
  const refused = messages.find((message) => REFUSED.test(message));
  return refused === undefined ? undefined : `'${serverText(refused)}'`;
}
