import { ClusterError } from '../error';
import type { KubectlOptions } from './process';
import { ProcessWatch } from './process';
import type { Question } from './refusal';
import { readRefusal } from './refusal';

/** What a port leads to. */
export interface ForwardTarget {
  readonly namespace: string;
  /** `svc/gitea-http`, `pod/gitea-0`, `deployment/gitea`. */
  readonly resource: string;
  /** Port of the Service or the container, as kubectl takes it. */
  readonly port: number;
}

/** A port of this machine that leads into the cluster until it is closed. */
export interface Forward {
  /** Port on 127.0.0.1. */
  readonly port: number;
  /** Ends it; resolves when kubectl is gone. */
  close(): Promise<void>;
}

const READY = /^Forwarding from 127\.0\.0\.1:(\d+) ->/m;

/**
 * Starts `kubectl port-forward` on a free port of 127.0.0.1 and waits until it listens. It ends with `close`, with the
 * signal, and with this process.
 *
 * @throws ClusterError
 */
export async function openForward(
  options: KubectlOptions,
  { namespace, resource, port }: ForwardTarget,
): Promise<Forward> {
  if (!/^[a-z]+\/[a-z0-9][a-z0-9.-]*$/.test(resource)) {
    throw new ClusterError(`a port leads to 'svc/NAME' or 'pod/NAME', not '${resource}'`, 'failed');
  }
  const question: Question = {
    words: `forward a port to ${resource}`,
    verb: 'create',
    resource: 'pods/portforward',
    namespace,
  };
  const where = ['--address=127.0.0.1', `--namespace=${namespace}`, resource, `:${port}`];
  const watch = new ProcessWatch(options, ['port-forward', ...where], question);
  const orphaned = (): void => watch.kill();
  process.once('exit', orphaned);
  const gone = watch.ended
    .then(
      () => undefined,
      () => undefined,
    )
    .finally(() => process.off('exit', orphaned));
  return { port: await listening(watch, question), close: () => closed(watch, gone) };
}

/** The port kubectl listens on, once it says so. */
async function listening(watch: ProcessWatch, question: Question): Promise<number> {
  const said = new Promise<number>((resolve) => {
    let text = '';
    watch.process.stdout.setEncoding('utf8').on('data', (piece: string) => {
      // Later lines tell of each connection; nobody needs them.
      text = text.length < 4096 ? text + piece : text;
      const [, port] = READY.exec(text) ?? [];
      if (port !== undefined) {
        watch.mayBeSilent();
        resolve(Number(port));
      }
    });
  });
  const ended = watch.ended.then((): never => {
    throw readRefusal(watch.stderr, question);
  });
  return Promise.race([said, ended]);
}

async function closed(watch: ProcessWatch, gone: Promise<void>): Promise<void> {
  watch.kill();
  await gone;
}
