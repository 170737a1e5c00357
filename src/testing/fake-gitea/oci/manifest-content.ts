/** A link from a manifest to something it needs (OCI image specification, content descriptors). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** What Gitea reads of a manifest. */
export interface ManifestContent {
  readonly schemaVersion: number;
  readonly mediaType: string;
  /** Images: the configuration. */
  readonly config?: Descriptor;
  /** Images. */
  readonly layers: readonly Descriptor[];
  /** Indexes. */
  readonly manifests: readonly Descriptor[];
}

const IMAGE_TYPES = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);

const INDEX_TYPES = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);

const IMAGE_CONFIG_TYPES = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
  'application/vnd.cncf.helm.config.v1+json',
]);

/** Whether a media type belongs to one of the two families Gitea takes. */
export function isRegistryType(mediaType: string): boolean {
  return /^application\/vnd\.(docker|oci)\./.test(mediaType);
}

/** Whether it is the type of a single manifest. */
export function isImageType(mediaType: string): boolean {
  return IMAGE_TYPES.has(mediaType);
}

/** Whether it is the type of an index or a manifest list. */
export function isIndexType(mediaType: string): boolean {
  return INDEX_TYPES.has(mediaType);
}

/** Whether Gitea reads a configuration of this type as JSON. */
export function isImageConfigType(mediaType: string): boolean {
  return IMAGE_CONFIG_TYPES.has(mediaType);
}

/** Reads a manifest; absent when it is not a JSON object. */
export function readManifest(bytes: Buffer): ManifestContent | undefined {
  const value = parse(bytes);
  if (!isRecord(value)) return undefined;
  return {
    schemaVersion: typeof value.schemaVersion === 'number' ? value.schemaVersion : 0,
    mediaType: textOf(value.mediaType),
    layers: descriptors(value.layers),
    manifests: descriptors(value.manifests),
    ...(isRecord(value.config) ? { config: descriptor(value.config) } : {}),
  };
}

/** Whether bytes are JSON. */
export function isJson(bytes: Buffer): boolean {
  return parse(bytes) !== undefined;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    return undefined;
  }
}

function descriptors(value: unknown): readonly Descriptor[] {
  return Array.isArray(value) ? value.filter(isRecord).map(descriptor) : [];
}

function descriptor(value: Record<string, unknown>): Descriptor {
  return {
    mediaType: textOf(value.mediaType),
    digest: textOf(value.digest),
    size: typeof value.size === 'number' ? value.size : 0,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
