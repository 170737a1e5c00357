import fc from 'fast-check';
import { INI_KEY, INI_SECTION, INI_VALUE, splitIniPath } from '../../src/declaration/app-ini';
import { matches } from '../../src/declaration/grammar';
import { anyText } from '../support/any-text';
import { arbitraryIniKey, arbitraryIniSection, arbitraryIniValue } from '../support/arbitraries';

describe('a section', () => {
  it('may be any section of app.ini', () => {
    fc.assert(fc.property(arbitraryIniSection, (section) => matches(INI_SECTION, section)));
  });

  it.each([
    'server',
    'repository.pull-request',
    'global_lock',
    'repo-avatar',
    'i18n',
    'a'.repeat(100),
  ])('may be %j', (section) => {
    expect(matches(INI_SECTION, section)).toBe(true);
  });

  it.each([
    '',
    'Server',
    'cron__x',
    'cron..x',
    '.cron',
    'cron.',
    '[server]',
    'a b',
    '1a',
    'a\n',
    'a'.repeat(101),
  ])('may not be %j', (section) => {
    expect(matches(INI_SECTION, section)).toBe(false);
  });
});

describe('a key', () => {
  it('may be any key of app.ini', () => {
    fc.assert(fc.property(arbitraryIniKey, (key) => matches(INI_KEY, key)));
  });

  it.each([
    ['root_url', 'is in lower case'],
    ['ROOT.URL', 'holds a dot'],
    ['ROOT-URL', 'holds a dash: the init container fails'],
    ['ROOT__URL', 'holds two underscores: the chart starts another key there'],
    ['PASSWD__FILE', 'makes environment-to-ini read a file'],
    ['_X', 'begins with an underscore'],
    ['X_', 'ends with an underscore'],
    ['1X', 'begins with a digit'],
    ['', 'is empty'],
    ['X\n', 'ends with a line break'],
    ['X'.repeat(101), 'is longer than 100 characters'],
  ])('may not be %j: it %s', (key) => {
    expect(matches(INI_KEY, key)).toBe(false);
  });
});

describe('a value', () => {
  it('may be any text that app.ini gives back', () => {
    fc.assert(fc.property(arbitraryIniValue, (value) => matches(INI_VALUE, value)));
  });

  it.each([
    '',
    '"',
    "it's",
    '"a',
    '`a"',
    '%(x)s',
    '$(id)',
    'a\\',
    '# ;',
    'ü',
    '😀',
    'a\u00a0b',
    'x'.repeat(4096),
  ])('may be %j', (value) => {
    expect(matches(INI_VALUE, value)).toBe(true);
  });

  it.each([
    [' a', 'begins with a blank'],
    ['a ', 'ends with a blank'],
    [' ', 'is a blank'],
    ['a\u00a0', 'ends with a no-break space'],
    ['\ta', 'begins with a tab'],
    ['a\tb', 'holds a tab'],
    ['a\nb', 'has two lines'],
    ['a\r', 'ends with a line break'],
    ['"a"', 'stands in double quotes'],
    ["'a'", 'stands in single quotes'],
    ['`a`', 'stands in back-ticks'],
    ['""', 'is two quotes'],
    ['"""a', 'begins with three quotes'],
    ['a\u0000b', 'holds a NUL'],
    ['a\u007fb', 'holds a DEL'],
    ['a\u0085b', 'holds a C1 control'],
    ['a\u2028b', 'holds a line separator'],
    ['a\u2029b', 'holds a paragraph separator'],
    ['a\ufeffb', 'holds a byte order mark'],
    ['a\ufffeb', 'holds a non-character'],
    ['a\uffffb', 'holds a non-character'],
    ['a\ud800b', 'holds half a character'],
    ['a\udc00', 'ends with half a character'],
    ['x'.repeat(4097), 'is longer than 4096 characters'],
  ])('may not be %j: it %s', (value) => {
    expect(matches(INI_VALUE, value)).toBe(false);
  });

  it('keeps its ends: what is accepted is not changed by a trim, and a line reads it whole', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 6 }), (value) => {
        fc.pre(matches(INI_VALUE, value));
        expect(value.trim()).toBe(value);
        expect(value.split(/[\r\n\u2028\u2029]/)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('splitIniPath', () => {
  it('gives back section and key, whatever dots the section holds', () => {
    fc.assert(
      fc.property(arbitraryIniSection, arbitraryIniKey, (section, key) => {
        expect(splitIniPath(`${section}.${key}`)).toEqual({ section, key });
      }),
    );
  });

  it('takes a text without a dot for a key', () => {
    expect(splitIniPath('APP_NAME')).toEqual({ section: '', key: 'APP_NAME' });
  });
});
