import { releaseTls } from '../../../declaration/route';
import type { ClusterError, KubeObject } from '../../../cluster';

import { Cursor } from '../../../rules/cursor';
import { hostMatches } from '../../../rules/read/traefik-matcher';
import type { Observation } from '../../sight';
import { ownRegistry } from '../own-registry';

/** Certificates of cert-manager that are meant for the registry host. */
export interface OwnCertificates {
  readonly certificates: readonly KubeObject[];
  /** Why some may be missing; `no-kind` without cert-manager. */
  readonly missing?: ClusterError;
}

/** Those that write a secret the routes of the host use, and those for the host beside them. */
export const ownCertificates: Observation<OwnCertificates | undefined> = async (sight) => {
  const { cluster, declaration } = sight.request;
  const registry = await sight.see(ownRegistry);
  if (cluster === undefined || registry?.hostName === undefined) {
    return undefined;
  }
  const host = registry.hostName;
  const tls = releaseTls(declaration?.route);
  const used = new Set([
    ...registry.routes
      .flatMap(({ tlsSecrets }) => tlsSecrets)
      .map(({ name, namespace }) => `${namespace}/${name}`),
    ...(tls ? [`${declaration!.release.namespace}/${tls.secretName}`] : []),
  ]);
  const { objects, missing } = await cluster.objects('certificates');
  const written = objects.filter((one) => used.has(secretOf(one)));
  // A secret of another name is meant for something else, unless no route tells which is used.
  const certificates = used.size > 0 ? written : objects.filter((one) => isFor(one, host));
  return { certificates, ...(missing && { missing }) };
};

function secretOf({ metadata, spec }: KubeObject): string {
  return `${metadata.namespace}/${new Cursor(spec).get('secretName').text}`;
}

function isFor({ spec }: KubeObject, host: string): boolean {
  const names = new Cursor(spec).get('dnsNames').items();
  return names.some(({ text }) => text !== undefined && hostMatches(text, host));
}
