import fc from 'fast-check';
import { ItemSplitter } from '../../../src/cluster/kubectl/item-splitter';

/** The items of a text that arrives in pieces cut at the given places. */
function split(text: string, cuts: readonly number[] = []): unknown[] {
  const bytes = Buffer.from(text);
  const items: unknown[] = [];
  const splitter = new ItemSplitter((item) => items.push(item));
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  let start = 0;
  for (const end of ends.sort((one, other) => one - other)) {
    splitter.write(bytes.subarray(start, end));
    start = end;
  }
  splitter.end();
  return items;
}

// `-0` is written as `0`, and `__proto__` is no key of a parsed object like others.
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const cuts = fc.array(fc.nat(), { maxLength: 12 });
const blanks = fc.constantFrom(undefined, 1, 4, '\t', '\r\n ');

describe('the splitter of lists', () => {
  it('gives every item of any list, however its text is cut and printed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => key !== 'items' && key !== '__proto__'),
          json,
        ),
        fc.array(json),
        fc.dictionary(
          fc.string().filter((key) => key !== 'items' && key !== '__proto__'),
          json,
        ),
        cuts,
        blanks,
        (before, items, after, places, space) => {
          const text = JSON.stringify({ ...before, items, ...after }, undefined, space);
          expect(split(text, places)).toEqual(items);
        },
      ),
    );
  });

  it('gives the same items when each byte comes alone', () => {
    const items = [{ name: 'ä€😀', text: '"],}\\' }, [], 'items', -1.5e3, null, { items: [1, 2] }];
    const text = JSON.stringify({ kind: 'List', note: '{"items":[7]}', items }, undefined, 2);
    const each = Array.from({ length: Buffer.byteLength(text) }, (_, index) => index);
    expect(split(text, each)).toEqual(items);
  });

  it('reads the key of the list however it is escaped', () => {
    expect(split('{"\\u0069tems":[1]}')).toEqual([1]);
  });

  it('passes over a list of that name further down, and long texts at the top', () => {
    const text = JSON.stringify({ metadata: { items: [1] }, note: 'x'.repeat(200), items: [2] });
    expect(split(text)).toEqual([2]);
  });

  it.each([
    ['nothing', ''],
    ['half a list', '{"items":[{"a":1},{"b"'],
    ['an object without items', '{"kind":"Pod"}'],
    ['a page', '<html></html>'],
    ['a bracket too many', '{"items":[]}}'],
    ['an item that is no JSON', '{"items":[{"a":}]}'],
  ])('refuses %s', (_, text) => {
    expect(() => split(text)).toThrow(SyntaxError);
  });

  it('refuses an item larger than any object', () => {
    const splitter = new ItemSplitter(() => undefined);
    splitter.write(Buffer.from('{"items":["'));
    const piece = Buffer.alloc(1024 * 1024, 'x');
    expect(() => {
      for (let count = 0; count < 17; count++) {
        splitter.write(piece);
      }
    }).toThrow(RangeError);
  });
});
