import { quote } from '../../declaration/problem';
import type { Severity } from '../check';
import type { Cursor } from '../cursor';
import { forgeOfImage } from '../read/forge-image';
import { isServer } from '../read/server-workload';
import type { Workload } from '../read/workload';
import type { Rule, Violation } from '../rule';

/** REG560: a TCP probe is content with an open port, also while the database is being migrated. */
export const giteaReady: Rule = {
  code: 'REG560',
  slug: 'gitea-ready',
  title: "Gitea's readiness probe asks `/api/healthz`",
  severity: 'error',
  why: 'a pod counts as ready as soon as its port is open, or its home page answers, also while the database or the cache is out of reach: pushes then fail with 500 instead of waiting',
  shows: [
    '`kubectl get pods`: READY 1/1, while `curl -i http://POD:3000/api/healthz` answers 424',
    'the proxy answers 502 or 503 `no available server` for some seconds after each rollout',
  ],
  fix: "`gitea.readinessProbe: {httpGet: {path: /api/healthz, port: http}}` (a `httpGet` takes the place of the chart's `tcpSocket`)",
  links: [
    'https://github.com/go-gitea/gitea/pull/18465',
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  ],
  judgeRegistry: ({ forges, values }) => [
    ...forges.filter(isServer).flatMap(workloadViolations),
    ...values.flatMap(({ root }) => valuesViolations(root.get('gitea', 'readinessProbe'))),
  ],
};

function workloadViolations({ pod }: Workload): Violation[] {
  return pod
    .get('containers')
    .items()
    .filter((container) => forgeOfImage(container.get('image').text ?? ''))
    .flatMap((container) => {
      const probe = container.get('readinessProbe');
      return probe.exists
        ? probeViolations(probe, true)
        : [violation(container, 'no readiness probe')];
    });
}

/** Values are laid over the chart's own: only what they hold is judged. */
function valuesViolations(probe: Cursor): Violation[] {
  if (probe.get('enabled').value === false) {
    return [violation(probe.get('enabled'), 'the readiness probe is off')];
  }
  return probeViolations(probe, false);
}

function violation(at: Cursor, observed: string, severity?: Severity): Violation {
  return { at, observed, expected: '`httpGet` of /api/healthz', ...(severity && { severity }) };
}

/** @param complete whether the probe is all there is, not a part that is laid over another */
function probeViolations(probe: Cursor, complete: boolean): Violation[] {
  const request = probe.get('httpGet');
  if (request.exists) {
    return requestViolations(request, complete);
  }
  for (const kind of ['tcpSocket', 'exec', 'grpc']) {
    if (probe.get(kind).exists) {
      return [violation(probe.get(kind), `the readiness probe is \`${kind}\``, 'warning')];
    }
  }
  return complete ? [violation(probe, 'a readiness probe that asks nothing')] : [];
}

/** Below a sub-path (USE_SUB_URL_PATH) the path ends the same way. */
function requestViolations(request: Cursor, complete: boolean): Violation[] {
  const path = request.get('path');
  const known = path.text?.replace(/\?.*$/s, '').endsWith('/api/healthz');
  return known || (!path.exists && !complete)
    ? []
    : [
        violation(
          path.exists ? path : request,
          `the readiness probe asks ${path.exists ? quote(path.value) : 'no path'}`,
        ),
      ];
}
