import { serverText } from '../../../client/server-text';
import type { PullPod } from '../../../operate/pull-test/pull-pod';
import type { PullTest } from '../../../operate/pull-test/pull-test';
import type { LiveResult } from '../../report/live-report';
import { pullCause } from './pull-cause';
import type { PullSubject } from './pull-subject';

/** Steps of a pull test, in order. */
export const PULL_STEPS = ['create', 'pull', 'delete'] as const;

/** One of {@link PULL_STEPS} and what became of it. */
export interface PullStep extends LiveResult {
  readonly name: (typeof PULL_STEPS)[number];
}

/** A Pod that could not be deleted. */
export interface LeftPod {
  /** Why. */
  readonly message: string;
  /** What deletes it. */
  readonly command: string;
}

/** Code of a pull that goes well. */
const CODE = 'REG561';

/** What became of each step of a pull test whose Pod was created. */
export function pullSteps(
  subject: PullSubject,
  { metadata: { namespace, name } }: PullPod,
  test: PullTest,
  left: LeftPod | undefined,
): readonly PullStep[] {
  return [
    { name: 'create', status: 'pass', code: CODE, observed: `pod ${namespace}/${name}` },
    pullStep(subject, test),
    left === undefined
      ? { name: 'delete', status: 'pass', code: CODE, observed: 'pod deleted' }
      : {
          name: 'delete',
          status: 'warn',
          code: CODE,
          observed: `${left.message}; delete it: ${left.command}`,
          why: 'a Pod that is left stops by itself and stays in the list',
          fix: { kind: 'command', text: left.command },
        },
  ];
}

function pullStep(subject: PullSubject, { state, lost }: PullTest): PullStep {
  if (state?.kind === 'pulled') {
    return { name: 'pull', status: 'pass', code: CODE, observed: serverText(state.said) };
  }
  if (state?.kind === 'failed') {
    const { code, words, fix } = pullCause(state, subject);
    return {
      name: 'pull',
      status: 'fail',
      code,
      observed: words,
      ...(fix !== undefined && { fix: { kind: 'text', text: fix } }),
    };
  }
  const said = state === undefined ? lost?.message : state.said;
  return { name: 'pull', status: 'skip', code: CODE, note: `undecided: ${serverText(said ?? '')}` };
}
