import type { KubeObject } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules/cursor';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { noteOf } from '../missing';
import { liveBackups } from './backups';

const CODE = 'REG733';

/** Why a pod waits for its volume: kubelet, attach controller, scheduler. */
const VOLUME = /Multi-Attach|volume node affinity|FailedAttachVolume|FailedMount/;

/** REG733: the pod of a backup gets the volume it saves. */
export async function backupPlacement(sight: Sight): Promise<readonly Outcome[]> {
  const { cluster } = sight.request;
  const jobs = (await sight.see(liveBackups))?.backups.filter(({ kind }) => kind === 'CronJob');
  if (cluster === undefined || jobs === undefined || jobs.length === 0) {
    return [skipped(CODE, 'no CronJob that makes a backup was found')];
  }
  const [pods, events] = await Promise.all([cluster.objects('pods'), cluster.objects('events')]);
  const waiting = jobs.flatMap(({ namespace, name }) =>
    pods.objects
      .filter((pod) => isPending(pod) && pod.metadata.namespace === namespace)
      .filter((pod) => isOfCronJob(pod, name))
      .flatMap((pod) => reasonOf(pod, events.objects) ?? []),
  );
  if (waiting.length > 0) {
    const expected =
      "a volume the backup's pod can mount: on the node of Gitea's pod when ReadWriteOnce";
    return waiting.map((observed) => broken(CODE, { observed: serverText(observed), expected }));
  }
  const missing = pods.missing ?? events.missing;
  return [missing ? skipped(CODE, noteOf(missing)) : passed(CODE, 'no pod of a backup waits')];
}

function isPending(pod: KubeObject): boolean {
  return new Cursor(pod).get('status', 'phase').text === 'Pending';
}

/** Jobs of a CronJob are named after it and the minute they were due. */
function isOfCronJob(pod: KubeObject, cronJob: string): boolean {
  return new Cursor(pod)
    .get('metadata', 'ownerReferences')
    .items()
    .map((owner) => owner.get('name').text ?? '')
    .some((job) => job.startsWith(`${cronJob}-`) && /^\d+$/.test(job.slice(cronJob.length + 1)));
}

function reasonOf(pod: KubeObject, events: readonly KubeObject[]): string | undefined {
  const { name, namespace } = pod.metadata;
  const told = events
    .map((event) => new Cursor(event))
    .filter(
      (event) =>
        event.get('involvedObject', 'name').text === name &&
        event.get('involvedObject', 'namespace').text === namespace,
    )
    .map((event) => `${event.get('reason').text}: ${event.get('message').text}`);
  const scheduled = new Cursor(pod)
    .get('status', 'conditions')
    .items()
    .map((condition) => condition.get('message').text ?? '');
  const reason = [...told, ...scheduled].find((text) => VOLUME.test(text));
  return reason === undefined ? undefined : `pod ${namespace}/${name} is Pending: ${reason}`;
}
