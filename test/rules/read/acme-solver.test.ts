import fc from 'fast-check';
import { asManifest } from '../../../src/rules/manifest';
import { solverFor } from '../../../src/rules/read/acme-solver';

const LABELS: { readonly [name: string]: string } = { team: 'git', tier: 'front' };

/** Index of the solver that is taken. */
function taken(...selectors: unknown[]): number | undefined {
  const solvers = selectors.map((selector, index) => ({ selector, index }));
  const issuer = asManifest({ kind: 'Issuer', spec: { acme: { solvers } } }, {});
  return solverFor(issuer, 'git.example.org', (name) => LABELS[name])?.get('index').number;
}

const names = (...dnsNames: string[]) => ({ dnsNames });
const zones = (...dnsZones: string[]) => ({ dnsZones });
const labels = (matchLabels: object) => ({ matchLabels });

describe('the solver for a host', () => {
  test.each<[string, unknown[], number | undefined]>([
    ['none', [], undefined],
    ['the only one', [undefined], 0],
    ['the first of equals', [{}, undefined], 0],
    [
      'its name',
      [undefined, names('docs.example.org'), names('www.example.org', 'Git.example.org')],
      2,
    ],
    ['the name before the zone', [zones('git.example.org'), names('git.example.org')], 1],
    ['the zone', [undefined, zones('example.org')], 1],
    ['the zone that is the host', [zones('example.org'), zones('git.example.org')], 1],
    ['the longer zone, wherever it stands', [zones('net', 'example.org'), zones('org')], 0],
    ['no zone that only ends alike', [zones('ample.org')], undefined],
    ['the label', [undefined, labels({ team: 'git' })], 1],
    ['more labels', [labels({ team: 'git' }), labels({ team: 'git', tier: 'front' })], 1],
    ['the zone before labels', [labels({ team: 'git' }), zones('org')], 1],
    [
      'a zone with a label before the zone',
      [zones('org'), { ...zones('org'), ...labels({ team: 'git' }) }],
      1,
    ],
    ['no other label', [labels({ team: 'docs' })], undefined],
    [
      'no name with another label',
      [{ ...names('git.example.org'), ...labels({ team: 'docs' }) }, {}],
      1,
    ],
    ['no name outside the zone', [{ ...names('git.example.org'), ...zones('net') }], undefined],
  ])('is %s', (_, selectors, index) => {
    expect(taken(...selectors)).toBe(index);
  });

  test('is one of those there are', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (selectors) => {
        const index = taken(...selectors);
        expect(index === undefined || index < selectors.length).toBe(true);
      }),
    );
  });
});
