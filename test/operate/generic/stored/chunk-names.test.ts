import fc from 'fast-check';
import {
  manifestName,
  manifestOf,
  partName,
  partOf,
} from '../../../../src/operate/generic/stored/chunk-names';

const arbitraryFile = fc.string({
  unit: fc.constantFrom(...'-_+=.aZ09 '),
  minLength: 1,
  maxLength: 20,
});

it('tells the file and the number of a part by its name', () => {
  fc.assert(
    fc.property(arbitraryFile, fc.nat(9999), (file, index) => {
      expect(partOf(partName(file, index))).toEqual({ file, index });
      expect(manifestOf(manifestName(file))).toBe(file);
    }),
  );
});

it('orders parts by their names', () => {
  const names = [0, 1, 9, 10, 99, 9999].map((index) => partName('f', index));
  expect([...names].sort()).toEqual(names);
});

it.each(['f', 'f.part-1', 'f.part-00000', 'f.part-000001', '.part-00001', 'f.part-00001.bak'])(
  'takes %s for no part',
  (name) => expect(partOf(name)).toBeUndefined(),
);

it.each(['manifest.json', '.manifest.json', 'f.manifest'])('takes %s for no manifest', (name) =>
  expect(manifestOf(name)).toBeUndefined(),
);

it('ignores the case, as Gitea does', () => {
  expect(partOf('F.PART-00002')).toEqual({ file: 'F', index: 1 });
  expect(manifestOf('F.Manifest.JSON')).toBe('F');
});
