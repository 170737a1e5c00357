import { Cluster } from '../../../src/cluster';
import { parseDeclaration } from '../../../src/declaration';
import { diagnose } from '../../../src/doctor';
import type { Diagnosis } from '../../../src/doctor';
import { CLUSTER_PROBES } from '../../../src/doctor/cluster';
import type { Probe } from '../../../src/doctor/probe';
import { objectSource } from './object-source';
import { NOW } from './table/capacity';
import type { FoundCluster } from './table/scenario';

/** Nobody listens there: what asks the network gets no answer, and leaves this machine nowhere. */
const NOWHERE = new URL('http://127.0.0.1:1');

/**
 * What the doctor says of a cluster on the day of the table, with the declaration that the cluster holds itself.
 *
 * @param probes @default - all that look at clusters
 */
export async function diagnoseCluster(
  found: FoundCluster,
  probes: readonly Probe[] = CLUSTER_PROBES,
): Promise<Diagnosis> {
  const declared = found.objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'gitea-registry',
  ) as { data?: { 'registry.json'?: string } } | undefined;
  const json = declared?.data?.['registry.json'];
  const request = {
    host: 'gitea.coulomb.social',
    paths: [{ name: 'ingress', origin: NOWHERE }],
    cluster: new Cluster(objectSource(found), { namespaces: ['default'] }),
    ...(json !== undefined && { declaration: parseDeclaration(json) }),
  };
  return diagnose(request, { now: () => NOW, requestTimeoutMs: 1000 }, probes);
}
