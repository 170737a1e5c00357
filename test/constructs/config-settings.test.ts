import fc from 'fast-check';
import { GiteaRegistry } from 'cdk8s-gitea-registry';
import { parseDeclaration } from 'cdk8s-gitea-registry/declaration';
import { parse } from 'yaml';
import { ConfigSettings } from '../../src/constructs/config-settings';
import { emptyChart, manifests, minimalProps } from '../support/registries';
import { settings } from '../support/settings';
import { messageOf, thrown } from '../support/thrown';

const CHANCE = 'x7Qb-only-here';

function registry(): GiteaRegistry {
  return new GiteaRegistry(emptyChart(), 'Registry', minimalProps());
}

it('can add a setting, whose value stands in the overlay only', () => {
  const chart = emptyChart();
  const added = new GiteaRegistry(chart, 'Registry', minimalProps());
  added.addConfig('cron.cleanup_packages', 'NOTE', CHANCE);
  expect(parse(added.values).gitea.config['cron.cleanup_packages']).toEqual({ NOTE: CHANCE });
  expect(added.declaration).not.toContain(CHANCE);
  expect(added.handoff).not.toContain(CHANCE);
  expect(JSON.stringify(manifests(chart))).not.toContain(CHANCE);
  expect(JSON.parse(added.declaration).config.added).toEqual([
    { section: 'cron.cleanup_packages', key: 'NOTE' },
  ]);
});

it('can add the same value twice, which is one setting', () => {
  const twice = registry();
  twice.addConfig('ui', 'THEMES', 'auto');
  const once = [twice.values, twice.declaration, twice.handoff];
  twice.addConfig('ui', 'THEMES', 'auto');
  expect([twice.values, twice.declaration, twice.handoff]).toEqual(once);
});

it('can add the value a key of the declaration has already, which changes nothing', () => {
  const same = registry();
  const before = [same.values, same.declaration];
  same.addConfig('server', 'ROOT_URL', 'https://git.example.org/');
  same.resetConfig('packages', 'ENABLED', 'true');
  expect([same.values, same.declaration]).toEqual(before);
});

it('can reset a key, whose default is then in overlay and declaration', () => {
  const reset = registry();
  reset.resetConfig('service', 'REQUIRE_SIGNIN_VIEW', 'false');
  expect(parse(reset.values).gitea.config.service).toEqual({ REQUIRE_SIGNIN_VIEW: 'false' });
  expect(JSON.parse(reset.declaration).config).toEqual({
    added: [],
    reset: [{ section: 'service', key: 'REQUIRE_SIGNIN_VIEW', value: 'false' }],
  });
});

it('can reset a key to nothing', () => {
  const reset = registry();
  reset.resetConfig('repository', 'DEFAULT_REPO_UNITS', '');
  expect(parse(reset.values).gitea.config.repository.DEFAULT_REPO_UNITS).toBe('');
});

it('gives the same overlay in whatever order settings are added and reset', () => {
  fc.assert(
    fc.property(
      settings.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      ([list, shuffled]) => {
        const [a, b] = [list, shuffled].map((order) => {
          const one = registry();
          for (const { section, key, value } of order) {
            if (key.length % 2 === 0 && value.length <= 256) {
              one.resetConfig(section, key, value);
            } else {
              one.addConfig(section, key, value);
            }
          }
          return one.values;
        });
        expect(a).toBe(b);
      },
    ),
    { numRuns: 50 },
  );
});

describe('throws when', () => {
  it.each([
    ['Server', 'ROOT_URL', /^config\.section 'Server' .*\(REG620\)$/],
    ['server__x', 'A', /^config\.section 'server__x' .*\(REG620\)$/],
    ['server', 'Root_Url', /^config\.key 'Root_Url' .*\(REG620\)$/],
    ['server', 'A__FILE', /^config\.key 'A__FILE' .*\(REG620\)$/],
    ['server', 'A.B', /^config\.key 'A\.B' .*\(REG620\)$/],
  ])('section or key is none: %s.%s', (section, key, message) => {
    expect(() => registry().addConfig(section, key, 'x')).toThrow(message);
    expect(() => registry().resetConfig(section, key, 'x')).toThrow(message);
  });

  it.each([' x', 'x ', '"x"', 'a\nb', 'a\u2028b', '\ufeff', 'x'.repeat(4097)])(
    'app.ini would lose the value %j',
    (value) => {
      expect(() => registry().addConfig('ui', 'THEMES', value)).toThrow(
        /^ui\.THEMES '.*REG620\)$/s,
      );
      expect(() => registry().resetConfig('ui', 'THEMES', value)).toThrow(/^ui\.THEMES/);
    },
  );

  it('the value is no text, as JavaScript allows', () => {
    expect(() => registry().addConfig('ui', 'PAGE', 50 as never)).toThrow(
      /^ui\.PAGE 50 .*\(REG660\)$/,
    );
    expect(() => registry().addConfig('ui', 'PAGE', undefined as never)).toThrow(
      /^ui\.PAGE is missing.*\(REG660\)$/,
    );
  });

  it('a key gets a second, different value, whichever way it got the first', () => {
    const added = registry();
    added.addConfig('ui', 'THEMES', 'auto');
    const reset = registry();
    reset.resetConfig('ui', 'THEMES', 'auto');
    for (const target of [added, reset]) {
      const before = target.values;
      const message = "ui.THEMES 'dark' is already set to 'auto': one key has one value (REG660)";
      expect(messageOf(() => target.addConfig('ui', 'THEMES', 'dark'))).toBe(message);
      expect(messageOf(() => target.resetConfig('ui', 'THEMES', 'dark'))).toBe(message);
      expect(target.values).toBe(before);
    }
  });

  it('a key of the declaration gets another value, naming the prop as the way', () => {
    const owned = registry();
    for (const [section, key] of [
      ['server', 'ROOT_URL'],
      ['server', 'HTTP_PORT'],
      ['packages', 'LIMIT_SIZE_CONTAINER'],
      ['repository', 'DISABLED_REPO_UNITS'],
    ]) {
      expect(() => owned.addConfig(section, key, 'other')).toThrow(
        /follows the declaration, change its prop instead \(REG660\)$/,
      );
    }
  });

  it.each([
    ['security', 'SECRET_KEY'],
    ['oauth2', 'JWT_SECRET'],
    ['database', 'PASSWD'],
    ['mailer', 'PASSWD'],
    ['storage.minio', 'MINIO_SECRET_ACCESS_KEY'],
  ])('the key %s.%s holds a secret, without showing the value', (section, key) => {
    for (const method of ['addConfig', 'resetConfig'] as const) {
      const message = messageOf(() => registry()[method](section, key, CHANCE));
      expect(message).toContain(`${section}.${key} holds a secret`);
      expect(message).toContain('gitea.additionalConfigSources');
      expect(message).toMatch(/\(REG544\)$/);
      expect(message).not.toContain(CHANCE);
    }
  });

  it.each([
    ['proxy', 'PROXY_HOSTS', `http://user:${CHANCE}@proxy`],
    ['ui', 'THEMES', `password=${CHANCE}`],
    ['cron.x', 'KEY', '0123456789abcdef0123456789abcdef01234567'],
    ['git.config', 'HTTP', `Authorization: ${CHANCE}`],
  ])('a value of %s.%s carries a credential, without showing it', (section, key, value) => {
    for (const method of ['addConfig', 'resetConfig'] as const) {
      const error = thrown(() => registry()[method](section, key, value));
      expect(error.message).toContain('carries a credential');
      expect(error.message).toContain('gitea.additionalConfigSources');
      expect(error.message).toMatch(/\(REG544\)$/);
      expect(error.message).not.toContain(CHANCE);
      expect(error.message).not.toContain(value);
    }
  });

  it('a reset value is longer than a declaration that is read back may hold', () => {
    const fits = registry();
    fits.resetConfig('ui', 'THEMES', 'x'.repeat(256));
    parseDeclaration(fits.declaration);
    expect(() => registry().resetConfig('ui', 'THEMES', 'x'.repeat(513))).toThrow(
      /at most 256 characters.*\(REG620\)$/,
    );
  });
});

it('gives copies, so that nobody changes the settings from outside', () => {
  const config = new ConfigSettings(new Map());
  config.add('ui', 'THEMES', 'auto');
  config.addedSettings().pop();
  config.toDeclaration().added.pop();
  expect(config.addedSettings()).toEqual([{ section: 'ui', key: 'THEMES', value: 'auto' }]);
  expect(config.toDeclaration().added).toHaveLength(1);
});
