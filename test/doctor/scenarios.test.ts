import { diagnose } from '../../src/doctor/run';
import { checkOf } from '../../src/rules';
import { found } from '../e2e/servers/program';
import { BROKEN, HEALTHY } from './scenarios';
import type { SetUp } from './scenarios';

/** No run may take longer, whatever the server does. */
const LIMIT_MS = 10_000;

let setUp: SetUp | undefined;
afterEach(async () => {
  await setUp?.close();
  setUp = undefined;
});

const canRun = ({ needs }: { readonly needs?: string }): boolean =>
  needs === undefined || found(needs) !== undefined;

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
    expect(codes.filter((code) => checkOf(code) === undefined)).toEqual([]);
  });
});

describe('the first thing told of a broken set-up is its cause', () => {
  const runnable = BROKEN.filter(canRun);
  test.each(runnable)(
    '$name: $code',
    async ({ code, start }) => {
      setUp = await start();
      const { results, isPartial } = await diagnose(setUp.request, setUp.options);
      const told = results.filter(({ status }) => status === 'fail' || status === 'warn');
      // What else was told stands beside it in a failure.
      expect({ first: told[0]?.code, told }).toEqual({ first: code, told });
      expect(isPartial).toBe(false);
    },
    LIMIT_MS,
  );
  const left = BROKEN.filter((scenario) => !canRun(scenario));
  if (left.length > 0) {
    test.skip.each(left)('$name: $needs is not on PATH', () => undefined);
  }
});

describe('a healthy set-up is not called broken', () => {
  const runnable = HEALTHY.filter(canRun);
  test.each(runnable)(
    '$name',
    async ({ start }) => {
      setUp = await start();
      const { results, cause } = await diagnose(setUp.request, setUp.options);
      expect(results.filter(({ status }) => status === 'fail')).toEqual([]);
      expect(results.some(({ status }) => status === 'pass')).toBe(true);
      expect(cause).toBeNull();
    },
    LIMIT_MS,
  );
  const left = HEALTHY.filter((scenario) => !canRun(scenario));
  if (left.length > 0) {
    test.skip.each(left)('$name: $needs is not on PATH', () => undefined);
  }
});
