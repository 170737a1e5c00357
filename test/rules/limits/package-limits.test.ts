import fc from 'fast-check';
import { giteaCount } from '../../../src/rules/limits/package-limits';

describe('a count of Gitea', () => {
  test('is a whole number', () => {
    fc.assert(
      fc.property(fc.nat(), (count) => {
        expect(giteaCount(`${count}`)).toBe(count);
        expect(giteaCount(` ${count} `)).toBe(count);
      }),
    );
  });

  test.each(['-1', '-2', '1e+06', '', 'many', '1.5', '9'.repeat(19), '1x', 'x1'])(
    'is unlimited where %j stands',
    (text) => {
      expect(giteaCount(text)).toBe(-1);
    },
  );

  test('has at most eighteen digits', () => {
    expect(giteaCount('9'.repeat(18))).toBe(Number('9'.repeat(18)));
  });
});
