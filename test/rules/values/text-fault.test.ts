import fc from 'fast-check';
import { INI_VALUE } from '../../../src/declaration/app-ini';
import { matches } from '../../../src/declaration/grammar';
import { textFault } from '../../../src/rules/values/text-fault';
import { anyText } from '../../support/any-text';

describe('a text below gitea.config', () => {
  test.each([
    '',
    'x',
    ' x ',
    'x\n',
    'x\n\n',
    '`x`',
    '"a#b"',
    'a\tb',
    'é 🙂',
    "'+1', '-1'",
    '%(x)s $(y) \\',
    '"',
  ])('reaches app.ini: %j', (text) => {
    expect(textFault(text)).toBeUndefined();
  });

  test.each([
    ['a\nb', 'a text of 2 lines'],
    ['a\n\nb\n', 'a text of 3 lines'],
    ['"x"', 'a text that begins and ends with the same quote'],
    ["'x'", 'a text that begins and ends with the same quote'],
    [' "x" ', 'a text that begins and ends with the same quote'],
    ['a\u2028b', 'a text with control or separator characters'],
    ['a\u2029', 'a text with control or separator characters'],
    ['\u007f', 'a text with control or separator characters'],
    ['\ufffe', 'a text with control or separator characters'],
    ['\ud800', 'a text with control or separator characters'],
    ['a\rb', 'a text with control or separator characters'],
  ])('does not: %j is %s', (text, observed) => {
    expect(textFault(text)?.observed).toBe(observed);
  });

  test('is judged in time, however long it is', () => {
    const start = performance.now();
    textFault(`${'\n'.repeat(500_000)}x`);
    textFault(`'${'"'.repeat(500_000)}`);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('reaches app.ini whenever the declaration takes it', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        if (matches(INI_VALUE, text)) {
          expect(textFault(text)).toBeUndefined();
        }
      }),
    );
  });
});
