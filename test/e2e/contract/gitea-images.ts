import { bodyOf } from '../../../src/client/http/message';
import { OciClient } from '../../../src/client/oci/oci-client';
import { digestOf, IMAGE_TYPE, manifestOf } from '../../testing/images';
import { all, bytesOf, newImage, pushImage } from '../image';
import type { Site } from '../site';
import { codeOf } from './failure';
import { imageContract } from './images';

/** Images of Gitea and Forgejo: what every registry does, and what only these do. */
export function giteaImageContract(site: () => Site): void {
  const fresh = (prefix?: string): string => `${site().open}/${site().fresh(prefix)}`;
  imageContract(() => ({ client: site().oci('publisher', ['write:package']), fresh }));

  test('tags are one whatever their case, and come back in lower case', async () => {
    const client = site().oci();
    const repository = fresh();
    const first = await pushImage(client, repository, newImage(), 'V1.0-RC');
    expect(await client.headManifest(repository, 'v1.0-rc')).toEqual(first);
    const second = await pushImage(client, repository, newImage(), 'v1.0-rc');
    expect(await client.headManifest(repository, 'V1.0-RC')).toEqual(second);
    expect(await all(client.tags(repository))).toEqual(['v1.0-rc']);
  });

  test.each([
    ['Upper/app', 'REG470'],
    ['app__x', 'REG470'],
    ['app--x', 'REG470'],
    ['app/', 'REG470'],
    ['-app', 'REG470'],
  ])('the name %j is refused before a request', async (image, code) => {
    const { transport, ...target } = site().target();
    const client = new OciClient({
      ...target,
      transport: {
        ...transport,
        send: () => {
          throw new Error('it was asked');
        },
      } as never,
    });
    expect(await codeOf(client.headManifest(`${site().open}/${image}`, 'v1'))).toBe(code);
  });

  test('a tag is deleted alone, and the last one leaves an empty list', async () => {
    const client = site().oci();
    const repository = fresh();
    const image = newImage();
    await pushImage(client, repository, image, 'v1');
    const kept = await pushImage(client, repository, image, 'v2');
    expect(await client.deleteManifest(repository, 'v1')).toBe('deleted');
    expect(await client.headManifest(repository, 'v2')).toEqual(kept);
    expect(await client.deleteManifest(repository, 'v1')).toBe('absent');
    expect(await client.deleteManifest(repository, 'v2')).toBe('deleted');
    expect(await all(client.tags(repository))).toEqual([]);
  });

  test('a digest that only a tag holds goes when the tag moves', async () => {
    const client = site().oci();
    const repository = fresh();
    const { digest } = await pushImage(client, repository, newImage(), 'v1');
    const { digest: next } = await pushImage(client, repository, newImage(), 'v1');
    expect(await client.headManifest(repository, next)).toBeDefined();
    // Releases that keep the version of a tag keep its old files, too.
    const isKept = (await client.headManifest(repository, digest)) !== undefined;
    const { product, text } = site().forge;
    expect(isKept).toBe(product === 'gitea' && /^1\.(25\.[01]|26\.0-dev)/.test(text));
  });

  test('an artifact with a config of its own type is taken', async () => {
    const client = site().oci();
    const repository = fresh('chart');
    const config = Buffer.from(JSON.stringify({ name: 'chart', version: '1.0.0' }));
    const layer = Buffer.from(`chart ${Math.random()}`);
    await client.pushBlob(repository, bodyOf(config));
    await client.pushBlob(repository, bodyOf(layer));
    const bytes = manifestOf(config, [layer], 'application/vnd.cncf.helm.config.v1+json');
    const pushed = await client.putManifest(repository, '1.0.0', { mediaType: IMAGE_TYPE, bytes });
    expect(await client.headManifest(repository, '1.0.0')).toEqual(pushed);
  });

  test('every version is a package, with its files and their digests', async () => {
    const { open } = site();
    const name = site().fresh();
    const image = newImage();
    await pushImage(site().oci(), `${open}/${name}`, image, 'v1');
    const reference = { owner: open, type: 'container', name, version: 'v1' };
    const files = await site().packages('reader').files(reference);
    expect(files.map(({ sha256, size }) => [`sha256:${sha256}`, size])).toEqual(
      expect.arrayContaining(
        [image.manifest, image.config, image.layer].map((bytes) => [digestOf(bytes), bytes.length]),
      ),
    );
    expect(files).toHaveLength(3);
  });

  describe('anonymous', () => {
    test('pulls from a public owner, and pushes nowhere', async () => {
      const repository = fresh();
      const image = newImage();
      await pushImage(site().oci(), repository, image, 'v1');
      const anonymous = new OciClient(site().anonymous());
      expect((await anonymous.getManifest(repository, 'v1')).bytes).toEqual(image.manifest);
      const blob = await anonymous.getBlob(repository, digestOf(image.layer));
      expect(await bytesOf(blob.stream)).toEqual(image.layer);
      expect(await codeOf(anonymous.pushBlob(repository, bodyOf('bytes')))).toBe('REG321');
      expect(await codeOf(anonymous.deleteManifest(repository, 'v1'))).toBe('REG321');
    });

    test('sees nothing of a private owner', async () => {
      const repository = `${site().closed}/${site().fresh()}`;
      await pushImage(site().oci(), repository, newImage(), 'v1');
      const anonymous = new OciClient(site().anonymous());
      expect(await codeOf(anonymous.getManifest(repository, 'v1'))).toBe('REG323');
      expect(await all(anonymous.catalog())).not.toContain(repository);
      expect(await all(site().oci('reader').catalog())).toContain(repository);
    });
  });

  test('an owner nobody knows is named as such', async () => {
    const repository = `${site().open}-none/app`;
    expect(await codeOf(site().oci().getManifest(repository, 'v1'))).toBe('REG320');
    expect(await codeOf(site().oci().pushBlob(repository, bodyOf('bytes')))).toBe('REG320');
  });
}
