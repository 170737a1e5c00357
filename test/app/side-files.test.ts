import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInside, refuseSharedFiles, writeSideFiles } from '../../src/app/side-files';
import { temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();

const file = (path: string, text = path) => ({ path, text, owner: 'chart/Registry' });

it.each([
  ['/a', '/a', true],
  ['/a', '/a/b', true],
  ['/a', '/a/..b', true],
  ['/a/', '/a/b/../c', true],
  ['/a', '/', false],
  ['/a', '/ab', false],
  ['/a', '/a/../b', false],
  ['/', '/anything', true],
])('knows whether %s holds %s', (root, path, inside) => {
  expect(isInside(root, path)).toBe(inside);
});

it('takes the same path for a shared file, another one for none', () => {
  expect(() => refuseSharedFiles([file('a'), file('b')])).not.toThrow();
  expect(() => refuseSharedFiles([file('a'), { ...file('a'), owner: 'other/Registry' }])).toThrow(
    /^sideFiles 'a' would be written by 'chart\/Registry' and by 'other\/Registry': .*\(REG630\)$/,
  );
});

it('writes all files, making the folders they need', () => {
  writeSideFiles(folder(), join(folder(), 'x'), [file('a/one'), file('b/two', 'é\n')]);
  expect(readFileSync(join(folder(), 'x/a/one'), 'utf8')).toBe('a/one');
  expect(readFileSync(join(folder(), 'x/b/two'), 'utf8')).toBe('é\n');
  expect(readdirSync(folder(), { recursive: true }).sort()).toEqual(
    ['x', 'x/a', 'x/a/one', 'x/b', 'x/b/two'].sort(),
  );
});

it('can have a root that is reached through a link', () => {
  mkdirSync(join(folder(), 'real'));
  symlinkSync(join(folder(), 'real'), join(folder(), 'link'));
  writeSideFiles(join(folder(), 'link'), join(folder(), 'link', 'x'), [file('one')]);
  expect(readFileSync(join(folder(), 'real/x/one'), 'utf8')).toBe('one');
});

it('leaves every file as it was when a later one cannot be written', () => {
  writeFileSync(join(folder(), 'one'), 'before');
  writeFileSync(join(folder(), 'blocked'), 'a file where a folder is needed');
  expect(() =>
    writeSideFiles(folder(), folder(), [file('one', 'after'), file('blocked/two')]),
  ).toThrow(/EEXIST|ENOTDIR/);
  expect(readFileSync(join(folder(), 'one'), 'utf8')).toBe('before');
  expect(readdirSync(folder()).sort()).toEqual(['blocked', 'one']);
});

it('names the folder that stands where a file is to be written', () => {
  mkdirSync(join(folder(), 'one'));
  expect(() => writeSideFiles(folder(), folder(), [file('one')])).toThrow(
    `sideFiles '${join(folder(), 'one')}' is a folder, where a file is to be written (REG660)`,
  );
  expect(readdirSync(folder())).toEqual(['one']);
});

it('throws when the root does not exist', () => {
  const missing = join(folder(), 'missing');
  expect(() => writeSideFiles(missing, missing, [file('one')])).toThrow(/ENOENT/);
  expect(readdirSync(folder())).toEqual([]);
});
