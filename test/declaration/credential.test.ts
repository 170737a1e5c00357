import fc from 'fast-check';
import {
  looksLikeCredential,
  looksLikeCredentialBesideRevision,
} from '../../src/declaration/credential';
import { anyText } from '../support/any-text';

const HEX = '0123456789abcdef0123456789abcdef01234567';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJVc2VySUQiOjF9.c2lnbmF0dXJl';

describe('looksLikeCredential', () => {
  it.each([
    [HEX, 'a Gitea token'],
    [HEX.toUpperCase(), 'a token in upper case'],
    [`x${HEX}-`, 'a token between other letters'],
    [JWT, 'a JWT'],
    ['eyJhbGciOiJub25lIn0.eyJhIjoxfQ.', 'an unsigned JWT'],
    [`token-${JWT}`, 'a JWT after other letters'],
    ['https://user:pass@git.example.org/', 'a URL with userinfo'],
    ['see redis+cluster://:pass@redis:6379/0', 'a connection string amid words'],
    ['http://user@host', 'a URL with a user alone'],
    ['password=hunter2', 'a password'],
    ['Password: hunter2', 'a password in YAML'],
    ['addrs=x:6379 password = hunter2', 'a password among options'],
    ['passwd=x', 'a password'],
    ['passphrase=x', 'a passphrase'],
    ['pwd=x', 'a password'],
    ['client secret: x', 'a secret'],
    ['?token=x', 'a token in a query'],
    ['DB_PASSWORD=hunter2', 'a variable that holds a password'],
    ['?access_token=x', 'a token in a query'],
    ['clientSecret: x', 'a secret in camel case'],
    [`ghp_${'a'.repeat(36)}`, 'a GitHub token'],
    [`gho_${'a'.repeat(36)}`, 'a GitHub token'],
    [`github_pat_${'a'.repeat(60)}`, 'a fine-grained GitHub token'],
    [`glpat-${'a'.repeat(20)}`, 'a GitLab token'],
    ['Basic dXNlcjpodW50ZXIyaHVudGVyMg==', 'an Authorization value'],
    ['bearer   abcdefghijklmnop', 'an Authorization value'],
    ['-----BEGIN PRIVATE KEY-----', 'a private key'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----', 'a private key'],
  ])('finds %j: %s', (text) => {
    expect(looksLikeCredential(text)).toBe(true);
    expect(looksLikeCredential(`before, ${text}`)).toBe(true);
    expect(looksLikeCredential(`line\n${text}\nline`)).toBe(true);
  });

  it.each([
    ['', 'nothing'],
    ['gitea-pull', 'a name'],
    [HEX.slice(1), 'a text of 39 hex digits'],
    [`${HEX}0`, 'a text of 41 hex digits'],
    [`sha256:${'0'.repeat(64)}`, 'a digest'],
    ['6186a99', 'a short revision'],
    ['https://git.example.org/path?mail=a@b', 'a URL with an @ behind its host'],
    ['oci://docker.gitea.com/charts/gitea', 'a chart'],
    ['git@git.example.org:owner/repo', 'an scp-like address'],
    ['eyJ.a.b', 'a text that only begins like a JWT'],
    ['eyJhbGciOi.x', 'a text of two parts'],
    ['password', 'the word alone'],
    ['the password of the bot', 'the word in a sentence'],
    ['password=', 'an empty password'],
    ['passwords: none', 'another word'],
    ['secretName', 'a field name'],
    ['basic auth is off', 'a sentence'],
    ['Bearer token', 'two words'],
    ['ghp_short', 'a name'],
    ['-----BEGIN CERTIFICATE-----', 'a certificate'],
    ['-----BEGIN PUBLIC KEY-----', 'a public key'],
  ])('does not find %j: %s', (text) => {
    expect(looksLikeCredential(text)).toBe(false);
  });

  it('finds a token in any text, unless hex digits touch it', () => {
    const hex = fc.string({
      unit: fc.constantFrom(...'0123456789abcdefABCDEF'),
      minLength: 40,
      maxLength: 40,
    });
    const around = anyText().map((text) => text.replace(/[0-9a-f]/gi, 'x'));
    fc.assert(
      fc.property(around, hex, around, (before, token, after) =>
        looksLikeCredential(before + token + after),
      ),
    );
  });

  it.each(['a', 'eyJ', 'eyJey.', '://', 'a://', 'token ', 'Basic ', '-----BEGIN ', '0', '_-'])(
    'reads a megabyte of %j without going over it again and again',
    (unit) => {
      const text = unit.repeat(1_000_000 / unit.length);
      expect(looksLikeCredential(text)).toBe(false);
      expect(looksLikeCredential(`${text} password=x`)).toBe(true);
    },
    5000,
  );
});

describe('looksLikeCredentialBesideRevision', () => {
  it('lets a revision pass and nothing else', () => {
    expect(looksLikeCredentialBesideRevision(HEX)).toBe(false);
    expect(looksLikeCredentialBesideRevision(`commit ${HEX}`)).toBe(false);
    for (const text of [JWT, 'password=x', `https://user:${HEX}@git.example.org`, `token=${HEX}`]) {
      expect(looksLikeCredentialBesideRevision(text)).toBe(true);
    }
  });
});
