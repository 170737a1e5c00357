import { mayBeSecret, shownValue } from '../../../src/rules/values/shown-value';

describe('the value of a setting in a message', () => {
  test('is quoted', () => {
    expect(shownValue('packages', 'LIMIT_SIZE_NPM', '5 gigs')).toBe("'5 gigs'");
  });

  test.each([
    ['database', 'PASSWD', 'x'],
    ['oauth2', 'JWT_SECRET', 'x'],
    ['plugin', 'MY_PASSWORD', 'x'],
    ['plugin', 'API_TOKEN', 'x'],
    ['plugin', 'CREDENTIALS', 'x'],
    ['plugin', 'API_KEY', 'x'],
    ['plugin', 'key', 'x'],
    ['plugin', 'REDIS_CONN_STR', 'x'],
    ['server', 'ROOT_URL', 'https://user:x@git.example.org/'],
    ['git.config', 'http.extraHeader', 'Authorization: x'],
  ])('is not shown for [%s] %s', (section, key, text) => {
    expect(shownValue(section, key, text)).toBe('not shown, for it may be a secret');
  });

  test.each(['KEYS_SHOWN', 'MONKEY', 'KEY_SIZE'])('may be shown for %s', (key) => {
    expect(mayBeSecret('ui', key)).toBe(false);
  });
});
