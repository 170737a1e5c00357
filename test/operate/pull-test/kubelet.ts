import type { KubeObject } from '../../../src/cluster';

/** The Pod with a status as kubelet writes it. */
export function podWith(status: object): KubeObject {
  return { metadata: { name: 'p', namespace: 'n' }, status };
}

/** The Pod whose container is in a state. */
export function containerIn(state: object, more: object = {}): KubeObject {
  return podWith({
    phase: 'Pending',
    containerStatuses: [{ name: 'pull', imageID: '', state, ...more }],
  });
}

/** An event about the container, or about another one or the whole Pod. */
export function event(
  reason: string,
  message = '',
  fieldPath: string | undefined = 'spec.containers{pull}',
): KubeObject {
  return {
    metadata: { name: `p.${reason}` },
    type: /^(Pull|Sched)/.test(reason) ? 'Normal' : 'Warning',
    reason,
    message,
    involvedObject: { kind: 'Pod', name: 'p', namespace: 'n', ...(fieldPath && { fieldPath }) },
  };
}
