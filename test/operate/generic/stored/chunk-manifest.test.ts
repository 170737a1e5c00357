import fc from 'fast-check';
import type { ChunkManifest } from '../../../../src/operate/generic/stored/chunk-manifest';
import {
  parseManifest,
  printManifest,
} from '../../../../src/operate/generic/stored/chunk-manifest';
import { partName } from '../../../../src/operate/generic/stored/chunk-names';

const arbitrarySha256 = fc.string({
  unit: fc.constantFrom(...'0123456789abcdef'),
  minLength: 64,
  maxLength: 64,
});

const arbitraryManifest: fc.Arbitrary<ChunkManifest> = fc
  .record({
    name: fc.string({ unit: fc.constantFrom(...'aB._-'), minLength: 1, maxLength: 9 }),
    sha256: arbitrarySha256,
    contents: fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 40 }), arbitrarySha256), {
      minLength: 1,
      maxLength: 6,
    }),
  })
  .map(({ name, sha256, contents }) => ({
    schemaVersion: '1',
    name,
    size: contents.reduce((sum, [size]) => sum + size, 0),
    sha256,
    parts: contents.map(([size, digest], index) => ({
      name: partName(name, index),
      size,
      sha256: digest,
    })),
  }));

const SHA256 = '0123456789abcdef'.repeat(4);

const MANIFEST: ChunkManifest = {
  schemaVersion: '1',
  name: 'app.img',
  size: 5,
  sha256: SHA256,
  parts: [
    { name: 'app.img.part-00001', size: 3, sha256: SHA256 },
    { name: 'app.img.part-00002', size: 2, sha256: SHA256 },
  ],
};

it('reads what it prints', () => {
  fc.assert(
    fc.property(arbitraryManifest, (manifest) => {
      expect(parseManifest(printManifest(manifest), manifest.name)).toEqual(manifest);
    }),
  );
});

it('is one small JSON document', () => {
  expect(printManifest(MANIFEST)).toBe(
    `{"schemaVersion":"1","name":"app.img","size":5,"sha256":"${SHA256}","parts":[{"name":"app.img.part-00001","size":3,"sha256":"${SHA256}"},{"name":"app.img.part-00002","size":2,"sha256":"${SHA256}"}]}\n`,
  );
});

it('belongs to its file whatever the case of the name', () => {
  expect(parseManifest(printManifest(MANIFEST), 'APP.img')).toEqual(MANIFEST);
});

const [first, second] = MANIFEST.parts;

it.each<[what: string, document: unknown]>([
  ['another schema', { ...MANIFEST, schemaVersion: '2' }],
  ['another file', { ...MANIFEST, name: 'other' }],
  ['no name', { ...MANIFEST, name: 7 }],
  ['a digest that is none', { ...MANIFEST, sha256: 'x' }],
  ['a digest in upper case', { ...MANIFEST, sha256: SHA256.toUpperCase() }],
  ['a size that is not the sum', { ...MANIFEST, size: 6 }],
  ['a size that is no number', { ...MANIFEST, size: '5' }],
  ['no parts', { ...MANIFEST, size: 0, parts: [] }],
  ['parts that are no list', { ...MANIFEST, parts: {} }],
  ['a part that is no object', { ...MANIFEST, parts: [first, null] }],
  ['parts in another order', { ...MANIFEST, parts: [second, first] }],
  ['a part that is a path', { ...MANIFEST, parts: [first, { ...second, name: '../x' }] }],
  ['an empty part', { ...MANIFEST, size: 3, parts: [first, { ...second, size: 0 }] }],
  ['a negative part', { ...MANIFEST, size: 2, parts: [first, { ...second, size: -1 }] }],
  ['a list', [MANIFEST]],
  ['a text', 'x'],
])('is none with %s', (_, document) => {
  expect(parseManifest(JSON.stringify(document), 'app.img')).toBeUndefined();
});

it('is none where the text is no JSON', () => {
  expect(parseManifest('{', 'app.img')).toBeUndefined();
});
