import { serverText } from '../../../client/server-text';
import { checkOf } from '../../../rules';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import { listed } from '../../probes/access/shown';
import type { Sight } from '../../sight';
import { noteOf, whyOf } from '../missing';
import type { PullFailure } from './pull-failures';
import { pullFailures } from './pull-failures';
import { pullingPods } from './pulling-pods';

/** Causes that are told one by one. */
const MOST_CAUSES = 12;

/** REG561, or what the failed pulls name: one outcome for each distinct cause. */
export async function podsPull(sight: Sight): Promise<readonly Outcome[]> {
  const { pods, missing } = await sight.see(pullingPods);
  const failures = await sight.see(pullFailures);
  if (failures.length > 0) {
    return [...failures.slice(0, MOST_CAUSES).map(outcomeOf), ...rest(failures)];
  }
  if (missing && pods.length === 0) {
    return [skipped('REG561', noteOf(missing))];
  }
  const { host } = sight.request;
  const note = missing && `only of what may be read: without ${whyOf(missing)}`;
  return [
    pods.length === 0
      ? passed('REG561', `no pod has an image of '${host}'`, note)
      : passed(
          'REG561',
          `${podsOf(pods.length)} with images of '${host}', none waits for one`,
          note,
        ),
  ];
}

function outcomeOf({ code, words, fix, pods, repositories }: PullFailure): Outcome {
  const image =
    repositories.length === 1
      ? `'${serverText(repositories[0])}'`
      : `${repositories.length} images`;
  const names = listed(pods.map((name) => serverText(name)));
  return broken(code, {
    // Whatever the check is by itself: here a pod does not start.
    severity: 'error',
    observed: `${podsOf(pods.length)} cannot pull ${image} (${names}): ${words}`,
    expected: checkOf(code)?.title ?? 'a pull that ends well',
    ...(fix !== undefined && { fix: { kind: 'text', text: fix } }),
  });
}

/** Every further cause is still a failure, and told by its number. */
function rest(failures: readonly PullFailure[]): Outcome[] {
  const more = failures.slice(MOST_CAUSES);
  const pods = new Set(more.flatMap((failure) => failure.pods));
  return more.length === 0
    ? []
    : [
        broken('REG561', {
          observed: `${podsOf(pods.size)} cannot pull for ${more.length} further reasons`,
          expected: 'no pod that waits for an image',
        }),
      ];
}

const podsOf = (count: number): string => `${count} ${count === 1 ? 'pod' : 'pods'}`;
