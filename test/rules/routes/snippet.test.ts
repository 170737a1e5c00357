import fc from 'fast-check';
import { asManifest } from '../../../src/rules/manifest';
import { snippetFor } from '../../../src/rules/routes/snippet';

const says = (text: unknown, type = 'snippet'): string => {
  const { root: at } = asManifest({ text }, {});
  return snippetFor({ type, at: at.get('text'), via: at }, '/v2');
};

describe('what a snippet of nginx says for a path', () => {
  test.each([
    ['a directive', 'proxy_cache a;', 'proxy_cache a;'],
    ['not what a comment says', 'a; # proxy_cache b;\nc;', 'a; \nc;'],
    ['not what another location says', 'a; location /x { b; } c;', 'a;  c;'],
    ['what the location of the path says', 'location ^~ /v2/ { b; }', ' b; '],
    ['what no location says', 'relocation /x { b; }', 'relocation /x { b; }'],
    ['an open block as it stands', 'location /x { b;', 'location /x { b;'],
  ])('is %s', (_, text, said) => {
    expect(says(text)).toBe(said);
  });

  test('is nothing for other treatments, and for what is no text', () => {
    expect(says('a;', 'headers')).toBe('');
    expect(says(42)).toBe('');
  });

  test('is looked for in the first ten thousand characters', () => {
    expect(says('x'.repeat(20_000))).toHaveLength(10_000);
  });

  test('is found in no time, whatever the text', () => {
    const word = fc.constantFrom('location', ' ', '{', '}', '#', '\n', ';', '/v2', 'x');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 3000 }), (words) => {
        const text = words.join('');
        expect(says(text).length).toBeLessThanOrEqual(text.length);
      }),
    );
    expect(says('location '.repeat(5000))).toHaveLength(10_000);
  });
});
