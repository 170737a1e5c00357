import { BROKEN, HEALTHY } from './scenarios';

describe('the table', () => {
  test('has enough set-ups, each with a name of its own', () => {
    const names = [...BROKEN, ...HEALTHY].map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(BROKEN.length).toBeGreaterThanOrEqual(45);
    expect(HEALTHY.length).toBeGreaterThanOrEqual(12);
  });

  test('names codes of the catalogue', () => {
    const codes = [...new Set(BROKEN.map(({ code }) => code))];
    expect(codes.filter((code) => !/^REG\d{3}$/.test(code))).toEqual([]);
  });
});
