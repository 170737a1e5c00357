import fc from 'fast-check';
import { plainPattern } from '../../../src/rules/read/path-pattern';

describe('a pattern that every engine reads alike', () => {
  test.each([
    ['^/v2', '/v2/owner', true],
    ['^/v2(/|$)(.*)', '/v2', true],
    ['^/v2(/|$)(.*)', '/v2foo', false],
    ['^/(api|v2|assets)(/.*)?$', '/v2/token', true],
    ['^/(?:api|v2)/', '/v2/', true],
    ['^/[a-z0-9_-]+/', '/v2/', true],
    ['^/[^/]+$', '/v2/', false],
    ['^/[\\w.]{1,3}/', '/v2/', true],
    ['^/v\\d{1}/', '/v2/', true],
    ['/v2\\.0', '/v2.0', true],
    ['/V2', '/v2', false],
    ['(?i)/V2', '/v2', true],
    ['^/v2/.*?/x{2,}', '/v2/a/xx', true],
    ['a{2}', 'aa', true],
    ['', '/', true],
    ['[.]', 'a', false],
  ])('%s tested on %s says %s', (pattern, path, fits) => {
    expect(plainPattern(pattern)?.test(path)).toBe(fits);
  });

  test('ignores case where it is told to', () => {
    expect(plainPattern('/V2', true)?.test('/v2')).toBe(true);
  });

  test('has five repetitions at most, and thirty-two choices', () => {
    expect(plainPattern('a*b*c*d*e*')).toBeDefined();
    expect(plainPattern('a*b*c*d*e*f*')).toBeUndefined();
    expect(plainPattern('(a|b)(a|b)(a|b)(a|b)(a|b)')).toBeDefined();
    expect(plainPattern('(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)')).toBeUndefined();
    expect(plainPattern('a|b(a|b)(a|b)(a|b)(a|b)')).toBeDefined();
    expect(plainPattern('a|b(a|b)(a|b)(a|b)(a|b)(a|b)')).toBeUndefined();
  });

  test('has 256 characters at most', () => {
    expect(plainPattern('a'.repeat(256))).toBeDefined();
    expect(plainPattern('a'.repeat(257))).toBeUndefined();
  });
});

describe('a pattern that is left unread', () => {
  test.each([
    ['repeats a repetition', '(a+)+$'],
    ['repeats a group', '(ab)*'],
    ['repeats an alternative', '(a|aa)+'],
    ['counts a group', '(ab){2}'],
    ['repeats an anchor', '^*'],
    ['repeats nothing', '*a'],
    ['repeats an alternative of nothing', 'a|*'],
    ['looks ahead', '/v2(?=/)'],
    ['looks behind', '(?<=/)v2'],
    ['names a group', '(?P<name>a)'],
    ['refers back', '(a)\\1'],
    ['uses a class of POSIX', '[[:alpha:]]'],
    ['uses a class of Unicode', '\\pL'],
    ['uses an anchor of Go', '\\Av2\\z'],
    ['sets a flag inside', 'a(?i)b'],
    ['opens a group and leaves it open', '(a'],
    ['closes what is not open', 'a)'],
    ['closes before it opens', ')a('],
    ['has a range the wrong way', '[z-a]'],
    ['has a count the wrong way', 'a{3,2}'],
    ['counts to a thousand', 'a{1000}'],
    ['ends in a backslash', 'a\\'],
    ['opens a class and leaves it open', '[a'],
    ['has a bare brace', 'a{'],
  ])('%s', (_, pattern) => {
    expect(plainPattern(pattern)).toBeUndefined();
  });
});

describe('any pattern at all', () => {
  const pieces = fc.constantFrom(
    ...[
      'a',
      '.',
      '\\d',
      '[ab]',
      '[^a]',
      '(',
      '(?:',
      ')',
      '|',
      '*',
      '+',
      '?',
      '{2}',
      '{1,9}',
      '^',
      '$',
      '/',
      '\\.',
    ],
  );
  const text = fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join(''));

  test('is refused, or answers at once', () => {
    const subject = `/v2/${'a'.repeat(28)}!`;
    fc.assert(
      fc.property(text, (pattern) => {
        const started = performance.now();
        plainPattern(pattern)?.test(subject);
        expect(performance.now() - started).toBeLessThan(5_000);
      }),
      { numRuns: 1000 },
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (pattern) => void plainPattern(pattern)));
  });

  test('means what JavaScript means by it', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('', 'a', '/a', 'ab/', '/v2/a.'), (pattern, path) => {
        const plain = plainPattern(pattern);
        fc.pre(plain !== undefined);
        expect(plain.test(path)).toBe(new RegExp(pattern).test(path));
      }),
    );
  });
});
