import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bodyOf } from '../../src/client/http/message';
import type { Descriptor } from '../../src/client/oci/descriptor';
import type { OciClient } from '../../src/client/oci/oci-client';
import { digestOf, IMAGE_TYPE, INDEX_TYPE } from '../testing/images';

/** Something with a digest, as it lies in a store. */
interface Stored {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** An image for several platforms whose layers can be unpacked: other programs look into them. */
export interface RunnableImage {
  readonly index: Stored;
  readonly manifests: readonly Stored[];
  readonly blobs: readonly Stored[];
}

/** Makes an image nobody has, for two platforms. */
export function runnableImage(): RunnableImage {
  const blobs: Stored[] = [];
  const manifests = ['amd64', 'arm64'].map((architecture) => {
    const archive = tarOf('hello.txt', `${architecture} ${Math.random()}\n`);
    const layer = { mediaType: `${OCI}.layer.v1.tar+gzip`, bytes: gzipSync(archive) };
    const config = json(`${OCI}.config.v1+json`, {
      architecture,
      os: 'linux',
      config: {},
      rootfs: { type: 'layers', diff_ids: [digestOf(archive)] },
      history: [{ created: '2026-01-01T00:00:00Z', created_by: 'contract' }],
    });
    blobs.push(config, layer);
    const manifest = json(IMAGE_TYPE, {
      schemaVersion: 2,
      mediaType: IMAGE_TYPE,
      config: described(config),
      layers: [described(layer)],
    });
    return { ...manifest, platform: { os: 'linux', architecture } };
  });
  const index = json(INDEX_TYPE, {
    schemaVersion: 2,
    mediaType: INDEX_TYPE,
    manifests: manifests.map((manifest) => ({
      ...described(manifest),
      platform: manifest.platform,
    })),
  });
  return { index, manifests, blobs };
}

/** Pushes all of it with our client. */
export async function pushRunnable(
  client: OciClient,
  repository: string,
  tag: string,
  { index, manifests, blobs }: RunnableImage,
): Promise<Descriptor> {
  for (const { bytes } of blobs) {
    await client.pushBlob(repository, bodyOf(bytes));
  }
  for (const manifest of manifests) {
    await client.putManifest(repository, digestOf(manifest.bytes), manifest);
  }
  return client.putManifest(repository, tag, index);
}

/** Writes an OCI image layout, as other programs push from. */
export function writeLayout(folder: string, tag: string, image: RunnableImage): void {
  mkdirSync(join(folder, 'blobs', 'sha256'), { recursive: true });
  for (const { bytes } of [image.index, ...image.manifests, ...image.blobs]) {
    writeFileSync(join(folder, 'blobs', 'sha256', digestOf(bytes).slice(7)), bytes);
  }
  writeFileSync(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  const annotations = { 'org.opencontainers.image.ref.name': tag };
  const top = { schemaVersion: 2, manifests: [{ ...described(image.index), annotations }] };
  writeFileSync(join(folder, 'index.json'), JSON.stringify(top));
}

const OCI = 'application/vnd.oci.image';

function json(mediaType: string, document: object): Stored {
  return { mediaType, bytes: Buffer.from(JSON.stringify(document)) };
}

function described({ mediaType, bytes }: Stored): object {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

/** An archive of one file (POSIX ustar): a header of 512 bytes, the content, and two empty blocks at the end. */
function tarOf(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, length: number): string =>
    `${value.toString(8).padStart(length - 1, '0')}\0`;
  const fields: readonly (readonly [offset: number, text: string])[] = [
    [0, name],
    [100, octal(0o644, 8)],
    [108, octal(0, 8)],
    [116, octal(0, 8)],
    [124, octal(content.length, 12)],
    [136, octal(0, 12)],
    [148, ' '.repeat(8)],
    [156, '0'],
    [257, 'ustar\x0000'],
  ];
  fields.forEach(([offset, text]) => header.write(text, offset, 'latin1'));
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  const padded = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  padded.write(content);
  return Buffer.concat([header, padded, Buffer.alloc(1024)]);
}
