import type { Command } from 'commander';

/** Options of every command that asks a cluster, as commander gives them. */
export interface ClusterOptions {
  /** Context of the kubeconfig. @default - the current one */
  readonly context?: string;
  /** File, from the working folder. @default - what kubectl takes: KUBECONFIG, ~/.kube/config, the pod it runs in */
  readonly kubeconfig?: string;
}

/** Adds {@link ClusterOptions}. */
export function clusterAccess(command: Command): Command {
  return command
    .option('--context <name>', 'context of the kubeconfig (default: the current one)')
    .option('--kubeconfig <file>', 'kubeconfig of the cluster (default: as kubectl finds it)');
}
