import * as fc from 'fast-check';
import { checkedRange, rangeHeader, totalBeyond } from '../../../src/client/generic/range';
import { thrown } from '../../support/thrown';

const HOST = 'git.example.org';

it.each([
  [{}, undefined],
  [{ from: 0 }, 'bytes=0-'],
  [{ from: 5, to: 9 }, 'bytes=5-9'],
  [{ to: 9 }, 'bytes=0-9'],
])('asks for %j', (range, header) => expect(rangeHeader(range)).toBe(header));

it.each([
  ['the range', 'bytes 5-9/20', { from: 5, to: 9 }, { from: 5, to: 9, total: 20 }],
  ['what the file has of it', 'bytes 5-9/10', { from: 5, to: 99 }, { from: 5, to: 9, total: 10 }],
  ['the rest', 'bytes 5-9/10', { from: 5 }, { from: 5, to: 9, total: 10 }],
  ['a range of a file without end', 'bytes 5-9/*', { from: 5, to: 9 }, { from: 5, to: 9 }],
  ['the rest of a file without end', 'bytes 5-9/*', { from: 5 }, { from: 5, to: 9 }],
  ['the unit in capitals', 'Bytes 0-0/1', { to: 0 }, { from: 0, to: 0, total: 1 }],
])('takes %s', (_, header, asked, expected) =>
  expect(checkedRange(header, asked, HOST)).toEqual(expected),
);

it.each([
  ['another beginning', 'bytes 4-9/20', { from: 5, to: 9 }],
  ['another end', 'bytes 5-8/20', { from: 5, to: 9 }],
  ['an end too late', 'bytes 5-10/20', { from: 5, to: 9 }],
  ['a rest that is not the rest', 'bytes 5-9/20', { from: 5 }],
  ['a short part of a file without end', 'bytes 5-8/*', { from: 5, to: 9 }],
  ['a backward range', 'bytes 9-5/20', { from: 9 }],
  ['another unit', 'lines 5-9/20', { from: 5, to: 9 }],
  ['several parts', undefined, { from: 5, to: 9 }],
  ['something else', 'bytes 5-9/20 \u001b[2J', { from: 5, to: 9 }],
])('refuses %s', (_, header, asked) => {
  const { message } = thrown(() => checkedRange(header, asked, HOST));
  expect(message).toMatch(/^'git\.example\.org' answered with '.*' to bytes=.*\(REG218\)$/);
  expect(message).not.toContain('\u001b');
});

it('takes what a right server answers, and nothing shifted', () => {
  const size = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(
      size,
      fc.nat(999),
      fc.option(fc.nat(999), { nil: undefined }),
      (total, from, length) => {
        fc.pre(from < total);
        const to = length === undefined ? undefined : from + length;
        const end = Math.min(to ?? Infinity, total - 1);
        const asked = { from, ...(to !== undefined && { to }) };
        const answered = `bytes ${from}-${end}/${total}`;
        expect(checkedRange(answered, asked, HOST)).toEqual({ from, to: end, total });
        expect(() =>
          checkedRange(`bytes ${from + 1}-${end + 1}/${total + 1}`, asked, HOST),
        ).toThrow('REG218');
      },
    ),
  );
});

it.each([
  ['bytes */11', 11],
  ['bytes 0-1/11', undefined],
  [undefined, undefined],
])('reads the size from %p', (header, total) => expect(totalBeyond(header)).toBe(total));
