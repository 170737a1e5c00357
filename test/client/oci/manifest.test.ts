import fc from 'fast-check';
import { parseManifest, partsHeld } from '../../../src/client/oci/manifest';
import { digestOf } from '../../../src/client/oci/digest';

const IMAGE = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER_IMAGE = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';

const part = (text: string, mediaType = 'application/octet-stream', more: object = {}) => ({
  mediaType,
  digest: digestOf(text),
  size: text.length,
  ...more,
});
const image = (more: object = {}) => ({
  schemaVersion: 2,
  config: part('config'),
  layers: [part('one'), part('two')],
  ...more,
});
const index = (more: object = {}) => ({
  schemaVersion: 2,
  manifests: [
    part('child', IMAGE, { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } }),
  ],
  ...more,
});
const parse = (document: unknown, mediaType: string) =>
  parseManifest({ mediaType, bytes: Buffer.from(JSON.stringify(document)) });

it.each([IMAGE, DOCKER_IMAGE, `${IMAGE}; charset=utf-8`])('reads an image of %s', (mediaType) => {
  const bytes = Buffer.from(JSON.stringify(image()));
  const manifest = parseManifest({ mediaType, bytes });
  expect(manifest).toEqual({
    kind: 'image',
    mediaType: mediaType.split(';')[0],
    bytes,
    descriptor: {
      mediaType: mediaType.split(';')[0],
      digest: digestOf(bytes),
      size: bytes.length,
    },
    config: part('config'),
    layers: [part('one'), part('two')],
  });
});

it.each([INDEX, DOCKER_LIST])('reads an index of %s with its platforms', (mediaType) => {
  const manifest = parse(index(), mediaType);
  expect(manifest.kind === 'index' && manifest.manifests[0].platform).toEqual({
    os: 'linux',
    architecture: 'arm64',
    variant: 'v8',
  });
});

it('goes by the mediaType inside where the Content-Type says nothing', () => {
  expect(parse(index({ mediaType: INDEX }), 'application/json').mediaType).toBe(INDEX);
});

it('keeps annotations, subject and artifact type', () => {
  const subject = part('subject', IMAGE);
  const more = { subject, annotations: { a: 'b' }, artifactType: 'application/x' };
  expect(parse(image(more), IMAGE)).toMatchObject(more);
});

it('takes the null Go writes for a list of nothing', () => {
  expect(partsHeld(parse(image({ layers: null }), IMAGE))).toEqual([part('config')]);
  expect(partsHeld(parse(index({ manifests: null }), INDEX))).toEqual([]);
});

it('leaves out what a registry need not hold', () => {
  const foreign = part('windows', 'application/x', { urls: ['https://elsewhere'] });
  expect(partsHeld(parse(image({ layers: [foreign] }), IMAGE))).toEqual([part('config')]);
});

it.each([
  ['no JSON', '<html>', IMAGE],
  ['an image of schema 1', { schemaVersion: 1 }, IMAGE],
  ['no object', [], IMAGE],
  ['another type', image(), 'application/json'],
  ['an image and an index at once', image({ manifests: [] }), IMAGE],
  ['an index and an image at once', index({ layers: [] }), INDEX],
  ['an index that calls itself an image', index({ mediaType: IMAGE }), INDEX],
  ['an image that calls itself something else', image({ mediaType: 'text/html' }), IMAGE],
  ['an index without manifests', { schemaVersion: 2 }, INDEX],
  ['an image without config', { schemaVersion: 2, layers: [] }, IMAGE],
  ['a part that is no descriptor', image({ layers: ['x'] }), IMAGE],
  ['a digest that leads elsewhere', image({ config: { ...part('x'), digest: '../../x' } }), IMAGE],
  [
    'another algorithm',
    image({ config: { ...part('x'), digest: `sha512:${'0'.repeat(128)}` } }),
    IMAGE,
  ],
  ['a size below nothing', image({ config: { ...part('x'), size: -1 } }), IMAGE],
  ['a size that is no number', image({ config: { ...part('x'), size: '1' } }), IMAGE],
  ['no media type', image({ config: { ...part('x'), mediaType: 1 } }), IMAGE],
])('refuses %s', (_what, document, mediaType) => {
  const bytes = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  expect(() => parseManifest({ mediaType, bytes })).toThrow('(REG471)');
});

it('says where a descriptor is wrong', () => {
  const layers = [part('one'), { ...part('two'), digest: 'sha256:zz' }];
  expect(() => parse(image({ layers }), IMAGE)).toThrow(
    "the manifest cannot be read: layers[1].digest 'sha256:zz' must be 'sha256:' and 64 hex digits (REG471)",
  );
});

it('throws nothing but its own error at any JSON', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(IMAGE, INDEX, ''), (text, mediaType) => {
      expect(() => parseManifest({ mediaType, bytes: Buffer.from(text) })).toThrow('(REG471)');
    }),
  );
});
