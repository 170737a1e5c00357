import type { Cluster, KubeObject } from '../../../cluster';
import { Cursor } from '../../../rules/cursor';
import type { Link } from './chain';
import { conditionOf, conditionText, isReady } from '../conditions';

/** The issuer of a Certificate or CertificateRequest, when it is absent or not ready; those of other groups are not known. */
export async function unreadyIssuer(
  cluster: Cluster,
  asking: KubeObject,
): Promise<Link | undefined> {
  const reference = new Cursor(asking).get('spec', 'issuerRef');
  const group = reference.get('group').text ?? 'cert-manager.io';
  const kind = reference.get('kind').text ?? 'Issuer';
  const name = reference.get('name').text;
  const isClusterWide = kind === 'ClusterIssuer';
  if (group !== 'cert-manager.io' || name === undefined) {
    return undefined;
  }
  const { objects, missing } = await cluster.objects(isClusterWide ? 'clusterissuers' : 'issuers');
  const issuer = objects.find(
    ({ metadata }) =>
      metadata.name === name && (isClusterWide || metadata.namespace === asking.metadata.namespace),
  );
  if (issuer) {
    return isReady(issuer) ? undefined : notReady(issuer);
  }
  return missing ? undefined : absent(asking, kind, name);
}

function notReady(issuer: KubeObject): Link {
  return {
    object: issuer,
    message: conditionText(conditionOf(issuer, 'Ready')) ?? 'no controller has looked at it',
    fix: 'mend the issuer first: account, server and network of cert-manager; the certificate follows by itself',
    hasFailed: true,
  };
}

function absent(asking: KubeObject, kind: string, name: string): Link {
  return {
    object: asking,
    message: `${kind} '${name}' does not exist`,
    fix: `create ${kind} '${name}', or name one that exists in issuerRef`,
    hasFailed: true,
  };
}
