import fc from 'fast-check';
import { Cursor } from '../../../src/rules/cursor';
import {
  entryFault,
  entryHoldsSecret,
  readDockerConfig,
} from '../../../src/rules/read/docker-config';
import { WRITTEN } from '../../../src/rules/read/go-template';
import recorded from './keyring-vectors.json';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const plain = (text: string) =>
  readDockerConfig({ at: new Cursor(text), text, encoded: false, template: false });
const template = (text: string) =>
  readDockerConfig({ at: new Cursor(text), text, encoded: false, template: true });
const encoded = (written: string) =>
  readDockerConfig({
    at: new Cursor(written),
    text: Buffer.from(written, 'base64').toString('utf8'),
    encoded: true,
    template: false,
  });

const GOOD = '{"auths":{"git.example.org":{"auth":"x"}}}';

describe('a docker config', () => {
  test('is read in the clear, in base64, and in base64 over several lines', () => {
    const lines = base64(GOOD).replace(/(.{20})/g, '$1\r\n');
    for (const config of [plain(GOOD), encoded(base64(GOOD)), encoded(lines)]) {
      expect(config).toEqual({
        entries: [['git.example.org', { auth: 'x' }]],
        literals: [],
        actions: [],
      });
    }
  });

  test.each([
    ['{"auths":', 'the docker config is no JSON'],
    ['', 'the docker config is no JSON'],
    ['7', 'the docker config is JSON, but no map'],
    ['[]', 'the docker config is JSON, but no map'],
    ['{}', "the docker config has no 'auths'"],
    ['{"auths":null}', "the docker config has 'auths', but no map there"],
    ['{"auths":{}}', "the docker config has empty 'auths'"],
    [base64(GOOD), 'the docker config is base64 inside base64'],
    [` ${base64(GOOD)}\n`, 'the docker config is base64 inside base64'],
    [base64('[]'), 'the docker config is no JSON'],
    ['abcd', 'the docker config is no JSON'],
  ])('%j: %s', (text, fault) => {
    expect(plain(text).fault).toBe(fault);
    expect(encoded(base64(text)).fault).toBe(fault);
  });

  test.each([['{}'], ['e30'], ['e30-'], ['e30=='], ['e==='], ['e3 0']])(
    '%j is no base64',
    (written) => {
      expect(encoded(written).fault).toBe('the docker config is no base64');
    },
  );

  test.each([['REPLACED'], ['{{ .Values.config }}'], ['<path:a#b>'], ['ref+vault://a']])(
    'that stands in for one, %j, is not judged',
    (text) => {
      const nothing = { literals: [], actions: [] };
      expect(plain(text)).toEqual(nothing);
      expect(encoded(text)).toEqual(nothing);
      expect(encoded(base64(text))).toEqual(nothing);
    },
  );
});

describe('the template of a docker config', () => {
  test('without an expression is a docker config', () => {
    expect(template(GOOD).entries).toHaveLength(1);
  });

  test('around expressions is read as far as it is written', () => {
    const { entries, fault } = template(
      '{"auths":{"git.example.org":{"password":"{{ .a }}"},"{{ .b }}":{}}}',
    );
    expect([entries, fault]).toEqual([
      [
        ['git.example.org', { password: WRITTEN }],
        [WRITTEN, {}],
      ],
      undefined,
    ]);
  });

  test('that is computed has its texts only', () => {
    const { entries, fault, literals } = template(
      '{{ dict "auths" (dict "git.example.org" .a) | toJson }}',
    );
    expect([entries, fault, literals]).toEqual([
      undefined,
      undefined,
      ['auths', 'git.example.org'],
    ]);
  });

  test.each([
    ['{{ .a | toJson | b64enc }}', 'the docker config is base64 inside base64'],
    ['{{ $a := .a }}{{ $a |b64enc }}', 'the docker config is base64 inside base64'],
    ['{{ .a | b64enc | b64dec }}', undefined],
    ['{"a":"{{ .a | b64enc }}"}', "the docker config has no 'auths'"],
    ['{"auths":{{ .a }}', 'the docker config is no JSON'],
    ['{"auths":{{ .a }}}', "the docker config has 'auths', but no map there"],
  ])('%j: %j', (text, fault) => {
    expect(template(text).fault).toBe(fault);
  });
});

describe('an entry of a docker config', () => {
  const auth = base64('ci-pull:not-a-token');

  const faults: [entry: unknown, words?: string, refusesAll?: boolean][] = [
    [{ auth }, undefined],
    [{ auth, username: 'ci-pull', password: 'not-a-token' }, undefined],
    [{ auth, username: '', password: undefined, email: 7 }, undefined],
    [{ auth, username: 'ci-pull' }, undefined],
    [{ auth, username: 'REPLACED', password: '{{ .a }}' }, undefined],
    [{ auth, username: WRITTEN, password: `${WRITTEN}x` }, undefined],
    [
      { auth, username: 'ci' },
      "'auth' holds another user or token than 'username' and 'password'",
      false,
    ],
    [
      { auth, password: 'x' },
      "'auth' holds another user or token than 'username' and 'password'",
      false,
    ],
    [{ auth: 'REPLACED' }, undefined],
    [{ auth: base64('REPLACED') }, undefined],
    [{ auth: WRITTEN }, undefined],
    [{ auth: `ci-pull:${WRITTEN}` }, "'auth' is 'user:token' itself, no base64 of it", true],
    [{ auth: 'ci-pull:not-a-token' }, "'auth' is no base64", true],
    [{ auth: base64('not-a-token') }, "'auth' is base64, but not of 'user:token'", true],
    [{ auth: base64(':not-a-token') }, "'auth' has an empty user name", false],
    [{ auth: base64('ci-pull:') }, undefined],
    [
      { auth: base64('ci-pull:not-a-token\n') },
      "a line break or another control character is in 'auth'",
      false,
    ],
    [
      { auth: base64('ci:pull:x'), username: 'ci:pull', password: 'x' },
      'a colon is in the user name; kubelet takes what follows it for the token',
      false,
    ],
    [{ auth: '', username: 'ci-pull', password: 'x' }, undefined],
    [{ username: 'ci-pull', password: 'x' }, undefined],
    [{ username: 'not-a-token' }, undefined],
    [{ password: 'x' }, "the entry has neither 'auth' nor 'username' with 'password'", false],
    [{}, "the entry has neither 'auth' nor 'username' with 'password'", false],
    [
      { username: 'ci-pull', password: 'x\u007f' },
      'a line break or another control character is in the user name or the token',
      false,
    ],
    [
      { username: 'ci\u0000', password: 'x' },
      'a line break or another control character is in the user name or the token',
      false,
    ],
    [
      { username: 'ci\u001f', password: 'x' },
      'a line break or another control character is in the user name or the token',
      false,
    ],
    [{ username: 'ci pull', password: 'x' }, undefined],
    [{ auth: 7 }, "'auth' is no text", true],
    [{ username: null }, "'username' is no text", true],
    [{ username: 'a', password: 1 }, "'password' is no text", true],
    ['x', 'an entry of the docker config is no map', true],
    [[], 'an entry of the docker config is no map', true],
    [null, 'an entry of the docker config is no map', true],
  ];

  test.each(faults.map(([entry, ...fault]) => [entry, fault] as const))(
    '%j: %j',
    (entry, [words, refusesAll]) => {
      const expected = words === undefined ? undefined : { words, refusesAll };
      expect(entryFault(entry)).toEqual(expected);
    },
  );

  test.each(
    recorded.auths.map(([text, decoded]) => [text as string, decoded as string | null] as const),
  )('takes the auth %j as Go does', (text, decoded) => {
    expect(entryFault({ auth: text, username: 'ci-pull' })?.refusesAll === true).toBe(
      decoded === null && text !== '',
    );
  });

  test('of any user and token that Gitea gives is good', () => {
    const name = fc.stringMatching(/^[a-z0-9._-]{1,20}$/);
    fc.assert(
      fc.property(name, name, (username, password) => {
        const entry = { username, password, auth: base64(`${username}:${password}`) };
        expect(entryFault(entry)).toBeUndefined();
        expect(entryFault({ ...entry, auth: entry.auth.replace(/=+$/, '') })).toBeUndefined();
      }),
    );
  });

  test('may be anything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        entryFault(value);
        entryFault({ auth: value, username: other });
        entryHoldsSecret({ password: value });
      }),
    );
  });
});

describe('an entry with its credential written out', () => {
  test.each<[unknown, boolean]>([
    [{ auth: 'x' + 'y' }, true],
    [{ password: 'not-a-token' }, true],
    [{ identitytoken: 'not-a-token' }, true],
    [{ username: 'ci-pull' }, false],
    [{ auth: '' }, false],
    [{ auth: 'REPLACED' }, false],
    [{ password: `${WRITTEN}` }, false],
    [{ password: 7 }, false],
    ['text', false],
    [undefined, false],
  ])('%j: %j', (entry, expected) => {
    expect(entryHoldsSecret(entry)).toBe(expected);
  });
});
