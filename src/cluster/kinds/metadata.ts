import type { KubeObject } from '../object';
import { maskWhole } from '../mask/text';
import type { Keep } from './keep';
import { entries, only } from './keep';

/** Annotation with the whole object as it was applied, secrets included. */
const APPLIED = /last-applied/;

/** What is kept of annotations where anybody puts anything: those of tools that make, copy or restart objects. */
const OF_TOOLS =
  /^(cert-manager\.io|acme\.cert-manager\.io|controller\.cert-manager\.io|reflector\.v1\.k8s\.emberstack\.com|replicator\.v1\.mittwald\.de|gitea-registry|meta\.helm\.sh|helm\.sh|checksum|kubectl\.kubernetes\.io|reconcile\.external-secrets\.io)\//;

const annotation = (value: unknown, name: string): unknown =>
  typeof value === 'string' && !APPLIED.test(name) ? maskWhole(value) : undefined;

const FIELDS =
  'name namespace labels uid creationTimestamp deletionTimestamp generation ownerReferences';

const routing: Keep = only(FIELDS, { annotations: entries(annotation) });

const plain: Keep = only(FIELDS, {
  annotations: entries((value, name) =>
    OF_TOOLS.test(name) ? annotation(value, name) : undefined,
  ),
});

/** Which annotations stay: `all` where controllers read them, `tools` elsewhere. */
export type Annotations = 'all' | 'tools';

/** Identity of an object, with the annotations that matter. */
export function keepIdentity(object: KubeObject, annotations: Annotations): KubeObject {
  const metadata = (annotations === 'all' ? routing : plain)(object.metadata);
  const { apiVersion, kind } = object;
  return {
    ...(apiVersion !== undefined && { apiVersion }),
    ...(kind !== undefined && { kind }),
    metadata: metadata as KubeObject['metadata'],
  };
}

/** Identity and some fields of an object. */
export function keepObject(fields: Keep, annotations: Annotations = 'tools') {
  return (object: KubeObject): KubeObject => ({
    ...keepIdentity(object, annotations),
    ...(fields(object) as object),
  });
}
