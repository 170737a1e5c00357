import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { shellCommands } from '../read/shell-command';
import { containersOf, workloadOf } from '../read/workload';

/** A simple command that a pipeline runs, word by word, and where it stands. */
export interface PipelineCommand {
  readonly words: readonly string[];
  readonly at: Cursor;
}

/** What one manifest makes a cluster run once: a Job, a Tekton task, an Argo workflow. */
export interface Pipeline {
  readonly commands: readonly PipelineCommand[];
  /** Variables of its steps, `NAME=value`. */
  readonly variables: readonly string[];
}

/** The pipelines whose commands a `hint` tells of. */
export function pipelines(estate: Estate, hint: string): readonly Pipeline[] {
  return estate.remember(`pipelines with ${hint}`, () =>
    estate
      .ofKind(...KINDS.keys())
      .map((manifest) => KINDS.get(manifest.kind)!(manifest))
      .filter((steps) => steps.some((step) => textsOf(step).some((at) => at.text!.includes(hint))))
      .map((steps) => ({
        commands: steps.flatMap(commandsOf),
        variables: steps.flatMap(variablesOf),
      })),
  );
}

/** The steps of a pipeline, each with `command`, `args`, `script` or `source`. */
type Steps = (manifest: Manifest) => Cursor[];

const ofPod: Steps = (manifest) => {
  const workload = workloadOf(manifest);
  return workload ? containersOf(workload.pod) : [];
};

const ofTask =
  (...path: readonly string[]): Steps =>
  ({ root }) =>
    root.get(...path, 'steps').items();

const ofPipeline =
  (...path: readonly string[]): Steps =>
  ({ root }) => {
    const spec = root.get(...path);
    return [...spec.get('tasks').items(), ...spec.get('finally').items()].flatMap((task) =>
      task.get('taskSpec', 'steps').items(),
    );
  };

const ofWorkflow =
  (...path: readonly string[]): Steps =>
  ({ root }) =>
    root
      .get(...path, 'templates')
      .items()
      .flatMap((template) => [template.get('container'), template.get('script')])
      .filter((step) => step.isMap);

const KINDS: ReadonlyMap<string, Steps> = new Map([
  ['Job', ofPod],
  ['CronJob', ofPod],
  ['Pod', ofPod],
  ['Task', ofTask('spec')],
  ['ClusterTask', ofTask('spec')],
  ['TaskRun', ofTask('spec', 'taskSpec')],
  ['Pipeline', ofPipeline('spec')],
  ['PipelineRun', ofPipeline('spec', 'pipelineSpec')],
  ['Workflow', ofWorkflow('spec')],
  ['WorkflowTemplate', ofWorkflow('spec')],
  ['ClusterWorkflowTemplate', ofWorkflow('spec')],
  ['CronWorkflow', ofWorkflow('spec', 'workflowSpec')],
]);

/** Every text of a step that may hold a command, or a part of one. */
function textsOf(step: Cursor): Cursor[] {
  return [
    step.get('script'),
    step.get('source'),
    ...step.get('command').items(),
    ...step.get('args').items(),
  ].filter(({ text }) => text !== undefined);
}

/** A command given word by word, and the scripts among its words. */
function commandsOf(step: Cursor): PipelineCommand[] {
  const texts = textsOf(step);
  const scripts = texts.filter(({ text }) => /\s/.test(text!));
  const words = [...step.get('command').items(), ...step.get('args').items()];
  return [
    { words: words.flatMap(({ text }) => text ?? []), at: step },
    ...scripts.flatMap((at) => shellCommands(at.text!).map((command) => ({ words: command, at }))),
  ];
}

function variablesOf(step: Cursor): string[] {
  return step
    .get('env')
    .items()
    .map((entry) => `${entry.get('name').text}=${entry.get('value').scalar}`);
}
