import { deleteOnce } from '../../src/client/delete-once';
import { ClientError } from '../../src/client/error';

const LOST = new ClientError('the connection ended', 'REG210', { isUncertain: true });
const REFUSED = new ClientError('no', 'REG321', { status: 403 });

/** A deletion whose attempts end as told. */
function deletion(...ends: readonly ('deleted' | 'absent' | Error)[]) {
  const asked: string[] = [];
  const left = [...ends];
  return {
    asked,
    run: (isGone: boolean) =>
      deleteOnce({
        send: async () => {
          asked.push('delete');
          const end = left.shift()!;
          if (end instanceof Error) throw end;
          return end;
        },
        isGone: async () => {
          asked.push('look');
          return isGone;
        },
      }),
  };
}

it.each(['deleted', 'absent'] as const)('says %s when the server does', async (end) => {
  const { run, asked } = deletion(end);
  expect(await run(false)).toBe(end);
  expect(asked).toEqual(['delete']);
});

it('takes what is gone after a lost answer for deleted, without a second request', async () => {
  const { run, asked } = deletion(LOST);
  expect(await run(true)).toBe('deleted');
  expect(asked).toEqual(['delete', 'look']);
});

it.each(['deleted', 'absent'] as const)(
  'deletes again what is still there after a lost answer, and counts %s as done',
  async (end) => {
    const { run, asked } = deletion(LOST, end);
    expect(await run(false)).toBe('deleted');
    expect(asked).toEqual(['delete', 'look', 'delete']);
  },
);

it('gives up when the second answer is lost too', async () => {
  await expect(deletion(LOST, LOST).run(false)).rejects.toBe(LOST);
});

it('does not repeat what was refused', async () => {
  const { run, asked } = deletion(REFUSED);
  await expect(run(false)).rejects.toBe(REFUSED);
  expect(asked).toEqual(['delete']);
});
