import * as fc from 'fast-check';
import type { Page } from '../../../src/client/packages/paging';
import { paged } from '../../../src/client/packages/paging';
import { all } from './seeded-forge';

interface Row {
  readonly id: number;
}

const rows = (count: number, from = 1): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: from + index }));

/** A list of `count` rows in pages of `size`. */
class List {
  public readonly asked: number[] = [];
  public readonly signals: AbortSignal[] = [];

  public constructor(
    private readonly count: number,
    private readonly size: number,
    private readonly tellsTotal: boolean,
  ) {}

  public load = async (page: number, signal: AbortSignal): Promise<Page<Row>> => {
    this.asked.push(page);
    this.signals.push(signal);
    const items = rows(this.count).slice((page - 1) * this.size, page * this.size);
    return { items, ...(this.tellsTotal && { total: this.count }) };
  };
}

it('gives every entry once, whatever the size of a page and whether the server tells the total', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(60),
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      async (count, size, told) => {
        const list = new List(count, size, told);
        expect(await all(paged(list.load))).toEqual(rows(count));
        const needed = Math.max(1, Math.ceil(count / size));
        expect(list.asked.length).toBeLessThanOrEqual(told ? needed : needed + 1);
      },
    ),
  );
});

it('asks for no page whose entries nobody wants', async () => {
  const list = new List(30, 10, true);
  for await (const row of paged(list.load)) {
    expect(row).toEqual({ id: 1 });
    break;
  }
  expect(list.asked).toEqual([1]);
});

it('asks for the next page while one is read, and never for the one after', async () => {
  const list = new List(50, 10, true);
  const walk = paged(list.load);
  await walk.next();
  await walk.next();
  await walk.next();
  expect(list.asked).toEqual([1, 2]);
  await walk.return();
});

it('ends the request under way when nobody wants the rest', async () => {
  const list = new List(50, 10, true);
  const walk = paged(list.load);
  await walk.next();
  await walk.next();
  expect(list.signals.map(({ aborted }) => aborted)).toEqual([false, false]);
  await walk.return();
  expect(list.signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

it('ends with the signal of the caller', async () => {
  const stop = new AbortController();
  const list = new List(50, 10, true);
  const walk = paged(list.load, stop.signal);
  await walk.next();
  stop.abort();
  expect(list.signals[0].aborted).toBe(true);
});

it('skips what concurrent pushes moved to the next page', async () => {
  const pages = [rows(10), rows(10, 8), []];
  const list = await all(paged(async (page) => ({ items: pages[page - 1] })));
  expect(list).toEqual(rows(17));
});

it('refuses a server that repeats a page', async () => {
  const walk = all(paged(async () => ({ items: rows(10), total: 100 })));
  await expect(walk).rejects.toThrow(/page 2 .* same entries .*\(REG910\)$/);
});

it('throws what loading a page throws, also for the page after', async () => {
  const failing = paged(async (page) => {
    if (page === 2) throw new Error('gone');
    return { items: rows(2), total: 4 };
  });
  await expect(all(failing)).rejects.toThrow('gone');
});
