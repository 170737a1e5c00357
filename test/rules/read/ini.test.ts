import fc from 'fast-check';
import { iniBoolean, iniLines, readBack, sectionLines } from '../../../src/rules/read/ini';
import recorded from './go-vectors.json';

const settingsOf = (text: string): [string, string, string][] =>
  iniLines(text).map(({ section, key, value }) => [section, key, value]);

describe('a whole app.ini', () => {
  test.each(recorded.ini.map(({ text, settings }) => [text, settings] as const))(
    'is read as the loader of Gitea reads it: %j',
    (text, settings) => {
      // Keys that number themselves have no meaning for Gitea.
      const named = settings.filter(([, key]) => !/^#\d+$/.test(key));
      expect(settingsOf(text).sort()).toEqual(named.sort());
    },
  );

  test('tells the line of each setting, the first being 0', () => {
    const text = '[packages]\n\nENABLED = true\nX = `a\nb`\nY = 1\n';
    expect(iniLines(text).map(({ key, line }) => [key, line])).toEqual([
      ['ENABLED', 2],
      ['X', 3],
      ['Y', 5],
    ]);
  });

  test('names the last of equal keys only', () => {
    expect(iniLines('[s]\nk=1\nk=2').map(({ value, line }) => [value, line])).toEqual([['2', 2]]);
  });

  test.each([
    ['a line without a delimiter', '[s]\nnonsense\nk=1', [['s', 'k', '1']]],
    ['a header without an end', '[s]\n[t\nk=1', [['s', 'k', '1']]],
    ['a header without a name', '[s]\n[]\nk=1', [['s', 'k', '1']]],
    ['a delimiter without a key', '=v\nk=1', [['', 'k', '1']]],
    ['a quoted key without an end', '`k=1\nj=2', [['', 'j', '2']]],
    ['a quoted key without a delimiter', '`k`\nj=2', [['', 'j', '2']]],
    ['a quoted value without an end', 'k=`1\nj=2', [['', 'j', '2']]],
    ['a key that numbers itself', '- = 1\nj=2', [['', 'j', '2']]],
  ])('passes over %s, where Gitea does not start', (_, text, settings) => {
    expect(settingsOf(text)).toEqual(settings);
  });

  test('is read up to a million characters', () => {
    expect(iniLines(`${'#'.repeat(999_996)}\nk=1\nj=2`).map(({ key }) => key)).toEqual(['k']);
  });

  test('never makes the reader fail, and gives keys and values of one line of text', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '=',
      ':',
      '"""',
      '"',
      "'",
      '`',
      '#',
      ';',
      '\n',
      ' ',
      'a',
      '-',
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((parts) => parts.join('')),
        (text) => {
          for (const { key, line } of iniLines(text)) {
            expect(key).not.toMatch(/\n/);
            expect(line).toBeLessThan(text.split('\n').length);
          }
        },
      ),
    );
  });

  test('takes time in proportion to its length', () => {
    const start = performance.now();
    for (const part of ['"', '`', '[', "'", ' ', '#', '\n', '=', 'k=`\n']) {
      iniLines(part.repeat(200_000));
      sectionLines(part.repeat(200_000));
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

describe('a value on its way through environment-to-ini and back', () => {
  test.each([
    ['"x"', 'x'],
    ["'x'", 'x'],
    ['""', ''],
    ['"', '"'],
    ["'a'b'", "'a'b'"],
    ['"a\'', '"a\''],
    ['`x`', '`x`'],
    ['"a#b"', '"a#b"'],
    ['"a;b"', '"a;b"'],
    ['"a\nb"', '"a\nb"'],
    [' x ', 'x'],
    ['x', 'x'],
  ])('%j is read as %j', (written, read) => {
    expect(readBack(written)).toBe(read);
  });
});

describe('one section as the chart hands it over', () => {
  test('is one setting a line, keys in upper case', () => {
    expect(sectionLines('enabled=true\nLIMIT_SIZE_GENERIC = 5 GiB\n')).toEqual([
      { key: 'ENABLED', value: 'true' },
      { key: 'LIMIT_SIZE_GENERIC', value: '5 GiB' },
    ]);
  });

  test('knows no comments inside a value, and keeps every `=` but the first', () => {
    expect(sectionLines('A=b # c\nB=c=d;e')).toEqual([
      { key: 'A', value: 'b # c' },
      { key: 'B', value: 'c=d;e' },
    ]);
  });

  test.each(['', 'nonsense', '=v', '# A=b', '; A=b', 'A B=c', "'A'=b"])(
    'sets nothing by %j, where the init script ends',
    (line) => {
      expect(sectionLines(line)).toEqual([]);
    },
  );

  test('is read up to a million characters', () => {
    expect(sectionLines(`${'#'.repeat(999_996)}\nK=1\nJ=2`).map(({ key }) => key)).toEqual(['K']);
  });
});

describe('a boolean', () => {
  test.each(['1', 't', 'T', 'true', 'TRUE', 'True', 'y', 'yes', 'YES', 'Yes', 'on', 'ON', 'On'])(
    '%j is true',
    (text) => {
      expect(iniBoolean(text)).toBe(true);
    },
  );

  test.each(['0', 'f', 'F', 'false', 'FALSE', 'False', 'n', 'no', 'NO', 'No', 'off', 'OFF', 'Off'])(
    '%j is false',
    (text) => {
      expect(iniBoolean(text)).toBe(false);
    },
  );

  test.each(['', 'Y', 'N', 'disabled', ' true', 'oN', undefined])('%j is neither', (text) => {
    expect(iniBoolean(text)).toBeUndefined();
  });
});
