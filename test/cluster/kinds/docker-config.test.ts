import fc from 'fast-check';
import { Cursor } from '../../../src/rules/cursor';
import { entryFault, readDockerConfig } from '../../../src/rules/read/docker-config';
import { maskDockerConfig } from '../../../src/cluster/kinds/docker-config';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const at = new Cursor('e30=');

/** What the offline rules find wrong with a docker config. */
function faults(text: string): unknown {
  const { fault, entries } = readDockerConfig({ at, text, encoded: true, template: false });
  return { fault, entries: entries?.map(([key, entry]) => [key, entryFault(entry)]) };
}

const host = fc.constantFrom('git.example.org', 'git.example.org:3000', 'https://h.io/v2/');
const word = fc.constantFrom('ci', 'hunter2', 'hunter2\n', 'a:b', '', 'other');
const auth = fc.oneof(
  fc.tuple(word, word).map(([user, token]) => base64(`${user}:${token}`)),
  word.map(base64),
  fc.constantFrom('hunter2!', 'ci:hunter2', 5, null),
);
const entry = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ auth, username: word, password: word }, { requiredKeys: [] }),
  },
  { weight: 1, arbitrary: fc.constantFrom('hunter2', null, [], 7) },
);
const config = fc.oneof(
  { weight: 8, arbitrary: fc.dictionary(host, entry).map((auths) => JSON.stringify({ auths })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'hunter2',
      '"hunter2"',
      '[1]',
      '{"auths":null}',
      '{"auths":"hunter2"}',
      '{"git.example.org":{"auth":"hunter2"}}',
      base64('{"auths":{"h.io":{"password":"hunter2"}}}'),
      '{"auths":{"h.io":{"auth":"hunter2"',
    ),
  },
);

describe('a masked docker config', () => {
  it('has the same faults as the one it stands for', () => {
    fc.assert(
      fc.property(config, (text) => {
        expect(faults(maskDockerConfig(text))).toEqual(faults(text));
      }),
    );
  });

  it('holds no credential', () => {
    fc.assert(
      fc.property(config, (text) => {
        const masked = maskDockerConfig(text);
        expect(masked).not.toContain('hunter2');
        expect(Buffer.from(masked, 'base64').toString('utf8')).not.toContain('hunter2');
      }),
    );
  });

  it('keeps hosts, without a credential in front of one, and hides keys that are none', () => {
    const auths = {
      'https://ci:hunter2@git.example.org/v2': {},
      'hunter2 hunter2': {},
      da39a3ee5e6b4b0d3255bfef95601890afd80709: {},
    };
    expect(maskDockerConfig(JSON.stringify({ auths, credHelpers: { x: 'hunter2' } }))).toBe(
      '{"auths":{"https://git.example.org/v2":{},"‹redacted› 1":{},"‹redacted› 2":{}}}',
    );
  });

  it('reads the older form without auths', () => {
    const entries = { 'h.io': { auth: base64('ci:hunter2'), email: 'a@b' } };
    expect(maskDockerConfig(JSON.stringify(entries), true)).toBe(
      `{"h.io":{"auth":"${base64('user:redacted')}"}}`,
    );
  });
});
