import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { ClusterError } from '../error';
import type { Question } from './refusal';
import { readRefusal } from './refusal';

/** How the user's kubectl is run. */
export interface KubectlOptions {
  /** The program. @default 'kubectl' */
  readonly kubectl?: string;
  /** Context of the kubeconfig. @default - the current one */
  readonly context?: string;
  /** File of the kubeconfig. @default - what kubectl takes: KUBECONFIG, ~/.kube/config, the pod it runs in */
  readonly kubeconfig?: string;
  /** Longest silence of kubectl, in milliseconds. @default 20000 */
  readonly timeoutMs?: number;
  /** Ends every kubectl that runs. */
  readonly signal?: AbortSignal;
}

/** How one kubectl differs from those that read. */
export interface KubectlRun {
  /** What it reads from stdin. @default - it has none, so that it cannot ask for a password */
  readonly input?: string;
  /** Whether Ctrl-C on the terminal and the end of this process leave it running. @default false */
  readonly isDetached?: boolean;
}

/** kubectl while it runs. */
export type KubectlProcess = ChildProcessByStdio<Writable | null, Readable, Readable>;

const TIMEOUT_MS = 20_000;

/** Bytes of stderr that are kept. Its end tells: client-go repeats itself before. */
const MOST_STDERR = 64 * 1024;

/** Starts kubectl, without a shell. */
export function startKubectl(
  options: KubectlOptions,
  args: readonly string[],
  { input, isDetached = false }: KubectlRun = {},
): KubectlProcess {
  const { kubectl = 'kubectl', context, kubeconfig } = options;
  const general = [
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
  ];
  const started = spawn(kubectl, [...general, ...args], {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: isDetached,
    windowsHide: true,
    // Of this process, whose variables tests set; the registry's token is none of kubectl's business.
    env: { ...process.env, GITEA_REGISTRY_TOKEN: undefined },
  }) as KubectlProcess;
  // One that ends before it read everything says why on stderr.
  started.stdin?.on('error', () => undefined).end(input);
  return started;
}

/**
 * Runs kubectl to its end.
 *
 * @param read gets what it prints, piece by piece
 * @throws ClusterError when it fails or is silent for too long; the reason of the signal once that is aborted
 */
export async function runKubectl(
  options: KubectlOptions,
  args: readonly string[],
  question: Question,
  read: (chunk: Buffer) => void,
  run: KubectlRun = {},
): Promise<void> {
  const watch = new ProcessWatch(options, args, question, run);
  watch.process.stdout.on('data', (chunk: Buffer) => {
    watch.heard();
    read(chunk);
  });
  const status = await watch.ended;
  if (status !== 0) {
    throw readRefusal(watch.stderr, question);
  }
}

/** One kubectl with everything that ends it: its own end, silence, the signal. */
export class ProcessWatch {
  public readonly process: KubectlProcess;
  /**
   * Settles when nothing of the process is left to read: with its exit status, or with the reason why it was ended.
   */
  public readonly ended: Promise<number | null>;
  private readonly timer: NodeJS.Timeout;
  private said = '';

  public constructor(
    options: KubectlOptions,
    args: readonly string[],
    question: Question,
    run: KubectlRun = {},
  ) {
    const { timeoutMs = TIMEOUT_MS, signal } = options;
    signal?.throwIfAborted();
    this.process = startKubectl(options, args, run);
    const abort = new AbortController();
    const silent = new ClusterError(
      `kubectl had no answer within ${timeoutMs / 1000} s when it was to ${question.words}; look at the network and the load of the API server`,
      'timeout',
    );
    this.timer = setTimeout(() => abort.abort(silent), timeoutMs);
    const interrupt = (): void => abort.abort(signal?.reason);
    signal?.addEventListener('abort', interrupt, { once: true });
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-MOST_STDERR);
    });
    this.ended = this.untilEnd(abort.signal).finally(() => {
      clearTimeout(this.timer);
      signal?.removeEventListener('abort', interrupt);
    });
    // Whoever waits for another event first must not lose the process over this one.
    this.ended.catch(() => undefined);
  }

  /** What it wrote to stderr, cut at the front. */
  public get stderr(): string {
    return this.said;
  }

  /** Starts the time of silence anew. */
  public heard(): void {
    this.timer.refresh();
  }

  /** Lets it run however long it is silent. */
  public mayBeSilent(): void {
    clearTimeout(this.timer);
  }

  private untilEnd(abort: AbortSignal): Promise<number | null> {
    return new Promise((resolve, reject) => {
      this.process.once('error', (error: NodeJS.ErrnoException) => reject(notStarted(error)));
      this.process.once('close', (status) => resolve(status));
      abort.addEventListener('abort', () => {
        this.kill();
        reject(abort.reason as Error);
      });
    });
  }

  /** Ends it now. Its pipes are closed too: a credential plugin may hold the other ends. */
  public kill(): void {
    this.process.kill();
    this.process.stdout.destroy();
    this.process.stderr.destroy();
  }
}

function notStarted(error: NodeJS.ErrnoException): ClusterError {
  const words =
    error.code === 'ENOENT'
      ? 'there is no kubectl on this machine'
      : `kubectl cannot be started (${error.code ?? error.message})`;
  return new ClusterError(`${words}: install it, or put it on the PATH`, 'no-kubectl', undefined, {
    cause: error,
  });
}
