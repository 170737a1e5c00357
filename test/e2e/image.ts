import { bodyOf } from '../../src/client/http/message';
import type { Descriptor } from '../../src/client/oci/descriptor';
import type { OciClient } from '../../src/client/oci/oci-client';
import type { TestImage } from '../testing/images';
import { digestOf, imageOf, INDEX_TYPE, IMAGE_TYPE } from '../testing/images';

let images = 0;

/** An image nobody has pushed. */
export function newImage(): TestImage {
  return imageOf(`contract ${++images} ${Math.random()}`);
}

/** Pushes blobs and manifest; under its digest unless there is a tag. */
export async function pushImage(
  client: OciClient,
  repository: string,
  image: TestImage,
  reference: string = digestOf(image.manifest),
): Promise<Descriptor> {
  for (const blob of [image.config, image.layer]) {
    await client.pushBlob(repository, bodyOf(blob), { digest: digestOf(blob) });
  }
  return client.putManifest(repository, reference, {
    mediaType: IMAGE_TYPE,
    bytes: image.manifest,
  });
}

/** An index over images, each with its platform. */
export function indexOf(images: readonly TestImage[]): Buffer {
  const architectures = ['amd64', 'arm64', 's390x'];
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX_TYPE,
      manifests: images.map(({ manifest }, index) => ({
        mediaType: IMAGE_TYPE,
        digest: digestOf(manifest),
        size: manifest.length,
        platform: { os: 'linux', architecture: architectures[index] },
      })),
    }),
  );
}

/** All a generator gives. */
export async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) {
    list.push(value);
  }
  return list;
}

/** The bytes of a stream. */
export async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  return Buffer.concat((await all(stream)) as Buffer[]);
}
