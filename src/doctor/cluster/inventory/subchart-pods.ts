import type { KubeObject } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules/cursor';
import type { Outcome } from '../../outcome';
import { broken } from '../../outcome';
import type { Sight } from '../../sight';
import { ownRelease } from '../own-release';
import { ruleOutcomes } from '../rule-outcomes';
import { waitingImages } from './container-states';

const CODE = 'REG634';

/** REG634: a database or cache of the release whose image is gone, or will be missed at the next start. */
export async function subchartPods(sight: Sight): Promise<readonly Outcome[]> {
  const { cluster } = sight.request;
  const release = await sight.see(ownRelease);
  const pods = (await cluster?.objects('pods'))?.objects ?? [];
  const without = pods
    .filter(({ metadata }) => release !== undefined && metadata.namespace === release.namespace)
    .filter((pod) => instanceOf(pod) === release?.name)
    .flatMap((pod) => waitingImages(pod).map((waiting) => ({ pod, ...waiting })))
    .find(({ image }) => /(^|\/)bitnami(legacy)?\//.test(image));
  return without
    ? [
        broken(CODE, {
          observed: serverText(
            `Pod ${without.pod.metadata.namespace}/${without.pod.metadata.name} waits for image '${without.image}': ${without.reason}`,
          ),
          expected: 'a database and a cache whose images are still published',
        }),
      ]
    : ruleOutcomes(sight, {
        code: CODE,
        reads: ['pods', 'releases'],
        holds: 'no image of a subchart that is no longer published',
      });
}

function instanceOf(pod: KubeObject): string | undefined {
  return new Cursor(pod).get('metadata', 'labels', 'app.kubernetes.io/instance').text;
}
