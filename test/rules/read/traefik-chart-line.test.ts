import fc from 'fast-check';
import { Estate } from '../../../src/rules/estate';
import { asManifest } from '../../../src/rules/manifest';
import { chartLine } from '../../../src/rules/read/traefik-chart-line';

/** The line of a HelmChart with this `spec`. */
function lineOf(spec: object): number | undefined {
  const chart = asManifest(
    {
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChart',
      metadata: { name: 'traefik', namespace: 'kube-system' },
      spec,
    },
    {},
  );
  const estate = new Estate([chart]);
  return chartLine(estate.values[0], estate);
}

const numbers = fc.tuple(fc.nat(9999), fc.nat(99), fc.nat(99));
const prefix = fc.constantFrom('', 'v', '=', '= ', '~', '^', ' ~v');
const suffix = fc.constantFrom('', '+up37.1.0', '-rc1', '-ea.1+up40.0.0');

test('an exact version, with or without a caret, names its major', () => {
  fc.assert(
    fc.property(numbers, prefix, suffix, ([major, minor, patch], before, after) => {
      expect(lineOf({ version: `${before}${major}.${minor}.${patch}${after}` })).toBe(major);
    }),
  );
});

test('an archive of k3s names its major', () => {
  fc.assert(
    fc.property(numbers, suffix, ([major, minor, patch], after) => {
      const chart = `https://%{KUBERNETES_API}%/static/charts/traefik-${major}.${minor}.${patch}${after}.tgz`;
      expect(lineOf({ chart })).toBe(major);
    }),
  );
});

test.each(['39', '39.x', '39.*', 'v39.1', '~39.1.X'])('%s is of line 39', (version) => {
  expect(lineOf({ version })).toBe(39);
});

test.each([
  '>=39.0.0',
  '*',
  '39 || 40',
  '39.0.0 - 41.0.0',
  '<40',
  'latest',
  '',
  '${VERSION}',
  '39999.0.0',
])('%s leaves the line open', (version) => {
  expect(lineOf({ version })).toBeUndefined();
});

test('a version beats the archive', () => {
  expect(lineOf({ version: '41.0.0', chart: 'https://charts/traefik-39.0.0.tgz' })).toBe(41);
});
