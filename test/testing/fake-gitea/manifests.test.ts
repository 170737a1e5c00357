import {
  INDEX_TYPE,
  digestOf,
  imageOf,
  indexOf,
  manifestOf,
  pushBlob,
  pushImage,
  pushManifest,
} from '../images';
import { basic } from '../raw-request';
import { jsonOf, testForge } from './forge';
import type { TestForge } from './forge';

const status = async ({ ask }: TestForge, reference: string): Promise<number> =>
  (await ask(`/v2/coulomb/app/manifests/${reference}`)).status;

const tags = async ({ ask }: TestForge): Promise<unknown> =>
  (jsonOf(await ask('/v2/coulomb/app/tags/list')) as { readonly tags: unknown }).tags;

describe('manifests', () => {
  it('take the old digest with them when their tag moves', async () => {
    const forge = await testForge();
    await pushImage(forge.place('app'), 'v1', imageOf('one'));
    await pushImage(forge.place('app'), 'v1', imageOf('two'));
    expect(await status(forge, digestOf(imageOf('one').manifest))).toBe(404);
    expect(await status(forge, digestOf(imageOf('two').manifest))).toBe(200);
  });

  it('keep the children of an index when its tag moves, not the index', async () => {
    const forge = await testForge();
    const place = forge.place('app');
    const [one, two] = [imageOf('one'), imageOf('two')];
    for (const image of [one, two]) await pushImage(place, digestOf(image.manifest), image);
    await pushManifest(place, 'v1', indexOf(one), INDEX_TYPE);
    await pushManifest(place, 'v1', indexOf(two), INDEX_TYPE);
    expect(await status(forge, digestOf(one.manifest))).toBe(200);
    expect(await status(forge, digestOf(indexOf(one)))).toBe(404);
  });

  it('hold one tag for all ways to write its letters', async () => {
    const forge = await testForge();
    await pushImage(forge.place('app'), 'V1.0', imageOf('one'));
    await pushImage(forge.place('app'), 'v1.0', imageOf('two'));
    expect(await tags(forge)).toEqual(['v1.0']);
    expect(await status(forge, 'V1.0')).toBe(200);
  });

  it('go with every tag when they are deleted by digest, by tag with that one', async () => {
    const forge = await testForge();
    const image = imageOf('one');
    for (const tag of ['t1', 't2', 't3']) await pushImage(forge.place('app'), tag, image);
    const remove = (reference: string) =>
      forge.ask(`/v2/coulomb/app/manifests/${reference}`, { method: 'DELETE' });
    await remove('t1');
    expect(await tags(forge)).toEqual(['t2', 't3']);
    await remove(digestOf(image.manifest));
    expect(await tags(forge)).toEqual([]);
    expect((await remove('t2')).status).toBe(404);
  });

  it('leave a broken index when a child is deleted over REST', async () => {
    const forge = await testForge();
    const child = imageOf('one');
    const digest = digestOf(child.manifest);
    await pushImage(forge.place('app'), digest, child);
    await pushManifest(forge.place('app'), 'v1', indexOf(child), INDEX_TYPE);
    const path = `/api/v1/packages/coulomb/container/app/${digest}`;
    expect((await forge.ask(path, { method: 'DELETE' })).status).toBe(204);
    expect(await status(forge, 'v1')).toBe(200);
    expect(await status(forge, digest)).toBe(404);
  });

  it('need their blobs under the same image', async () => {
    const forge = await testForge();
    const image = imageOf('one');
    await pushImage(forge.place('other'), 'v1', image);
    const pushed = await pushManifest(forge.place('app'), 'v1', image.manifest);
    expect([pushed.status, pushed.body.toString()]).toEqual([
      404,
      '{"errors":[{"code":"BLOB_UNKNOWN","message":""}]}\n',
    ]);
  });

  it('are refused for a size that is not the blob’s', async () => {
    const forge = await testForge();
    const [config, layer] = [Buffer.from('{}'), Buffer.from('layer')];
    await pushBlob(forge.place('app'), config);
    await pushBlob(forge.place('app'), layer);
    const wrong = manifestOf(config, [layer]).toString().replace('"size":5', '"size":6');
    const answer = await pushManifest(forge.place('app'), 'v1', Buffer.from(wrong));
    expect([answer.status, answer.body.toString()]).toEqual([
      400,
      '{"errors":[{"code":"SIZE_INVALID","message":""}]}\n',
    ]);
  });

  it.each([
    [
      'an index in an index',
      indexOf(imageOf('x'))
        .toString()
        .replace(/image\.manifest/g, 'image.index'),
      INDEX_TYPE,
      400,
    ],
    ['an unknown type', '{"schemaVersion":2}', 'application/json', 400],
    ['a type of the family nobody reads', '{"schemaVersion":2}', 'application/vnd.oci.thing', 400],
    ['no JSON', 'no', INDEX_TYPE, 500],
    ['the first schema', '{"schemaVersion":1}', INDEX_TYPE, 501],
    [
      'an image without a config',
      '{"schemaVersion":2}',
      'application/vnd.oci.image.manifest.v1+json',
      404,
    ],
  ])('are refused as %s', async (_, body, type, expected) => {
    const forge = await testForge();
    const answer = await pushManifest(forge.place('app'), 'v1', Buffer.from(body), type);
    expect(answer.status).toBe(expected);
  });

  it('are refused where the owner holds enough versions, and stay where they are pushed again', async () => {
    const forge = await testForge();
    forge.gitea.addUser('pusher');
    forge.gitea.addTeam('coulomb', 'push', { authorize: 'write', members: ['pusher'] });
    forge.gitea.configure({ totalOwnerCount: 1 });
    const place = { ...forge.place('app'), headers: basic('pusher', 'pusher-password') };
    expect((await pushImage(place, 'v1', imageOf('one'))).status).toBe(201);
    expect((await pushImage(place, 'v2', imageOf('two'))).status).toBe(403);
    expect((await pushImage(place, 'v1', imageOf('two'))).status).toBe(201);
  });
});
