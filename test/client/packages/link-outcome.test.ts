import { FINGERPRINTS } from '../../../src/client/fingerprint';
import { LINK_ROWS, linkRow } from '../../../src/client/packages/link-outcome';
import type { LinkFacts } from '../../../src/client/packages/link-outcome';

/** What the client can put into a message. */
const WORDS = ['package', 'owner', 'repository', 'server', 'similar', 'found'];

it('explains only answers the fingerprints know', () => {
  const ids = FINGERPRINTS.map(({ id }) => id);
  expect(LINK_ROWS.map(({ answer }) => answer).filter((answer) => !ids.includes(answer))).toEqual(
    [],
  );
});

it('puts only words into its sentences that are known', () => {
  const used = LINK_ROWS.flatMap(({ meaning, next }) =>
    [...`${meaning} ${next}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
  );
  expect(used.filter((word) => !WORDS.includes(word))).toEqual([]);
});

it('reaches every row: none stands behind one that takes its case', () => {
  const unreached = LINK_ROWS.filter(
    (row) => linkRow(row.answer, row.only ?? 'link', row.given ?? {}) !== row,
  );
  expect(unreached).toEqual([]);
});

it.each<[string, 'link' | 'unlink', LinkFacts, string | undefined]>([
  ['api-route-missing', 'link', { isTooOld: true, hasSlash: true, hasRoute: false }, 'too-old'],
  [
    'api-route-missing',
    'link',
    { isTooOld: false, hasSlash: true, hasRoute: false },
    'slash-decoded',
  ],
  [
    'api-route-missing',
    'link',
    { isTooOld: false, hasSlash: false, hasRoute: false },
    'route-missing',
  ],
  ['api-route-missing', 'link', { hasSlash: true, hasRoute: false }, 'route-missing'],
  ['package-missing', 'link', { isForgejo: true, hasSlash: true, isListed: true }, 'slash-name'],
  [
    'package-missing',
    'link',
    { isForgejo: true, hasSlash: true, isListed: false },
    'package-missing',
  ],
  ['package-missing', 'link', { isForgejo: true, hasSlash: true }, 'package-missing'],
  [
    'package-missing',
    'link',
    { isForgejo: false, hasSlash: true, isListed: true },
    'slash-decoded',
  ],
  ['permission-denied', 'link', { hasPackagesUnit: false }, 'unit-off'],
  ['permission-denied', 'unlink', { hasPackagesUnit: false }, undefined],
  ['message-empty', 'unlink', {}, 'unlink-permission'],
  ['message-empty', 'link', {}, undefined],
  ['scope-missing', 'link', {}, undefined],
])('takes %s of %s with %j for %s', (answer, action, facts, cause) =>
  expect(linkRow(answer, action, facts)?.cause).toBe(cause),
);
