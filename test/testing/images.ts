import { createHash } from 'node:crypto';
import type { RawAnswer } from './raw-request';
import { send } from './raw-request';

/** Media types of what the tests push. */
export const IMAGE_TYPE = 'application/vnd.oci.image.manifest.v1+json';
export const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';

/** An image of a config and one layer. */
export interface TestImage {
  readonly config: Buffer;
  readonly layer: Buffer;
  readonly manifest: Buffer;
}

/** `sha256:…` of bytes. */
export function digestOf(bytes: string | Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** An image that differs by its text. */
export function imageOf(text: string): TestImage {
  const config = Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', text }));
  const layer = Buffer.from(`layer ${text}`);
  return { config, layer, manifest: manifestOf(config, [layer]) };
}

/** A manifest over a config and layers. */
export function manifestOf(
  config: Buffer,
  layers: readonly Buffer[],
  configType: string = 'application/vnd.oci.image.config.v1+json',
): Buffer {
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: IMAGE_TYPE,
      config: descriptor(configType, config),
      layers: layers.map((layer) => descriptor('application/vnd.oci.image.layer.v1.tar', layer)),
    }),
  );
}

/** An index over images. */
export function indexOf(...images: readonly TestImage[]): Buffer {
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX_TYPE,
      manifests: images.map(({ manifest }) => descriptor(IMAGE_TYPE, manifest)),
    }),
  );
}

/** Where and as whom a test pushes. */
export interface PushPlace {
  readonly url: string;
  /** `owner/image`. */
  readonly repository: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Uploads a blob in one request. */
export function pushBlob(
  { url, repository, headers }: PushPlace,
  bytes: Buffer,
): Promise<RawAnswer> {
  const path = `/v2/${repository}/blobs/uploads/?digest=${digestOf(bytes)}`;
  return send(url, { method: 'POST', path, headers, body: bytes });
}

/** Puts a manifest under a tag or digest. */
export function pushManifest(
  { url, repository, headers }: PushPlace,
  reference: string,
  manifest: Buffer,
  type: string = IMAGE_TYPE,
): Promise<RawAnswer> {
  return send(url, {
    method: 'PUT',
    path: `/v2/${repository}/manifests/${reference}`,
    headers: { 'Content-Type': type, ...headers },
    body: manifest,
  });
}

/** Pushes blobs and manifest; gives the answer to the manifest. */
export async function pushImage(
  place: PushPlace,
  reference: string,
  image: TestImage,
): Promise<RawAnswer> {
  await pushBlob(place, image.config);
  await pushBlob(place, image.layer);
  return pushManifest(place, reference, image.manifest);
}

function descriptor(mediaType: string, bytes: Buffer): object {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}
