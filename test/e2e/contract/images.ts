import { Readable } from 'node:stream';
import { bodyOf } from '../../../src/client/http/message';
import type { OciClient } from '../../../src/client/oci/oci-client';
import { digestOf, IMAGE_TYPE, INDEX_TYPE, manifestOf } from '../../testing/images';
import { all, bytesOf, indexOf, newImage, pushImage } from '../image';
import { codeOf, failure } from './failure';

/** Where images are pushed to. */
export interface ImagePlace {
  readonly client: OciClient;
  /** A repository nobody has used. */
  fresh(prefix?: string): string;
}

const MIB = 1024 * 1024;
const NOWHERE = `sha256:${'0'.repeat(64)}`;

/** What every registry does that follows the OCI distribution spec. */
export function imageContract(place: () => ImagePlace): void {
  describe('an image', () => {
    test('comes back as it was pushed, by tag and by digest', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      const image = newImage();
      const pushed = await pushImage(client, repository, image, 'v1');
      expect(pushed).toMatchObject({ digest: digestOf(image.manifest), mediaType: IMAGE_TYPE });
      for (const reference of ['v1', pushed.digest]) {
        const manifest = await client.getManifest(repository, reference);
        expect(manifest.bytes).toEqual(image.manifest);
        expect(manifest.kind).toBe('image');
        expect(await client.headManifest(repository, reference)).toEqual(pushed);
      }
      for (const bytes of [image.config, image.layer]) {
        const blob = await client.getBlob(repository, digestOf(bytes));
        expect(await bytesOf(blob.stream)).toEqual(bytes);
        expect(await client.headBlob(repository, digestOf(bytes))).toMatchObject({
          size: bytes.length,
        });
      }
    });

    test('that was pushed again is the same, and its tag can move', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      const [first, second] = [newImage(), newImage()];
      const before = await pushImage(client, repository, first, 'v1');
      expect(await pushImage(client, repository, first, 'v1')).toEqual(before);
      const after = await pushImage(client, repository, second, 'v1');
      expect(await client.headManifest(repository, 'v1')).toEqual(after);
      expect(await all(client.tags(repository))).toEqual(['v1']);
    });

    test('may have a name of several parts', async () => {
      const { client, fresh } = place();
      const repository = `${fresh()}/team/a.b_c-d/app`;
      const pushed = await pushImage(client, repository, newImage(), 'v1');
      expect(await client.headManifest(repository, 'v1')).toEqual(pushed);
      expect(await all(client.tags(repository))).toEqual(['v1']);
    });

    test('is listed with all its tags, and in the catalog', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      const image = newImage();
      const tags = ['a', 'b.1', 'c_2', 'd-3', '1.0'];
      for (const tag of tags) {
        await pushImage(client, repository, image, tag);
      }
      expect((await all(client.tags(repository))).sort()).toEqual([...tags].sort());
      expect(await all(client.catalog())).toContain(repository);
    });

    test('without a layer is one', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      const config = Buffer.from(`{"nothing":${Math.random()}}`);
      await client.pushBlob(repository, bodyOf(config));
      const bytes = manifestOf(config, []);
      await client.putManifest(repository, 'empty', { mediaType: IMAGE_TYPE, bytes });
      expect(await client.getManifest(repository, 'empty')).toMatchObject({ layers: [] });
    });
  });

  describe('what is not there', () => {
    test('is told apart from what is', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      await pushImage(client, repository, newImage(), 'v1');
      expect(await client.headManifest(repository, 'v2')).toBeUndefined();
      expect(await client.headManifest(repository, NOWHERE)).toBeUndefined();
      expect(await client.headBlob(repository, NOWHERE)).toBeUndefined();
      expect(await codeOf(client.getManifest(repository, 'v2'))).toBe('REG723');
      expect(await codeOf(client.getBlob(repository, NOWHERE))).toBe('REG735');
      expect(await client.deleteManifest(repository, NOWHERE)).toBe('absent');
    });

    test('is an image nobody pushed', async () => {
      const { client, fresh } = place();
      expect(await codeOf(all(client.tags(fresh())))).toBe('REG913');
      expect(await client.headManifest(fresh(), 'v1')).toBeUndefined();
    });
  });

  describe('deleting', () => {
    test('by digest takes the manifest and its tags', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      const image = newImage();
      const { digest } = await pushImage(client, repository, image, 'v1');
      await pushImage(client, repository, image, 'v2');
      const kept = await pushImage(client, repository, newImage(), 'v3');
      expect(await client.deleteManifest(repository, digest)).toBe('deleted');
      for (const reference of ['v1', 'v2', digest]) {
        expect(await client.headManifest(repository, reference)).toBeUndefined();
      }
      expect(await client.headManifest(repository, 'v3')).toEqual(kept);
      expect(await client.deleteManifest(repository, digest)).toBe('absent');
    });
  });

  describe('a blob', () => {
    test('is pushed whole, of known and of unknown length, large and empty', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      const large = Buffer.alloc(3 * MIB, `${Math.random()}`);
      for (const bytes of [Buffer.from(`${Math.random()}`), large, Buffer.alloc(0)]) {
        const digest = digestOf(bytes);
        const known = await client.pushBlob(repository, bodyOf(bytes));
        expect(known).toMatchObject({ digest, size: bytes.length, outcome: 'uploaded' });
        const source = { open: () => Readable.from([bytes], { objectMode: false }) };
        expect(await client.pushBlob(repository, source)).toMatchObject({ digest });
        const { stream } = await client.getBlob(repository, digest);
        expect(digestOf(await bytesOf(stream))).toBe(digest);
      }
    });

    test('is not sent again where the registry has it', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      const bytes = Buffer.from(`${Math.random()}`);
      await client.pushBlob(repository, bodyOf(bytes));
      const again = await client.pushBlob(
        repository,
        {
          length: bytes.length,
          open: () => {
            throw new Error('it is read');
          },
        },
        { digest: digestOf(bytes) },
      );
      expect(again).toMatchObject({ outcome: 'existed', size: bytes.length });
    });

    test('is taken over from another image', async () => {
      const { client, fresh } = place();
      const [from, to] = [fresh(), fresh()];
      const image = newImage();
      await pushImage(client, from, image, 'v1');
      const digest = digestOf(image.layer);
      expect(await client.headBlob(to, digest)).toBeUndefined();
      expect(await client.mountBlob(to, digest, from)).toBe(true);
      expect(await client.headBlob(to, digest)).toMatchObject({ size: image.layer.length });
      expect(await client.mountBlob(to, NOWHERE, from)).toBe(false);
      const config = await client.pushBlob(to, bodyOf(image.config), {
        digest: digestOf(image.config),
        mountFrom: from,
      });
      expect(config.outcome).toBe('mounted');
    });

    test.each([1, 7, 1000])('is pushed in chunks of %d bytes', async (chunkSize) => {
      const { client, fresh } = place();
      const repository = fresh();
      const bytes = Buffer.alloc(chunkSize === 1 ? 3 : 2 * chunkSize + 1, `${Math.random()}`);
      const sent: number[] = [];
      const pushed = await client.pushBlob(repository, bodyOf(bytes), {
        chunkSize,
        onProgress: (count) => sent.push(count),
      });
      expect(pushed).toMatchObject({ digest: digestOf(bytes), size: bytes.length });
      expect(sent.at(-1)).toBe(bytes.length);
      const blob = await client.getBlob(repository, pushed.digest);
      expect(await bytesOf(blob.stream)).toEqual(bytes);
    });

    test('that is another than announced is not stored', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      await pushImage(client, repository, newImage(), 'v1');
      const bytes = Buffer.from(`${Math.random()}`);
      const announced = digestOf(Buffer.from(`${Math.random()}`));
      expect(await codeOf(client.pushBlob(repository, bodyOf(bytes), { digest: announced }))).toBe(
        'REG475',
      );
      expect(await client.headBlob(repository, announced)).toBeUndefined();
      expect(await client.headBlob(repository, digestOf(bytes))).toBeUndefined();
    });

    test('on its way has a session that can be asked for and cancelled', async () => {
      const { client, fresh } = place();
      const session = await client.startUpload(fresh());
      expect(await client.uploadStatus(session)).toBeDefined();
      await client.cancelUpload(session);
      expect(await client.uploadStatus(session)).toBeUndefined();
      await client.cancelUpload(session);
    });
  });

  describe('an image for several platforms', () => {
    test('is pushed, walked and read back', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      const images = [newImage(), newImage()];
      const pushed = [];
      for (const image of images) {
        pushed.push(await pushImage(client, repository, image));
      }
      const bytes = indexOf(images);
      const index = await client.putManifest(repository, 'multi', { mediaType: INDEX_TYPE, bytes });
      expect(index.digest).toBe(digestOf(bytes));
      const read = await client.getManifest(repository, 'multi');
      expect(read.bytes).toEqual(bytes);
      expect(read).toMatchObject({
        kind: 'index',
        manifests: [
          { digest: pushed[0]!.digest, platform: { architecture: 'amd64' } },
          { digest: pushed[1]!.digest, platform: { architecture: 'arm64' } },
        ],
      });
      const walked = await all(client.walk(repository, 'multi'));
      expect(walked.map(({ descriptor }) => descriptor.digest)).toEqual([
        index.digest,
        ...images.flatMap(({ manifest, config, layer }) => [manifest, config, layer].map(digestOf)),
      ]);
      expect(walked.some(({ isMissing }) => isMissing)).toBe(false);
    });

    test('is broken when one of them is deleted, and says which', async () => {
      const { client, fresh } = place();
      const repository = fresh();
      const images = [newImage(), newImage()];
      for (const image of images) {
        await pushImage(client, repository, image);
      }
      await client.putManifest(repository, 'multi', {
        mediaType: INDEX_TYPE,
        bytes: indexOf(images),
      });
      const lost = digestOf(images[1]!.manifest);
      expect(await client.deleteManifest(repository, lost)).toBe('deleted');
      const missing = (await all(client.walk(repository, 'multi'))).filter(
        ({ isMissing }) => isMissing,
      );
      expect(missing.map(({ descriptor }) => descriptor.digest)).toEqual([lost]);
    });
  });

  test('a manifest whose parts are missing is refused, and they are named', async () => {
    const { client, fresh } = place();
    const repository = fresh();
    const image = newImage();
    await client.pushBlob(repository, bodyOf(image.config));
    const layerless = await failure(
      client.putManifest(repository, 'v1', { mediaType: IMAGE_TYPE, bytes: image.manifest }),
    );
    expect(layerless.code).toBe('REG475');
    expect(layerless.message).toContain(`layer ${digestOf(image.layer)} is missing`);
    const childless = await failure(
      client.putManifest(repository, 'multi', {
        mediaType: INDEX_TYPE,
        bytes: indexOf([newImage()]),
      }),
    );
    expect(childless.code).toBe('REG471');
    expect(await client.headManifest(repository, 'v1')).toBeUndefined();
  });
}
