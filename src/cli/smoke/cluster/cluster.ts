import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { Kubectl } from '../../../cluster';
import { PodWriter } from '../../../operate/pull-test/pod-writer';
import type { PullPod } from '../../../operate/pull-test/pull-pod';
import { pullPod } from '../../../operate/pull-test/pull-pod';
import type { PullTest } from '../../../operate/pull-test/pull-test';
import { pullTest } from '../../../operate/pull-test/pull-test';
import { CommandError, EXIT } from '../../exit';
import type { Io } from '../../io';
import { liveReport } from '../../report/live-report';
import { printLive } from '../../report/print-live';
import { giveResult } from '../../result';
import { colorsFor, showsUnicode } from '../../terminal';
import type { SmokeOptions } from '../smoke';
import { stepLines } from '../step-lines';
import type { LeftPod, PullStep } from './pull-steps';
import { PULL_STEPS, pullSteps } from './pull-steps';
import { pullSubject } from './pull-subject';

/** Milliseconds a pull may take when nobody says. */
const TIMEOUT_MS = 120_000;

/**
 * `gitea-registry smoke --cluster NAMESPACE`: prints a Pod that pulls an image of the registry; with `--apply` creates
 * it, watches the pull and deletes it.
 *
 * @returns the exit code: 1 when the pull failed, 3 when it was not decided
 * @throws CommandError (exit 2) for wrong options, (exit 3) when the Pod could not be created; the interruption, once
 * the Pod is deleted
 */
export async function clusterSmoke(
  host: string | undefined,
  options: SmokeOptions,
  io: Io,
  argv: readonly string[],
): Promise<number> {
  const subject = await pullSubject(host, options, io);
  const plan = { ...subject, timeoutMs: options.timeout ?? TIMEOUT_MS };
  const pod = pullPod(plan);
  if (!options.apply || options.dryRun) {
    await giveResult(stringify(pod), options.outputFile, io);
    return EXIT.FINE;
  }
  io.err(`pulling ${subject.image} by pod ${pod.metadata.namespace}/${pod.metadata.name}\n`);
  const { test, left } = await applied(pod, plan.timeoutMs, options, io);
  const steps = pullSteps(subject, pod, test, left);
  await giveResult(printed(subject.host, steps, options, io, argv), options.outputFile, io);
  return exitOf(steps);
}

interface Applied {
  readonly test: PullTest;
  readonly left?: LeftPod;
}

/** A Pod that is left is told in the report, and where there is none, at once. */
async function applied(
  pod: PullPod,
  timeoutMs: number,
  { context, kubeconfig }: SmokeOptions,
  io: Io,
): Promise<Applied> {
  const access = {
    ...(context !== undefined && { context }),
    ...(kubeconfig !== undefined && { kubeconfig: resolve(io.cwd, kubeconfig) }),
  };
  const signal = io.interrupted();
  const writer = new PodWriter(access);
  const kubectl = new Kubectl({ ...access, signal });
  let left: LeftPod | undefined;
  let isTold = false;
  const onLeft = (error: unknown): void => {
    left = {
      message: `the pod may be left: ${error instanceof Error ? error.message : String(error)}`,
      command: writer.deletion(pod),
    };
  };
  try {
    const test = await pullTest(pod, { timeoutMs }, { kubectl, writer, signal, onLeft });
    if (test.refusal) {
      throw new CommandError(test.refusal.message, EXIT.NO_TARGET, { cause: test.refusal });
    }
    isTold = true;
    return { test, ...(left && { left }) };
  } finally {
    if (left && !isTold) {
      io.err(`warning: ${left.message}; delete it: ${left.command}\n`);
    }
  }
}

function exitOf(steps: readonly PullStep[]): number {
  const pull = steps.find(({ name }) => name === 'pull');
  return pull?.status === 'fail'
    ? EXIT.FAILED
    : pull?.status === 'pass'
      ? EXIT.FINE
      : EXIT.NO_TARGET;
}

function printed(
  host: string,
  steps: readonly PullStep[],
  { output }: SmokeOptions,
  io: Io,
  argv: readonly string[],
): string {
  const style = { colors: colorsFor(argv, io, io.outIsTerminal), unicode: showsUnicode(io) };
  return output === 'text'
    ? `${stepLines(steps, PULL_STEPS, style).join('\n')}\n`
    : printLive({ report: liveReport({ host, results: steps }) }, output, 'smoke', style);
}
