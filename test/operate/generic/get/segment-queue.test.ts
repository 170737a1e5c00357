import { SegmentQueue } from '../../../../src/operate/generic/get/segment-queue';
import type { Segment } from '../../../../src/operate/generic/get/segments';

const piece = { name: 'one', offset: 0, size: 40 };
const other = { name: 'two', offset: 40, size: 10 };

/** 0–10, 10–20, a gap, 30–40 of the first stored file, and 40–50 of the second. */
const segments = (): Segment[] => [
  { piece, from: 0, to: 10 },
  { piece, from: 10, to: 20 },
  { piece, from: 30, to: 40 },
  { piece: other, from: 40, to: 50 },
];

it('gives each segment once, in order', () => {
  const queue = new SegmentQueue(segments());
  expect([queue.take(), queue.take(), queue.take(), queue.take(), queue.take()]).toEqual([
    ...segments(),
    undefined,
  ]);
  expect(queue.isEmpty).toBe(true);
});

it('lets a body go on where the next segment follows in the same stored file, and waits', () => {
  const queue = new SegmentQueue(segments());
  const first = queue.take()!;
  expect(queue.endOfRun(first)).toBe(20);
  expect(queue.takeNext(first)).toEqual({ piece, from: 10, to: 20 });
  expect(queue.takeNext({ piece, from: 10, to: 20 })).toBeUndefined();
  const last = queue.take()!;
  expect(queue.endOfRun(last)).toBe(40);
  expect(queue.takeNext(last)).toBeUndefined();
});

it('puts a segment back to its place', () => {
  const queue = new SegmentQueue(segments());
  const [first, second] = [queue.take()!, queue.take()!];
  expect(queue.endOfRun(first)).toBe(10);
  queue.putBack(second);
  queue.putBack(first);
  expect(queue.take()).toEqual(first);
  const empty = new SegmentQueue([]);
  empty.putBack(first);
  expect(empty.take()).toEqual(first);
});
