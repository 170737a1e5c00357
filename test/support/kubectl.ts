import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { FakeCluster } from '../../src/testing';

const isInstalled = (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
  try {
    accessSync(join(folder, 'kubectl'), constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

/** `describe` for tests that run the real kubectl; where none is installed they are skipped, and that is said once a file. */
export function withKubectl(name: string, tests: () => void): void {
  if (!isInstalled) console.warn(`no kubectl in PATH: skipped '${name}'`);
  (isInstalled ? describe : describe.skip)(name, tests);
}

/** What a run of kubectl is given besides its arguments. */
export interface KubectlInput {
  /** Standard input. @default '' */
  readonly input?: string;
  /** Variables beside those of the test. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a run of kubectl ended. */
export interface KubectlRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Registers hooks that keep kubectl's discovery cache in a folder of this file, by KUBECACHEDIR, which every kubectl a test
 * starts inherits: ports are used again, and a cluster must not be taken for the one before it.
 */
export function ownKubectlCache(): void {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubectl-cache-'));
    process.env['KUBECACHEDIR'] = folder;
  });
  afterEach(() => {
    delete process.env['KUBECACHEDIR'];
    rmSync(folder, { recursive: true, force: true });
  });
}

/** Runs the real kubectl on a fake cluster, to its end. */
export async function kubectl(
  cluster: FakeCluster,
  args: readonly string[],
  { input = '', environment = {} }: KubectlInput = {},
): Promise<KubectlRun> {
  const child = startKubectl(cluster, args, environment);
  child.stdin!.end(input);
  const [exitCode, stdout, stderr] = await Promise.all([
    new Promise<number | null>((resolve, reject) =>
      child.once('error', reject).once('close', resolve),
    ),
    textOf(child.stdout!),
    textOf(child.stderr!),
  ]);
  return { exitCode, stdout, stderr };
}

/** Starts the real kubectl and leaves it running: the test ends it. */
export function startKubectl(
  cluster: FakeCluster,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn('kubectl', args, {
    env: { ...process.env, KUBECONFIG: cluster.kubeconfig, ...environment },
  });
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
