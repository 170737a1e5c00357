import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { RULES } from '../../../src/rules/catalogue';
import type { Manifest } from '../../../src/rules/manifest';
import { asManifest, asValues, VALUES } from '../../../src/rules/manifest';
import { findings, FIXTURES, manifestsOf } from '../fixture';

const CODES = [
  'REG560',
  'REG562',
  'REG564',
  'REG610',
  'REG611',
  'REG620',
  'REG621',
  'REG630',
  'REG631',
  'REG632',
  'REG641',
  'REG644',
  'REG660',
];

const documents = CODES.flatMap((code) =>
  readdirSync(join(FIXTURES, code)).map((name) =>
    manifestsOf(readFileSync(join(FIXTURES, code, name), 'utf8'), name),
  ),
);

const FOREIGN = [
  null,
  0,
  1e6,
  -1,
  true,
  '',
  'x',
  '{{',
  [],
  {},
  [null],
  { x: null },
  ['a'],
  { name: 1 },
];

/** A copy of a document with some of its places replaced by something foreign. */
function damaged(value: unknown, chance: () => number): unknown {
  if (chance() % 12 === 0) {
    return FOREIGN[chance() % FOREIGN.length];
  }
  if (Array.isArray(value)) {
    return value.map((item) => damaged(item, chance));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key,
          key === 'kind' || key === 'apiVersion' ? inner : damaged(inner, chance),
        ]),
      )
    : value;
}

test('no document makes a rule on values and objects fail, whatever stands in it', () => {
  const rules = RULES.filter(({ code }) => CODES.includes(code));
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      fc.infiniteStream(fc.nat(10_000)),
      (manifests: readonly Manifest[], stream) => {
        const chance = (): number => stream.next().value;
        const broken = manifests.map(({ kind, root, origin }) =>
          kind === VALUES
            ? asValues(damaged(root.value, chance), origin)
            : asManifest(damaged(root.value, chance), origin),
        );
        for (const { observed, expected, fix } of findings(broken, rules)) {
          expect(`${observed}${expected}${fix}`).not.toMatch(/undefined|\[object/);
        }
      },
    ),
    { numRuns: 200 },
  );
});
