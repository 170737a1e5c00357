import { isStandIn } from '../../../src/rules/read/secret-text';

describe('a text in place of a secret', () => {
  test.each([
    [''],
    ['  \n'],
    ['{{ .Values.password }}'],
    ['prefix-{{ .a }}'],
    ['${PASSWORD}'],
    ['$(PASSWORD)'],
    ['ref+vault://secret/gitea#/password'],
    ['secretref+ref+sops://a'],
    ['ENC[AES256_GCM,data:x]'],
    ['-----BEGIN AGE ENCRYPTED FILE-----\nx'],
    ['<path:secret/data/gitea#password>'],
    ['<your-password>'],
    ['<nil>'],
    ['REPLACED'],
    ['replace-me'],
    ['Redacted'],
    ['placeholder'],
    ['null'],
    ['‹redacted›'],
    ['xxxx'],
    ['***'],
    ['...'],
    ['•••'],
  ])('%j is one', (text) => {
    expect(isStandIn(text)).toBe(true);
    expect(isStandIn(` ${text}\n`)).toBe(true);
  });

  test.each([
    ['changeme'],
    ['gitea'],
    ['r8sA8CPHD9!bt6d'],
    ['a<b>c'],
    ['<a><b>'],
    ['href+x'],
    ['Pref+a'.toLowerCase()],
    ['$PASSWORD'],
    ['{ .a }'],
    ['xxyx'],
    ['xx'],
    ['x'],
    ['nothing'],
    ['x1'],
    ['replaced-twice'],
    ['an ENC[ inside'],
  ])('%j is none', (text) => {
    expect(isStandIn(text)).toBe(false);
  });
});
