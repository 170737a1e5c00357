import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Cluster } from '../../cluster';
import type * as clusterRoom from '../../cluster';
import type { RegistryDeclaration } from '../../declaration/model';
import { namespacesOf } from '../../declaration/pull-secret-reach';
import type { Io } from '../io';
import type { DoctorCommandOptions } from './options';

/** Whether the user wants the cluster looked at: never only because a kubeconfig lies around. */
export function wantsCluster({ context, kubeconfig, inventory }: DoctorCommandOptions): boolean {
  return context !== undefined || kubeconfig !== undefined || inventory === true;
}

/**
 * The cluster through the user's kubectl. Nothing is asked yet.
 *
 * @param declaration names the namespaces that are looked at where a list over all is forbidden
 */
export function clusterOf(
  { context, kubeconfig }: DoctorCommandOptions,
  declaration: RegistryDeclaration | undefined,
  io: Io,
  signal: AbortSignal,
): Cluster {
  // Nearly all of a list is dropped while it comes; V8 would rather grow by as much again than look for it.
  setFlagsFromString('--optimize-for-size');
  const { Cluster: Facts, Kubectl } = require('../../cluster') as typeof clusterRoom;
  const kubectl = new Kubectl({
    ...(context !== undefined && { context }),
    ...(kubeconfig !== undefined && { kubeconfig: resolve(io.cwd, kubeconfig) }),
    signal,
  });
  return new Facts(kubectl, { namespaces: declaredNamespaces(declaration) });
}

function declaredNamespaces(declaration: RegistryDeclaration | undefined): string[] {
  return declaration
    ? [declaration.release.namespace, ...declaration.pullSecrets.flatMap(namespacesOf)]
    : [];
}
