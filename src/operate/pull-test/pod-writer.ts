import type { KubectlOptions } from '../../cluster';
import { ClusterError } from '../../cluster';
import { runKubectl } from '../../cluster/kubectl/process';
import type { Question } from '../../cluster/kubectl/refusal';
import { shellWord } from '../../declaration/shell-word';
import type { PullPod } from './pull-pod';

/** How kubectl is run to write; Ctrl-C cuts no write off, or nobody would know what became of it. */
export type PodWriterOptions = Omit<KubectlOptions, 'signal'>;

/** Creates and deletes the Pod of a pull test, and writes nothing else. */
export class PodWriter {
  public constructor(private readonly options: PodWriterOptions) {}

  /** @throws ClusterError; {@link mayBeThere} tells whether the Pod may have been created all the same */
  public create(pod: PullPod): Promise<void> {
    const args = ['create', '--filename=-', '--output=name'];
    return this.write(args, asked('create', pod), JSON.stringify(pod));
  }

  /** Asks for its end and does not wait for it. A Pod that is not there is none to delete. @throws ClusterError */
  public delete(pod: PullPod): Promise<void> {
    const args = ['delete', 'pod', pod.metadata.name, '--ignore-not-found', '--wait=false'];
    return this.write(args, asked('delete', pod));
  }

  /** What a user runs to delete the Pod himself. */
  public deletion({ metadata: { name, namespace } }: PullPod): string {
    const { kubectl = 'kubectl', context, kubeconfig } = this.options;
    return [
      kubectl,
      ...(context === undefined ? [] : [`--context=${context}`]),
      ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
      'delete',
      'pod',
      name,
      `--namespace=${namespace}`,
    ]
      .map(shellWord)
      .join(' ');
  }

  private write(args: readonly string[], question: Question, input?: string): Promise<void> {
    const place = [`--namespace=${question.namespace}`, ...args];
    return runKubectl(this.options, place, question, () => undefined, {
      isDetached: true,
      ...(input !== undefined && { input }),
    });
  }
}

/** Whether a create that failed may have been done: only an answer, or none to ask, says that it was not. */
export function mayBeThere(error: unknown): boolean {
  return !(
    error instanceof ClusterError &&
    (/^(no-kubectl|no-config|credential|forbidden|no-kind|not-found)$/.test(error.reason) ||
      // The API server answered: one of that name is there (409), or the object is refused (422).
      /Error from server \((AlreadyExists|Invalid|BadRequest)\)/.test(error.message))
  );
}

function asked(verb: 'create' | 'delete', { metadata: { name, namespace } }: PullPod): Question {
  return { words: `${verb} pod '${name}'`, verb, resource: 'pods', namespace };
}
