import fc from 'fast-check';
import { ACCESS_RULES } from '../../../src/rules/access';
import { LINK_RULES } from '../../../src/rules/links';
import type { Manifest } from '../../../src/rules/manifest';
import { asManifest } from '../../../src/rules/manifest';
import { NAME_RULES } from '../../../src/rules/names';
import { findings, fixtureNames, readFixture } from '../fixture';

const RULES = [...NAME_RULES, ...ACCESS_RULES, ...LINK_RULES];

/** The documents of every failing fixture of these rules. */
const DOCUMENTS = RULES.flatMap(({ code }) =>
  fixtureNames(code)
    .filter((name) => name.startsWith('fails'))
    .map((name) => readFixture(code, name).manifests),
);

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, below]) => [
        [...path, key],
        ...pathsIn(below, [...path, key]),
      ])
    : [];
}

function replaced(manifest: Manifest, path: Path, by: unknown): Manifest {
  const copy = structuredClone(manifest.root.value) as Record<string, unknown>;
  const around = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((place, step) => place[step] as Record<string, unknown>, copy);
  around[path.at(-1)!] = by;
  return asManifest(copy, manifest.origin);
}

it('takes any wrong type at any place', () => {
  const junk = fc.constantFrom(null, 0, -1, true, '', ' ', '/', ':', '{{', 'a/b', [], [null], {}, [
    {},
  ]);
  const place = fc.record({ documents: fc.nat(), document: fc.nat(), path: fc.nat(), junk });
  fc.assert(
    fc.property(place, (chosen) => {
      const manifests = DOCUMENTS[chosen.documents % DOCUMENTS.length];
      const index = chosen.document % manifests.length;
      const paths = pathsIn(manifests[index].root.value);
      const path = paths[chosen.path % paths.length];
      const changed = manifests.with(index, replaced(manifests[index], path, chosen.junk));
      expect(() => findings(changed, RULES)).not.toThrow();
    }),
    { numRuns: 200 },
  );
});
