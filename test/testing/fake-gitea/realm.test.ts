import type { FakeSettings } from '../../../src/testing';
import { headerOf } from '../raw-request';
import { testForge } from './forge';

type Headers = Readonly<Record<string, string>>;

const ROOT = { rootUrl: 'https://git.example.org/sub/' };
const PROXIED = { Host: 'reg.example.com', 'X-Forwarded-Proto': 'https' };
const WITH_HOST = { ...PROXIED, 'X-Forwarded-Host': 'other.example.com' };

/** What a release is asked with, which realm it names, and what app.ini says. */
type Realm = readonly [release: string, headers: Headers, realm: string, settings: FakeSettings];

/** Section 2.2 of the reference; the sub-path shows which rule it is. */
const REALMS: readonly Realm[] = [
  ['1.22.0-dev', PROXIED, 'https://git.example.org/sub', {}],
  ['1.22.0', WITH_HOST, 'https://other.example.com/sub', {}],
  ['1.22.0', {}, 'https://git.example.org/sub', {}],
  ['1.22.1', WITH_HOST, 'https://other.example.com', {}],
  ['1.22.6', {}, 'https://git.example.org', {}],
  ['1.23.0', WITH_HOST, 'https://reg.example.com', {}],
  ['1.25.4', WITH_HOST, 'https://reg.example.com', {}],
  ['1.25.4', { Host: 'reg.example.com' }, 'https://git.example.org', {}],
  ['1.25.4', { Host: 'reg.example.com' }, 'http://reg.example.com', { publicUrlDetection: 'auto' }],
  ['1.26.0-dev', { Host: 'reg.example.com' }, 'https://git.example.org', {}],
  ['1.26.0', { Host: 'reg.example.com' }, 'http://reg.example.com', {}],
  [
    '1.26.0',
    { Host: 'reg.example.com' },
    'https://git.example.org',
    { publicUrlDetection: 'never' },
  ],
  ['forgejo-7.0.0', PROXIED, 'https://git.example.org/sub', {}],
  ['forgejo-12.0.0', WITH_HOST, 'https://git.example.org/sub', {}],
];

describe('the challenge of /v2', () => {
  it.each(REALMS)('of %s, asked with %p, names %s', async (release, headers, realm, settings) => {
    const { ask } = await testForge({ release, ...ROOT, ...settings });
    const answer = await ask('/v2/', { headers });
    expect(answer.status).toBe(401);
    expect(headerOf(answer, 'Www-Authenticate')).toBe(
      `Bearer realm="${realm}/v2/token",service="container_registry",scope="*"`,
    );
  });

  it.each([
    ['X-Forwarded-Protocol', 'https'],
    ['X-Url-Scheme', 'https'],
    ['Front-End-Https', 'on'],
    ['X-Forwarded-Ssl', 'on'],
  ])('takes the scheme from %s: %s', async (name, value) => {
    const { ask } = await testForge(ROOT);
    const answer = await ask('/v2/', { headers: { Host: 'reg.example.com', [name]: value } });
    expect(headerOf(answer, 'Www-Authenticate')).toContain('"https://reg.example.com/v2/token"');
  });

  it('repeats a list of schemes as it came', async () => {
    const { ask } = await testForge();
    const headers = { Host: 'reg.example.com', 'X-Forwarded-Proto': 'https, http' };
    expect(headerOf(await ask('/v2/', { headers }), 'Www-Authenticate')).toContain(
      'realm="https, http://reg.example.com/v2/token"',
    );
  });

  const schemesOf = async (release: string, path: string, settings: FakeSettings = {}) => {
    const { gitea, ask } = await testForge({ release, ...settings });
    gitea.addOrganization('mosaic', { visibility: 'private' });
    const { headers } = await ask(path, { headers: {} });
    return headers
      .filter(([name]) => name === 'Www-Authenticate')
      .map(([, value]) => value.split(' ')[0]);
  };

  it('offers Basic to everybody in 1.26.0 alone', async () => {
    expect(await schemesOf('1.25.5', '/v2/coulomb/app/tags/list')).toEqual(['Bearer']);
    expect(await schemesOf('1.26.0', '/v2/coulomb/app/tags/list')).toEqual(['Bearer', 'Basic']);
    expect(await schemesOf('1.26.1', '/v2/coulomb/app/tags/list')).toEqual(['Bearer']);
  });

  it('offers Basic from 1.26.1 on where an anonymous token does not help', async () => {
    expect(await schemesOf('1.26.1', '/v2/mosaic/app/tags/list')).toEqual(['Bearer', 'Basic']);
    expect(await schemesOf('1.26.1', '/v2/', { requireSignIn: true })).toEqual(['Bearer', 'Basic']);
  });
});
