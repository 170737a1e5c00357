import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { FollowingDigest } from '../../../../src/operate/generic/get/following-digest';
import { RangeSet } from '../../../../src/operate/generic/get/range-set';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

it('is the digest of the whole file, in whatever order its parts are written', async () => {
  const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 9 }), { maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(
      parts,
      fc.infiniteStream(fc.nat(8)),
      fc.boolean(),
      async (all, picks, isCut) => {
        const content = Buffer.concat(all);
        const file = Buffer.alloc(content.length);
        // A file may give less at once than was asked for.
        const digest = new FollowingDigest(content.length, (buffer, at) =>
          file.copy(buffer, 0, at, at + (isCut ? 1 : buffer.length)),
        );
        const places = all.map((bytes, index) => ({
          bytes,
          at: all.slice(0, index).reduce((sum, { length }) => sum + length, 0),
        }));
        const done = new RangeSet();
        while (places.length > 0) {
          const [{ bytes, at }] = places.splice(picks.next().value! % places.length, 1);
          file.set(bytes, at);
          done.add(at, at + bytes.length);
          digest.wrote(bytes, at, done.prefix);
        }
        expect(await digest.digest()).toBe(sha256(content));
      },
    ),
  );
});

it('reads nothing of what comes in order', async () => {
  const digest = new FollowingDigest(6, () => {
    throw new Error('read');
  });
  digest.wrote(Buffer.from('abc'), 0, 3);
  digest.wrote(Buffer.from('def'), 3, 6);
  expect(await digest.digest()).toBe(sha256(Buffer.from('abcdef')));
});

it('reads what is there from an earlier run', async () => {
  const file = Buffer.from('abcdef');
  const digest = new FollowingDigest(6, (buffer, at) => file.copy(buffer, 0, at));
  digest.advance(4);
  digest.wrote(file.subarray(4), 4, 6);
  expect(await digest.digest()).toBe(sha256(file));
});

it('fails when the file cannot be read, or became shorter', async () => {
  const broken = new FollowingDigest(6, () => {
    throw new Error('no more');
  });
  broken.advance(6);
  await expect(broken.digest()).rejects.toThrow('no more');
  await expect(broken.digest()).rejects.toThrow('no more');
  // Nobody goes on with a download that is of no use.
  expect(() => broken.wrote(Buffer.from('a'), 6, 7)).toThrow('no more');
  const shorter = new FollowingDigest(6, () => 0);
  shorter.advance(6);
  await expect(shorter.digest()).rejects.toThrow('the file became shorter while it was read');
});

it('reads nothing after it was stopped', async () => {
  let reads = 0;
  const digest = new FollowingDigest(6, () => (reads += 1));
  digest.advance(6);
  digest.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(reads).toBe(0);
});

it('ends with the reason of the signal', async () => {
  const digest = new FollowingDigest(6, () => 1, AbortSignal.abort(new Error('enough')));
  digest.advance(6);
  await expect(digest.digest()).rejects.toThrow('enough');
});

it('is none of a file that is not whole', async () => {
  const digest = new FollowingDigest(6, () => 0);
  digest.wrote(Buffer.from('abc'), 0, 3);
  await expect(digest.digest()).rejects.toThrow('3 of 6 bytes were written');
});
