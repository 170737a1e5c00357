import { ClusterError } from '../error';
import type { KubeObject } from '../object';
import { isMap } from '../object';
import type { Forward, ForwardTarget } from './forward';
import { openForward } from './forward';
import { ItemSplitter } from './item-splitter';
import { checkPodCommand } from './pod-command';
import type { KubectlOptions } from './process';
import { runKubectl } from './process';
import type { Question } from './refusal';

/** A container to look into. */
export interface PodPlace {
  readonly namespace: string;
  readonly name: string;
  /** @default - the one kubectl takes: by annotation, else the first */
  readonly container?: string;
}

/** Most characters a command in a pod may print; app.ini has some thousand. */
const MOST_OUTPUT = 1024 * 1024;

/** The user's own kubectl as a source of facts: it reads, and never writes. */
export class Kubectl {
  public constructor(private readonly options: KubectlOptions = {}) {}

  /**
   * Every object of a resource, reduced while it arrives: memory holds what `keep` returns and one object.
   *
   * @param resource as kubectl takes it: `pods`, `certificates.cert-manager.io`
   * @param namespace undefined for all
   * @param keep returns what stays of an object; undefined for nothing
   * @param fieldSelector such as `involvedObject.kind=Pod`. @default - all objects
   * @throws ClusterError, or the reason of the signal once that is aborted
   */
  public async list<T>(
    resource: string,
    namespace: string | undefined,
    keep: (object: KubeObject) => T | undefined,
    fieldSelector?: string,
  ): Promise<readonly T[]> {
    const kept: T[] = [];
    const splitter = new ItemSplitter((item) => {
      const one = isObject(item) ? keep(item) : undefined;
      if (one !== undefined) {
        kept.push(one);
      }
    });
    const question: Question = { words: `list ${resource}`, verb: 'list', resource, namespace };
    const reading = new Reading(splitter);
    const args = [
      'get',
      resource,
      namespace === undefined ? '--all-namespaces' : `--namespace=${namespace}`,
      ...(fieldSelector === undefined ? [] : [`--field-selector=${fieldSelector}`]),
      '--output=json',
    ];
    await runKubectl(this.options, args, question, (chunk) => reading.write(chunk));
    reading.end(question);
    return kept;
  }

  /**
   * API groups the cluster serves, such as `cert-manager.io`; undefined when the answer is of another form.
   *
   * @throws ClusterError
   */
  public async groups(): Promise<ReadonlySet<string> | undefined> {
    const question: Question = { words: 'list API groups', verb: 'get', resource: '/apis' };
    const text = await this.output(['get', '--raw=/apis'], question);
    const document = parsed(text);
    const groups = isMap(document) && Array.isArray(document.groups) ? document.groups : undefined;
    return groups && new Set(groups.map((group: unknown) => `${isMap(group) && group.name}`));
  }

  /**
   * What `cat FILE` or `df` prints in a container; no other command runs.
   *
   * @throws ClusterError, `no-shell` where the container has no such program
   */
  public async exec(
    { namespace, name, container }: PodPlace,
    command: readonly string[],
  ): Promise<string> {
    checkPodCommand(command);
    const question: Question = {
      words: `run '${command[0]}' in pod '${name}'`,
      verb: 'create',
      resource: 'pods/exec',
      namespace,
    };
    const place = [
      `--namespace=${namespace}`,
      ...(container === undefined ? [] : [`--container=${container}`]),
      `pod/${name}`,
    ];
    return this.output(['exec', ...place, '--', ...command], question);
  }

  /**
   * Opens a port of this machine that leads to a Service or pod.
   *
   * @throws ClusterError
   */
  public forward(target: ForwardTarget): Promise<Forward> {
    return openForward(this.options, target);
  }

  /** What kubectl prints, up to a megabyte. */
  private async output(args: readonly string[], question: Question): Promise<string> {
    const pieces: Buffer[] = [];
    let bytes = 0;
    await runKubectl(this.options, args, question, (chunk) => {
      bytes += chunk.length;
      if (bytes <= MOST_OUTPUT) {
        pieces.push(chunk);
      }
    });
    if (bytes > MOST_OUTPUT) {
      throw new ClusterError(
        `kubectl printed ${bytes} bytes when it was to ${question.words}, more than ${MOST_OUTPUT}`,
        'failed',
      );
    }
    return Buffer.concat(pieces).toString('utf8');
  }
}

/** Feeds a splitter, and keeps what it throws until kubectl has said its own part. */
class Reading {
  private fault: unknown;

  public constructor(private readonly splitter: ItemSplitter) {}

  public write(chunk: Buffer): void {
    this.attempt(() => this.splitter.write(chunk));
  }

  public end({ words }: Question): void {
    this.attempt(() => this.splitter.end());
    if (this.fault !== undefined) {
      // The text of a parser's error quotes what it read, and that may be a secret.
      throw new ClusterError(
        `kubectl printed no list of objects when it was to ${words}`,
        'failed',
      );
    }
  }

  private attempt(action: () => void): void {
    if (this.fault !== undefined) {
      return;
    }
    try {
      action();
    } catch (error) {
      this.fault = error;
    }
  }
}

function isObject(item: unknown): item is KubeObject {
  return isMap(item) && isMap(item.metadata) && typeof item.metadata.name === 'string';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
