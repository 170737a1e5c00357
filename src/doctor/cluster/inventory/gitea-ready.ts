import type { KubeObject } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules/cursor';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { isReady } from '../conditions';
import { forgePods } from '../forge-pod';
import { ownRelease } from '../own-release';
import { ruleFindings, outcomeOf } from '../rule-findings';
import { trueFindings } from '../rule-outcomes';
import { noteOf } from '../missing';
import { unreadiness } from './container-states';
import { serviceEndpoints } from './endpoints';

const CODE = 'REG560';

/** REG560: pods of Gitea run, its Service leads to them, and ready means that it works. */
export async function giteaReady(sight: Sight): Promise<readonly Outcome[]> {
  const [{ pods, missing }, endpoints, release] = await Promise.all([
    sight.see(forgePods),
    sight.see(serviceEndpoints),
    sight.see(ownRelease),
  ]);
  const live = pods.filter(isLive);
  const leads = endpoints !== undefined && endpoints.ready > 0;
  if (live.length === 0 && missing && !leads) {
    return [skipped(CODE, noteOf(missing))];
  }
  if (live.length === 0 && !leads) {
    // Without a release it is not known what should run.
    return release
      ? [down(`no pod of release '${release.namespace}/${release.name}' runs`)]
      : [skipped(CODE, 'no release of Gitea or Forgejo was found in the cluster')];
  }
  const waiting = live.filter((pod) => !isReady(pod));
  if (live.length > 0 && waiting.length === live.length) {
    return [down(textOf(waiting[0]))];
  }
  if (endpoints && endpoints.ready === 0) {
    return [withoutEndpoint(endpoints.service)];
  }
  return [...waiting.map(oneOfSeveral), ...(await readiness(sight, live))];
}

/** Pods that are on their way out, or ended, are no part of what should run. */
function isLive({ metadata, status }: KubeObject): boolean {
  const phase = new Cursor(status).get('phase').text ?? '';
  return metadata.deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(phase);
}

function down(observed: string): Outcome {
  return broken(CODE, {
    observed,
    expected: 'a pod of Gitea that is ready',
    why: 'as long as no pod is ready nothing answers: the proxy says 502, 503 or 404',
    fix: {
      kind: 'text',
      text: "look at `kubectl describe pod` and at the pod's log (`kubectl logs --previous` after a crash)",
    },
  });
}

function textOf(pod: KubeObject): string {
  const { namespace, name } = pod.metadata;
  return serverText(`Pod ${namespace}/${name} is not ready: ${unreadiness(pod)}`);
}

function oneOfSeveral(pod: KubeObject): Outcome {
  return broken(CODE, {
    severity: 'warning',
    observed: textOf(pod),
    expected: 'every pod of Gitea ready',
    why: 'another pod answers, so a rollout is on its way, or it hangs',
    fix: { kind: 'text', text: 'look at `kubectl describe pod`, unless the rollout just began' },
  });
}

function withoutEndpoint(service: string): Outcome {
  return broken(CODE, {
    observed: `Service ${service} has no ready endpoint`,
    expected: 'the pod of Gitea among its endpoints',
    why: 'a Service leads to the ready pods its selector matches; without one the proxy says 503, or drops the route',
    fix: {
      kind: 'text',
      text: "compare `spec.selector` of the Service with the labels of Gitea's pod",
    },
  });
}

/** What the probe of the pods means, once they are ready. Kept pods have no probes of their own. */
async function readiness(sight: Sight, pods: readonly KubeObject[]): Promise<readonly Outcome[]> {
  const found = (await sight.see(ruleFindings))?.get(CODE) ?? [];
  const faults = trueFindings(found, { isTrue: ({ object }) => !object.startsWith('Pod ') });
  const names = pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  return faults.length > 0
    ? faults.map(outcomeOf)
    : [
        passed(
          CODE,
          names.length === 0 ? 'its Service has endpoints' : `ready: ${names.join(', ')}`,
        ),
      ];
}
