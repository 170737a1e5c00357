import fc from 'fast-check';
import { giteaSize } from '../../../src/declaration/size';
import type { ForgeVersion } from '../../../src/declaration/version';
import { parseForgeVersion } from '../../../src/declaration/version';
import { valueFault } from '../../../src/rules/values/value-fault';
import recorded from '../read/go-vectors.json';

const holds = (
  name: string,
  text: string,
  version?: ForgeVersion,
  siblings: { readonly [key: string]: string } = {},
): boolean => {
  const [section, key] = name.split(' ');
  return (
    valueFault(section, key, text, { version, sibling: (other) => siblings[other] }) === undefined
  );
};

describe('a size', () => {
  const keys = ['packages LIMIT_SIZE_NPM', 'packages LIMIT_TOTAL_OWNER_SIZE'];

  test.each([
    '5 GiB',
    '5gib',
    '500',
    '0',
    '-1',
    '1.5 GB',
    '',
    '1,000,000',
    '1,000 MB',
    '12,345,678',
  ])('may be %j', (text) => {
    expect(keys.map((key) => holds(key, text))).toEqual([true, true]);
  });

  test.each([
    '5 gigs',
    'unlimited',
    '-2',
    '1e+06',
    '5,5 GiB',
    '1,00',
    '9EiB',
    '1_000',
    '1000,000',
    '1,0000',
    '1,000,00',
  ])('may not be %j', (text) => {
    expect(keys.map((key) => holds(key, text))).toEqual([false, false]);
  });

  test('with a comma is suggested with a point', () => {
    const context = { version: undefined, sibling: () => undefined };
    expect(valueFault('packages', 'LIMIT_SIZE_NPM', '5,5 GiB', context)?.expected).toBe(
      "'5.5 GiB', with a point",
    );
  });

  test('is refused whenever Gitea takes it for unlimited', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9.,]{0,6} ?[kmgKMGiIbB]{0,3}$/), (text) => {
        if (giteaSize(text) === -1 && text.trim() !== '') {
          expect(holds('packages LIMIT_SIZE_NPM', text)).toBe(false);
        }
      }),
    );
  });
});

describe('a count', () => {
  test.each(['-1', '0', '1000000', '+5', '0x10', '0X1f', '1_000', ''])('may be %j', (text) => {
    expect(holds('packages LIMIT_TOTAL_OWNER_COUNT', text)).toBe(true);
  });

  test.each(['1e+06', '5 GiB', 'x', '1.5', '--1', '0x', '_1'])('may not be %j', (text) => {
    expect(holds('packages LIMIT_TOTAL_OWNER_COUNT', text)).toBe(false);
  });
});

describe('a duration', () => {
  const withUnit = recorded.duration.filter(
    ({ text }) => /[1-9].*[a-zµ]$/.test(text) && !/^[+-]/.test(text),
  );

  test.each(withUnit.map(({ text, seconds }) => [text, seconds !== undefined] as const))(
    '%j is read by Go: %s',
    (text, readable) => {
      expect(holds('cron.cleanup_packages OLDER_THAN', text)).toBe(readable);
      expect(holds('server PER_WRITE_TIMEOUT', text)).toBe(readable);
    },
  );

  test.each(['86400', '-1', '0', '0s', '7d', '+5'])('of a task may not be %j', (text) => {
    expect(holds('cron.cleanup_packages OLDER_THAN', text)).toBe(false);
  });

  test('of a task is told apart: nanoseconds, or the default', () => {
    const why = (text: string): string | undefined =>
      valueFault('cron.a', 'OLDER_THAN', text, { version: undefined, sibling: () => undefined })
        ?.why;
    expect(why('86400')).toMatch(/nanoseconds/);
    expect(why('-1')).toMatch(/nanoseconds/);
    expect(why('7d')).toMatch(/default/);
    expect(why('0')).toMatch(/default/);
  });

  test('of a write may be -1, and no bare number', () => {
    for (const key of ['server PER_WRITE_TIMEOUT', 'server PER_WRITE_PER_KB_TIMEOUT']) {
      expect(holds(key, '-1')).toBe(true);
      expect(holds(key, '30')).toBe(false);
      expect(holds(key, '')).toBe(true);
    }
  });
});

describe('a schedule', () => {
  test('must be one, unless its task is off', () => {
    const key = 'cron.cleanup_packages SCHEDULE';
    expect(holds(key, '@midnight')).toBe(true);
    expect(holds(key, 'whenever')).toBe(false);
    expect(holds(key, 'whenever', undefined, { ENABLED: 'true' })).toBe(false);
    expect(holds(key, 'whenever', undefined, { ENABLED: 'disabled' })).toBe(false);
    expect(holds(key, 'whenever', undefined, { ENABLED: 'off' })).toBe(true);
  });
});

describe('PUBLIC_URL_DETECTION', () => {
  const allowed = (version?: ForgeVersion): string[] =>
    ['auto', 'legacy', 'never', 'always', 'AUTO'].filter((word) =>
      holds('server PUBLIC_URL_DETECTION', word, version),
    );

  test('is two words from 1.24, three from 1.26, and never looked at before and on Forgejo', () => {
    expect(allowed(parseForgeVersion('1.24.0'))).toEqual(['auto', 'legacy']);
    expect(allowed(parseForgeVersion('1.26.0-rc1'))).toEqual(['auto', 'legacy']);
    expect(allowed(parseForgeVersion('1.26.0'))).toEqual(['auto', 'legacy', 'never']);
    expect(allowed()).toEqual(['auto', 'legacy', 'never']);
    expect(allowed(parseForgeVersion('1.23.8'))).toHaveLength(5);
    expect(allowed(parseForgeVersion('12.0.4', 'forgejo'))).toHaveLength(5);
  });
});

describe('REQUIRE_SIGNIN_VIEW', () => {
  test.each(['true', 'off', 'expensive', ''])('may be %j', (text) => {
    expect(holds('service REQUIRE_SIGNIN_VIEW', text)).toBe(true);
  });

  test.each(['strict', 'Expensive', 'yes please'])('may not be %j', (text) => {
    expect(holds('service REQUIRE_SIGNIN_VIEW', text)).toBe(false);
  });
});

describe('a boolean', () => {
  test.each([
    'packages ENABLED',
    'metrics ENABLED',
    'service ENABLE_CAPTCHA',
    'service DISABLE_REGISTRATION',
    'cron.x RUN_AT_START',
    'cron.x NOTICE_ON_SUCCESS',
    'packages SERVE_DIRECT',
    'storage SERVE_DIRECT',
    'storage.minio MINIO_USE_SSL',
    'storage.minio MINIO_INSECURE_SKIP_VERIFY',
    'packages DEFAULT_RPM_SIGN_ENABLED',
  ])('is [%s]', (key) => {
    expect(holds(key, 'yes')).toBe(true);
    expect(holds(key, 'maybe')).toBe(false);
    expect(holds(key, '')).toBe(true);
  });

  test.each([
    'repository DISABLED_REPO_UNITS',
    'other SERVE_DIRECT',
    'xstorage SERVE_DIRECT',
    'ui NOT_ENABLED',
    'cronx RUN_AT_START',
    'xpackages LIMIT_SIZE_NPM',
    'packages LIMIT_SIZE_NPM_X',
    'x.cron.a OLDER_THAN',
  ])('is not [%s], whose values are not known', (key) => {
    expect(holds(key, 'maybe')).toBe(true);
  });
});
