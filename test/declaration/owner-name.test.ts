import fc from 'fast-check';
import { matches } from '../../src/declaration/grammar';
import { OWNER_NAME } from '../../src/declaration/owner-name';
import { arbitraryOwnerName } from '../support/arbitraries';

/** What both products keep for themselves (models/user/user.go); dotted and empty forms fail the pattern. */
const RESERVED = [
  ...['.', '..', '.well-known'],
  ...['api', 'metrics', 'v2', 'assets', 'attachments', 'avatar', 'avatars', 'repo-avatars'],
  ...['captcha', 'login', 'org', 'repo', 'user', 'explore', 'issues', 'pulls', 'milestones'],
  ...['notifications', 'favicon.ico', 'manifest.json', 'robots.txt', 'sitemap.xml', 'ssh_info'],
  ...['swagger.v1.json', 'ghost', 'gitea-actions'],
];

/** IsValidUsername: one expression for what may stand, one for what may not, and 40 characters. */
function giteaAccepts(name: string): boolean {
  return (
    /^[\da-zA-Z][-.\w]*$/.test(name) &&
    !/[-._]{2,}|[-._]$/.test(name) &&
    name.length <= 40 &&
    !RESERVED.includes(name.trim().toLowerCase()) &&
    !['.keys', '.gpg', '.rss', '.atom', '.png'].some((end) => name.toLowerCase().endsWith(end))
  );
}

it('agrees with the rules of Gitea on names and on what nearly are names', () => {
  const nearly = fc
    .array(fc.constantFrom('a', 'Z', '7', '-', '_', '.', ' ', 'ö', '/', 'keys', 'api'), {
      maxLength: 12,
    })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string(), fc.constantFrom(...RESERVED)), (name) =>
      expect(matches(OWNER_NAME, name)).toBe(giteaAccepts(name)),
    ),
    { numRuns: 800 },
  );
});

it('takes every name of a user or organization', () => {
  fc.assert(fc.property(arbitraryOwnerName, (name) => matches(OWNER_NAME, name)));
});

it.each(['coulomb', 'Mosaic', 'a', '7', 'a-b_c.d', 'api2', 'x.keyss', 'keys', 'a'.repeat(40)])(
  'takes %j',
  (name) => {
    expect(matches(OWNER_NAME, name)).toBe(true);
  },
);

it.each(RESERVED.flatMap((name) => [name, name.toUpperCase()]))(
  'refuses the reserved %j',
  (name) => {
    expect(matches(OWNER_NAME, name)).toBe(false);
  },
);

it.each([
  '',
  'a..b',
  'a-_b',
  '.a',
  '-a',
  '_a',
  'a.',
  'a-',
  'a b',
  'a/b',
  'ü',
  'a\n',
  'x.keys',
  'X.KEYS',
  'x.gpg',
  'x.rss',
  'x.atom',
  'x.png',
  'a'.repeat(41),
])('refuses %j', (name) => {
  expect(matches(OWNER_NAME, name)).toBe(false);
});
