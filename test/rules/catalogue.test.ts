import { readdirSync } from 'node:fs';
import { RULES } from '../../src/rules/catalogue';
import { findings, fixtureNames, FIXTURES, kindOf, line, readFixture } from './fixture';

describe('the catalogue of rules', () => {
  test('holds each code once, in order', () => {
    const codes = RULES.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
  });

  test('has no fixture of an unknown code', () => {
    expect(
      readdirSync(FIXTURES).filter((code) => !RULES.some((rule) => rule.code === code)),
    ).toEqual([]);
  });

  test.each(RULES.map((rule) => [rule.code, rule] as const))('%s says what it is', (_, rule) => {
    expect(rule.code).toMatch(/^REG[1-9]\d\d$/);
    expect(rule.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.why).not.toBe('');
    expect(rule.fix).not.toBe('');
    expect(rule.shows.length).toBeGreaterThan(0);
    expect(rule.links.length).toBeGreaterThan(0);
    expect(rule.links.filter((link) => !/^https:\/\//.test(link))).toEqual([]);
    expect(rule.judgeRegistry ?? rule.judgeEstate).toBeDefined();
  });
});

test.each(RULES.map(({ code }) => code))(
  'calls what passes %s fine by every other rule',
  (code) => {
    for (const name of fixtureNames(code).filter((one) => kindOf(one) === 'passes')) {
      const found = findings(readFixture(code, name).manifests, RULES);
      const wrong = found.filter(({ severity }) => severity !== 'info');
      expect({
        name,
        found: wrong.map((one) => `${one.code} ${line(one)}: ${one.observed}`),
      }).toEqual({
        name,
        found: [],
      });
    }
  },
);
