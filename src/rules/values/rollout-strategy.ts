import type { Cursor } from '../cursor';
import type { Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { mountedClaims, valuesAccess } from './data-claims';

/** REG631: the charts roll by default, and their volume admits one node. */
export const rolloutStrategy: Rule = {
  code: 'REG631',
  slug: 'rollout-strategy',
  title: 'a single replica on a volume for one node is recreated, not rolled',
  severity: 'error',
  why: 'a rolling update starts the new pod before the old one is gone: it cannot mount the volume on another node, or cannot lock the queues on the same one, never gets ready, and the old pod is never stopped',
  shows: [
    '`kubectl get pods`: two pods, one ContainerCreating or CrashLoopBackOff for hours',
    '`kubectl describe pod`: `Multi-Attach error for volume … Volume is already used by pod(s) …`',
    'log of the new pod: `unable to lock level db at /data/queues/common: resource temporarily unavailable`',
  ],
  fix: '`strategy.type: Recreate` (in a Deployment `spec.strategy.type`, without `rollingUpdate`)',
  links: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment',
    'https://github.com/go-gitea/gitea/issues/18917',
  ],
  judgeRegistry: (registry) => [
    ...registry.forges.flatMap((workload) => rolledWorkload(registry, workload)),
    ...rolledValues(registry),
  ],
};

const EXPECTED = '`Recreate`';

function rolledWorkload(registry: RegistryView, workload: Workload): Violation[] {
  const { kind, root } = workload.manifest;
  const spec = root.get('spec');
  const replicas = spec.get('replicas').value ?? 1;
  const strategy = spec.get('strategy');
  if (kind !== 'Deployment' || replicas !== 1 || !rolls(strategy, true)) {
    return [];
  }
  const single = mountedClaims(registry, workload).find(({ access }) => access === 'single');
  return single
    ? [
        {
          at: strategy.exists ? strategy : spec,
          observed: `${describe(strategy)}, with claim '${single.claim}' for one node`,
          expected: EXPECTED,
        },
      ]
    : [];
}

/**
 * Whether a new pod is started before the old one is stopped. Without a surge the old one goes first.
 *
 * @param byDefault what holds where no type is written
 */
function rolls(strategy: Cursor, byDefault: boolean): boolean {
  const type = strategy.get('type').text;
  const surge = strategy.get('rollingUpdate', 'maxSurge').scalar;
  const isRolling = type === undefined ? byDefault : type === 'RollingUpdate';
  return isRolling && !/^0+%?$/.test(surge ?? '');
}

function describe(strategy: Cursor): string {
  return strategy.get('type').exists ? 'RollingUpdate' : 'no strategy, which is RollingUpdate';
}

/** Values of one release are read together: one file names the strategy, another the volume. */
function rolledValues(registry: RegistryView): Violation[] {
  const { values } = registry;
  const isScaled = values.some(({ root }) => Number(root.get('replicaCount').scalar ?? 1) !== 1);
  const isEmpty = values.some(({ root }) => root.get('persistence', 'enabled').value === false);
  const strategies = values.map(({ root }) => root.get('strategy')).filter(({ exists }) => exists);
  // Of several files nobody here knows which is laid over the others.
  const isRecreated = strategies.some((strategy) => strategy.get('type').text === 'Recreate');
  return isScaled || isEmpty || isRecreated || valuesAccess(registry) !== 'single'
    ? []
    : strategies
        .filter((strategy) => rolls(strategy, false))
        .map((strategy) => ({
          at: strategy.get('type'),
          observed: "strategy 'RollingUpdate', with one replica and a volume for one node",
          expected: EXPECTED,
        }));
}
