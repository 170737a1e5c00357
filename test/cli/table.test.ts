import fc from 'fast-check';
import { table } from '../../src/cli/table';

it('puts cells below each other, whatever letters they have', () => {
  expect(
    table(
      ['A', 'LONG HEAD'],
      [
        ['–', 'x'],
        ['abc', ''],
      ],
    ),
  ).toBe('A    LONG HEAD\n–    x\nabc\n');
});

it('lets no text of a server move the cursor or begin a line', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 5 }), (rows) => {
      const lines = table(['A', 'B'], rows).split('\n');
      expect(lines).toHaveLength(rows.length + 2);
      // eslint-disable-next-line no-control-regex
      expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    }),
  );
  expect(table(['A'], [['\u001b[2Jx']])).toBe('A\n\\u001b[2Jx\n');
});
