import fc from 'fast-check';
import { envName } from '../../../src/rules/read/env-name';
import recorded from './go-vectors.json';

describe('the setting an environment variable names', () => {
  test.each(recorded.env.map(({ name, ...setting }) => [name, setting] as const))(
    'of %s is what Gitea decodes',
    (name, setting) => {
      expect(envName(name) ?? {}).toEqual(setting);
    },
  );

  test('may stand behind the prefix of Forgejo', () => {
    expect(envName('FORGEJO__packages__ENABLED')).toEqual({
      section: 'packages',
      key: 'ENABLED',
      file: false,
    });
  });

  test.each(['X_GITEA__A__B', 'GITEA_A__B', 'gitea__A__B', ''])('is none for %j', (name) => {
    expect(envName(name)).toBeUndefined();
  });

  test('comes back from any section and key that are escaped', () => {
    const escaped = (text: string): string =>
      text === '' ? '' : `_0X${Buffer.from(text).toString('hex')}_`;
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (section, key) => {
        expect(envName(`GITEA__${escaped(section)}__${escaped(key)}`)).toEqual({
          section: section.toLowerCase(),
          key,
          file: false,
        });
      }),
    );
  });
});
