import type { Descriptor } from './descriptor';
import { isObject, isTextMap, malformed, readDescriptor } from './descriptor';
import { digestOf } from './digest';
import type { ManifestKind } from './media-type';
import { essence, kindOf } from './media-type';

/** Largest manifest Gitea takes, and the OCI distribution spec asks every registry to take; bytes. */
export const MOST_MANIFEST_BYTES = 10 * 1024 * 1024;

/** A manifest as it goes over the wire; its digest is that of these bytes. */
export interface ManifestBytes {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** What every manifest has. */
interface AnyManifest extends ManifestBytes {
  /** Of the bytes. */
  readonly descriptor: Descriptor;
  readonly artifactType?: string;
  readonly annotations?: { readonly [name: string]: string };
  /** Manifest this one is about, such as the image of a signature. */
  readonly subject?: Descriptor;
}

/** An image: a config and layers (OCI image manifest, Docker image manifest v2 schema 2). */
export interface ImageManifest extends AnyManifest {
  readonly kind: 'image';
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** Manifests for several platforms (OCI image index, Docker manifest list). */
export interface ImageIndex extends AnyManifest {
  readonly kind: 'index';
  readonly manifests: readonly Descriptor[];
}

export type Manifest = ImageManifest | ImageIndex;

/**
 * Reads a manifest. A document that could be taken for an image and for an index at once is refused (CVE-2021-41190).
 *
 * @param mediaType `Content-Type` it came with
 * @throws ClientError REG471
 */
export function parseManifest({ mediaType: sent, bytes }: ManifestBytes): Manifest {
  const document = parseJson(bytes);
  const named = typeof document.mediaType === 'string' ? document.mediaType : undefined;
  const mediaType = kindOf(essence(sent)) ? essence(sent) : (named ?? essence(sent));
  const kind = kindOf(mediaType);
  if (kind === undefined) {
    throw malformed(
      'its media type',
      'must be an image manifest or index of OCI, or of Docker v2 schema 2',
    );
  }
  if (named !== undefined && kindOf(named) !== kind) {
    throw malformed('mediaType', 'must agree with the Content-Type it came with');
  }
  return { ...commonParts(document, mediaType, bytes), ...partsOf(document, kind) };
}

/** Descriptors of a manifest that a registry must hold: config and layers, or the manifests of an index. */
export function partsHeld(manifest: Manifest): readonly Descriptor[] {
  const parts =
    manifest.kind === 'index' ? manifest.manifests : [manifest.config, ...manifest.layers];
  return parts.filter(({ urls }) => urls === undefined || urls.length === 0);
}

function parseJson(bytes: Buffer): { readonly [name: string]: unknown } {
  let document: unknown;
  try {
    document = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw malformed('it', 'must be JSON');
  }
  if (!isObject(document) || document.schemaVersion !== 2) {
    throw malformed('schemaVersion', 'must be 2');
  }
  return document;
}

function commonParts(
  { artifactType, annotations, subject }: { readonly [name: string]: unknown },
  mediaType: string,
  bytes: Buffer,
): AnyManifest {
  return {
    mediaType,
    bytes,
    descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length },
    ...(typeof artifactType === 'string' && { artifactType }),
    ...(isTextMap(annotations) && { annotations }),
    ...(subject !== undefined &&
      subject !== null && { subject: readDescriptor(subject, 'subject') }),
  };
}

function partsOf(
  { config, layers, manifests }: { readonly [name: string]: unknown },
  kind: ManifestKind,
): Pick<ImageManifest, 'kind' | 'config' | 'layers'> | Pick<ImageIndex, 'kind' | 'manifests'> {
  if (kind === 'index' ? layers !== undefined || config !== undefined : manifests !== undefined) {
    throw malformed('it', 'must not be an image and an index at once');
  }
  return kind === 'index'
    ? { kind, manifests: readList(manifests, 'manifests') }
    : {
        kind,
        config: readDescriptor(config, 'config'),
        layers: readList(layers ?? null, 'layers'),
      };
}

function readList(value: unknown, at: string): Descriptor[] {
  // Go encodes a list without elements as null.
  if (!Array.isArray(value) && value !== null) {
    throw malformed(at, 'must be a list');
  }
  return (value ?? []).map((each: unknown, index: number) =>
    readDescriptor(each, `${at}[${index}]`),
  );
}
