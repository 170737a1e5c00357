import * as fc from 'fast-check';
import { saidBy, serverText } from '../../src/client/server-text';
import { anyText } from '../support/any-text';

const TOKEN = '0123456789abcdef0123456789abcdef01234567';

describe('the text of a server', () => {
  it('stands on one line without escape codes', () => {
    expect(serverText('a\u001b[31mred\u001b[0m\r\n b\u0000\u202ec \u001b]0;title\u0007d')).toBe(
      'ared b c d',
    );
  });

  it('is cut', () => {
    expect(serverText('x'.repeat(500))).toBe(`${'x'.repeat(200)}…`);
    expect(serverText('abc', 3)).toBe('abc');
    expect(serverText('a😀b', 2)).toBe('a😀…');
  });

  it.each([
    ['on its own', TOKEN],
    ['in a sentence', `your token ${TOKEN} is old`],
    ['behind the cut', `${'x '.repeat(300)}${TOKEN}`],
    ['in colour', `${TOKEN.slice(0, 20)}\u001b[1m${TOKEN.slice(20)}`],
    ['on two lines', `${TOKEN.slice(0, 20)}\n${TOKEN.slice(20)}`],
    ['as a header', 'Authorization: Basic dXNlcjpwYXNzd29yZA=='],
  ])('is hidden when it holds a credential %s', (_, text) =>
    expect(serverText(text)).toBe('‹redacted›'),
  );

  it('never holds a control character or more than its bound', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 400 }), (text) => {
        const shown = serverText(text, 50);
        // eslint-disable-next-line no-control-regex
        expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
        expect([...shown].length).toBeLessThanOrEqual(51);
      }),
    );
  });
});

describe('what a body says', () => {
  it.each([
    ['the message of the API', '{"message":"permission denied","url":"x"}', "'permission denied'"],
    [
      'its errors',
      '{"errors":["user redirect does not exist"],"message":"GetUserByName"}',
      "'GetUserByName: user redirect does not exist'",
    ],
    [
      'code and message of the registry',
      '{"errors":[{"code":"DIGEST_INVALID","message":"no"},{"code":"B","message":""}]}',
      "'DIGEST_INVALID no: B'",
    ],
    [
      'the title of a page',
      '<!DOCTYPE html><title>Sign in\n now</title>x',
      "an HTML page titled 'Sign in now'",
    ],
    ['a page without a title', '<html><body>x', 'an HTML page'],
    ['nothing', ' \n', 'an empty body'],
    ['JSON of another kind', '[1]', "'[1]'"],
    ['a message that is none', '{"message":7}', '\'{"message":7}\''],
    ['text', 'Bad Gateway', "'Bad Gateway'"],
  ])('is %s', (_, body, said) => expect(saidBy(body)).toBe(said));

  it('is a page when the server says so', () =>
    expect(saidBy('<p>', 'text/html; charset=utf-8')).toBe('an HTML page'));
});
