import fc from 'fast-check';
import { Cursor } from '../../../src/rules/cursor';
import type { KnownLabels } from '../../../src/rules/read/known-labels';
import {
  mayMatch,
  renderedLabels,
  someLabels,
  surelyMatches,
} from '../../../src/rules/read/known-labels';
import { selectorMatches } from '../../../src/rules/read/label-selector';

const name = fc.constantFrom('app', 'team', 'zone');
const value = fc.constantFrom('a', 'b');
const labels = fc.dictionary(name, value, { noNullPrototype: true });

const selector = fc
  .record({
    matchLabels: labels,
    matchExpressions: fc.array(
      fc.record({
        key: name,
        operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
        values: fc.array(value, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  })
  .map((value) => new Cursor(value));

test('of labels that are all known, both answers are that of the selector', () => {
  fc.assert(
    fc.property(selector, labels, (wanted, all) => {
      const known = renderedLabels(new Cursor(all));
      const matches = selectorMatches(wanted, (label) => all[label]);
      expect([mayMatch(wanted, known), surelyMatches(wanted, known)]).toEqual([matches, matches]);
    }),
  );
});

test('of labels that are partly known, what is sure is so, and what is so may be', () => {
  fc.assert(
    fc.property(selector, labels, name, (wanted, all, hidden) => {
      const known: KnownLabels = { of: (label) => all[label], hides: (label) => label === hidden };
      const matches = selectorMatches(wanted, known.of);
      expect(surelyMatches(wanted, known) && !matches).toBe(false);
      expect(matches && !mayMatch(wanted, known)).toBe(false);
    }),
  );
});

test('a label nobody knows decides nothing', () => {
  const wanted = new Cursor({ matchLabels: { app: 'gitea', team: 'forge' } });
  const known = someLabels({ app: 'gitea', team: undefined });
  expect([mayMatch(wanted, known), surelyMatches(wanted, known)]).toEqual([true, false]);
  expect(mayMatch(wanted, someLabels({ app: 'wiki' }))).toBe(false);
});
