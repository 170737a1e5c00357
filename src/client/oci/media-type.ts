/** What a manifest describes. */
export type ManifestKind = 'image' | 'index';

/** Media types of manifests (OCI image spec; Docker image manifest v2, schema 2) and what they describe. */
const KINDS: ReadonlyMap<string, ManifestKind> = new Map([
  ['application/vnd.oci.image.manifest.v1+json', 'image'],
  ['application/vnd.docker.distribution.manifest.v2+json', 'image'],
  ['application/vnd.oci.image.index.v1+json', 'index'],
  ['application/vnd.docker.distribution.manifest.list.v2+json', 'index'],
]);

/** `Accept` of every request for a manifest: without it Docker's registry answers in a form of 2015. */
export const ACCEPTED_MANIFESTS = [...KINDS.keys()].join(', ');

/** What a manifest of a media type describes; undefined for a type that is none of a manifest. */
export function kindOf(mediaType: string): ManifestKind | undefined {
  return KINDS.get(mediaType);
}

/** A `Content-Type` without its parameters. */
export function essence(contentType: string): string {
  return contentType.split(';')[0].trim().toLowerCase();
}
