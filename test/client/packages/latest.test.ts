import * as fc from 'fast-check';
import { latestOf } from '../../../src/client/packages/latest';
import type { PackageVersion } from '../../../src/client/packages/package-version';

type Row = readonly [version: string, day?: number];

function versions(type: string, rows: readonly Row[]): PackageVersion[] {
  return rows.map(([version, day = 1], index) => ({
    id: index + 1,
    owner: 'coulomb',
    type,
    name: 'tool',
    version,
    createdAt: `2026-01-${`${day}`.padStart(2, '0')}T00:00:00Z`,
  }));
}

async function* given<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function latest(type: string, ...rows: readonly Row[]): Promise<string | undefined> {
  return (await latestOf(given(versions(type, rows))))?.version;
}

describe('the latest version', () => {
  it.each<[string, string, readonly Row[], string | undefined]>([
    ['is none of none', 'generic', [], undefined],
    [
      'is the highest, not the newest',
      'generic',
      [
        ['1.10.0', 1],
        ['1.9.0', 5],
      ],
      '1.10.0',
    ],
    ['may begin with a v', 'generic', [['v1.2.0'], ['v1.10.0'], ['1.3.0']], 'v1.10.0'],
    ['is a release where there is one', 'npm', [['2.0.0-rc.1'], ['1.0.0']], '1.0.0'],
    [
      'is the highest pre-release else',
      'npm',
      [['2.0.0-rc.2'], ['2.0.0-rc.10'], ['nightly', 9]],
      '2.0.0-rc.10',
    ],
    [
      'is the newest of words',
      'generic',
      [
        ['blue', 3],
        ['green', 7],
        ['red', 5],
      ],
      'green',
    ],
    [
      'is no word beside a number',
      'generic',
      [
        ['latest', 9],
        ['0.0.1', 1],
      ],
      '0.0.1',
    ],
    [
      'is the newer of equals',
      'generic',
      [
        ['1.0.0+b', 5],
        ['1.0.0+a', 3],
      ],
      '1.0.0+b',
    ],
    [
      'is the row inserted last of the same age',
      'generic',
      [
        ['a', 2],
        ['b', 2],
      ],
      'b',
    ],
    [
      'of an image is the newest tag',
      'container',
      [
        ['9.0.0', 1],
        ['1.0.0', 2],
      ],
      '1.0.0',
    ],
    [
      'of an image is never without a tag',
      'container',
      [
        ['v1', 1],
        [`sha256:${'0'.repeat(64)}`, 9],
      ],
      'v1',
    ],
    ['of an image without tags is none', 'container', [[`sha256:${'0'.repeat(64)}`, 9]], undefined],
  ])('%s', async (_, type, rows, expected) => expect(await latest(type, ...rows)).toBe(expected));

  it('does not depend on the order of the list', async () => {
    const row = fc.tuple(
      fc.constantFrom('1.0.0', '1.0.0-rc1', '2.0.0+x', '2.0.0', 'v2.1.0', 'edge', 'latest'),
      fc.integer({ min: 1, max: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
        const list = versions('generic', rows);
        const there = await latestOf(given(list));
        expect(await latestOf(given([...list].reverse()))).toEqual(there);
      }),
    );
  });
});
