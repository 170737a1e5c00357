import fc from 'fast-check';
import { ClientError } from '../../../src/client/error';
import { deleteVersions, deletionOrder } from '../../../src/operate/packages/delete-versions';

const reference = { owner: 'coulomb', type: 'container', name: 'state-hub' };
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

/** A client that refuses some versions, and notes what it deletes. */
function clientOf(refusals: { readonly [version: string]: ClientError } = {}) {
  const deleted: string[] = [];
  return {
    deleted,
    delete: async ({ version }: { version?: string }) => {
      const refusal = refusals[version!];
      if (refusal) {
        throw refusal;
      }
      deleted.push(version!);
      return 'deleted' as const;
    },
  };
}

const refused = (code: string, status?: number): ClientError =>
  new ClientError('refused', code, { url: 'https://git.example.org/', status });

it('orders tags before digests and keeps everything', () => {
  const version = fc.oneof(
    fc.stringMatching(/^[a-z0-9._-]{1,10}$/),
    fc.constantFrom(...'0123456789abcdef').map(digest),
  );
  fc.assert(
    fc.property(fc.array(version), (versions) => {
      const ordered = deletionOrder(versions);
      expect([...ordered].sort()).toEqual([...versions].sort());
      const lastTag = ordered.findLastIndex((each) => !each.includes(':'));
      const firstDigest = ordered.findIndex((each) => each.includes(':'));
      expect(firstDigest === -1 || lastTag < firstDigest).toBe(true);
    }),
  );
});

it('goes on when a version is refused', async () => {
  const client = clientOf({ v1: refused('REG321', 403) });
  const results = await deleteVersions(client, reference, ['v1', 'v2']);
  expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'deleted']);
});

it('keeps the images of an index whose tag is refused', async () => {
  const client = clientOf({ v1: refused('REG321', 403) });
  const results = await deleteVersions(client, reference, ['v1', 'v2', digest('a')]);
  expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'deleted', 'not-reached']);
});

it.each([refused('REG312', 401), refused('REG314', 403), refused('REG210')])(
  'stops where the next would fail alike: $code',
  async (error) => {
    const client = clientOf({ v1: error });
    const results = await deleteVersions(client, reference, ['v1', 'v2']);
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'not-reached']);
    expect(client.deleted).toEqual([]);
  },
);

it('lets a fault of ours through', async () => {
  const client = { delete: () => Promise.reject(new TypeError('fault')) };
  await expect(deleteVersions(client, reference, ['v1'])).rejects.toThrow('fault');
});
