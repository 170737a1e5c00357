import { Readable } from 'node:stream';
import { GenericClient } from '../../../src/client/generic/generic-client';
import type { GenericDownload } from '../../../src/client/generic/download';
import { bodyOf } from '../../../src/client/http/message';
import { digestOf } from '../../testing/images';
import { all, bytesOf } from '../image';
import type { Site } from '../site';
import { codeOf } from './failure';

const MIB = 1024 * 1024;

/** Generic files: put, get, parts, delete. */
export function genericContract(site: () => Site): void {
  const reference = (name = site().fresh('tool')) => ({
    owner: site().open,
    name,
    version: '1.0',
  });

  async function read(download: GenericDownload): Promise<Buffer> {
    if (download.kind === 'beyond-end') {
      throw new Error('there is nothing more');
    }
    return bytesOf(download.body);
  }

  test('a file comes back as it was put', async () => {
    const client = site().generic('publisher', ['write:package']);
    const at = reference();
    for (const [file, bytes] of [
      ['small', Buffer.from('some bytes')],
      ['empty', Buffer.alloc(0)],
      ['large', Buffer.alloc(3 * MIB, `${Math.random()}`)],
    ] as const) {
      expect(await client.put(at, file, bodyOf(bytes))).toBe('created');
      const got = await client.get(at, file);
      expect(got).toMatchObject({ kind: 'whole', length: bytes.length });
      expect(digestOf(await read(got))).toBe(digestOf(bytes));
      expect(await client.head(at, file)).toMatchObject({ size: bytes.length });
    }
    const files = await site()
      .packages()
      .files({ ...at, type: 'generic' });
    expect(files.map(({ name }) => name).sort()).toEqual(['empty', 'large', 'small']);
  });

  test('a file of unknown length is put as a stream', async () => {
    const client = site().generic();
    const at = reference();
    const open = (): Readable => Readable.from(['some ', 'bytes'], { objectMode: false });
    expect(await client.put(at, 'file', { open })).toBe('created');
    expect((await read(await client.get(at, 'file'))).toString()).toBe('some bytes');
  });

  test('a file is never overwritten, whatever its case', async () => {
    const client = site().generic();
    const at = reference();
    await client.put(at, 'File.txt', bodyOf('first'));
    expect(await client.put(at, 'File.txt', bodyOf('first'))).toBe('exists');
    expect(await client.put(at, 'file.TXT', bodyOf('second'))).toBe('exists');
    expect((await read(await client.get(at, 'FILE.txt'))).toString()).toBe('first');
  });

  test('a part is read, to the end of the file at most', async () => {
    const client = site().generic();
    const at = reference();
    await client.put(at, 'file', bodyOf('0123456789'));
    const part = await client.get(at, 'file', { from: 2, to: 4 });
    expect(part).toMatchObject({ kind: 'part', from: 2, to: 4, total: 10 });
    expect((await read(part)).toString()).toBe('234');
    const rest = await client.get(at, 'file', { from: 7 });
    expect((await read(rest)).toString()).toBe('789');
    const beyondEnd = await client.get(at, 'file', { from: 5, to: 99 });
    expect((await read(beyondEnd)).toString()).toBe('56789');
    expect(await client.get(at, 'file', { from: 10 })).toMatchObject({ kind: 'beyond-end' });
  });

  test.each([
    ['tool', '1.0', 'a b (1) [x] {y} ~!@#$%^&=+;:.txt'],
    ['-_+.Tool', '1.0 beta+build/7', 'file'],
    ['tool', 'ü 版本', 'file'],
    ['tool', '100%', '%2F'],
  ])('names need no care: %j %j %j', async (suffix, version, file) => {
    const client = site().generic();
    const at = { owner: site().open, name: `${site().fresh()}${suffix}`, version };
    expect(await client.put(at, file, bodyOf('bytes'))).toBe('created');
    expect((await read(await client.get(at, file))).toString()).toBe('bytes');
    const listed = await all(site().packages().list(at.owner, { name: at.name }));
    expect(listed).toMatchObject([{ name: at.name, version }]);
    expect(await client.deleteFile(at, file)).toBe('deleted');
  });

  test.each([
    ['two/parts', '1', 'file'],
    ['tool', ' 1', 'file'],
    ['tool', 'latest', 'file'],
    ['tool', '1', 'a/b'],
    ['tool', '1', ' file'],
    ['tool', '1', 'a"b'],
    ['..', '1', 'file'],
  ])('names Gitea refuses are refused before: %j %j %j', async (name, version, file) => {
    const at = { owner: site().open, name, version };
    expect(await codeOf(site().generic().put(at, file, bodyOf('bytes')))).toBe('REG920');
  });

  test('what is not there is told apart', async () => {
    const client = site().generic();
    const at = reference();
    expect(await client.head(at, 'file')).toBeUndefined();
    expect(await codeOf(client.get(at, 'file'))).toBe('REG913');
    expect(await client.deleteFile(at, 'file')).toBe('absent');
    expect(await client.deleteVersion(at)).toBe('absent');
    await client.put(at, 'file', bodyOf('bytes'));
    expect(await client.head(at, 'other')).toBeUndefined();
    expect(await codeOf(client.get(at, 'other'))).toBe('REG913');
    expect(await client.deleteFile(at, 'other')).toBe('absent');
  });

  test('a file is deleted alone, and the version with its last one', async () => {
    const client = site().generic();
    const at = reference();
    await client.put(at, 'one', bodyOf('1'));
    await client.put(at, 'two', bodyOf('2'));
    expect(await client.deleteFile(at, 'one')).toBe('deleted');
    expect((await read(await client.get(at, 'two'))).toString()).toBe('2');
    expect(await client.deleteFile(at, 'two')).toBe('deleted');
    expect(
      await site()
        .packages()
        .get({ ...at, type: 'generic' }),
    ).toBeUndefined();
    expect(await client.put(at, 'one', bodyOf('again'))).toBe('created');
  });

  test('a version is deleted with all its files', async () => {
    const client = site().generic();
    const at = reference();
    await client.put(at, 'one', bodyOf('1'));
    await client.put(at, 'two', bodyOf('2'));
    expect(await client.deleteVersion(at)).toBe('deleted');
    expect(await client.head(at, 'one')).toBeUndefined();
    expect(await client.deleteVersion(at)).toBe('absent');
  });

  test('files of a public owner are for everybody, of a private one for its members', async () => {
    const anonymous = new GenericClient(site().anonymous());
    const at = reference();
    const hidden = { ...at, owner: site().closed };
    await site().generic().put(at, 'file', bodyOf('bytes'));
    await site().generic().put(hidden, 'file', bodyOf('bytes'));
    expect((await read(await anonymous.get(at, 'file'))).toString()).toBe('bytes');
    expect(await codeOf(anonymous.put(at, 'other', bodyOf('bytes')))).toBe('REG321');
    expect(await codeOf(anonymous.get(hidden, 'file'))).toBe('REG323');
    expect(await codeOf(site().generic('stranger').get(hidden, 'file'))).toBe('REG323');
    expect((await read(await site().generic('reader').get(hidden, 'file'))).toString()).toBe(
      'bytes',
    );
  });
}
