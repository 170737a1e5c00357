import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { OBJECT_RULES } from '../../../src/rules/objects';
import { Estate } from '../../../src/rules/estate';
import { describeFinding } from '../../../src/rules/finding';
import { judge } from '../../../src/rules/judge';
import { asManifest } from '../../../src/rules/manifest';
import { FIXTURES } from '../fixture';
import { registryJson } from '../../support/registry-json';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const CODES = /^REG(54[0-5]|55[0137])$/;

const RULES = OBJECT_RULES.filter(({ code }) => CODES.test(code));

const documents: Json[][] = RULES.flatMap(({ code }) =>
  readdirSync(join(FIXTURES, code)).map((name) =>
    parseAllDocuments(readFileSync(join(FIXTURES, code, name), 'utf8')).map(
      (document) => document.toJS() as Json,
    ),
  ),
);

/** The document with one of its nodes, chosen by `place`, replaced. */
function replaced(node: Json, place: number, value: Json): Json {
  if (typeof node !== 'object' || node === null || place % 7 === 0) {
    return value;
  }
  const keys = Object.keys(node);
  if (keys.length === 0) {
    return value;
  }
  const chosen = keys[place % keys.length];
  const next = Math.floor(place / 7);
  return Array.isArray(node)
    ? node.map((below, index) => (`${index}` === chosen ? replaced(below, next, value) : below))
    : { ...node, [chosen]: replaced(node[chosen], next, value) };
}

test('any node of any object may be anything', () => {
  const whatever = fc.oneof(
    fc.jsonValue() as fc.Arbitrary<Json>,
    fc.constantFrom<Json>(null, '', [], {}, [null], { name: null }, '{{', 'a'.repeat(1_000)),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      fc.nat(),
      fc.nat(),
      whatever,
      (set, which, place, value) => {
        const changed = set.map((document, index) =>
          index === which % set.length ? replaced(document, place, value) : document,
        );
        const manifests = changed.map((document) => asManifest(document, {}));
        const { findings } = judge(new Estate([DECLARATION, ...manifests]), RULES);
        expect(
          findings.map(describeFinding).filter((text) => /undefined|\[object/.test(text)),
        ).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});

const DECLARATION = asManifest(registryJson({ kind: 'RegistryDeclaration' }), {});
