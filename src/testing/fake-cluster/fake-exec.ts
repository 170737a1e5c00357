/** A command `kubectl exec` runs in a pod. */
export interface ExecCall {
  readonly namespace: string;
  readonly pod: string;
  /** @default - the pod's first container */
  readonly container?: string;
  readonly command: readonly string[];
}

/** What the command prints, and how it ends. */
export interface ExecAnswer {
  /** @default '' */
  readonly stdout?: string;
  /** @default '' */
  readonly stderr?: string;
  /** @default 0 */
  readonly exitCode?: number;
}

/** Answers of exec; undefined when the container has no such binary. */
export type FakeExec = (call: ExecCall) => ExecAnswer | undefined;
