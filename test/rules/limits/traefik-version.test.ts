import { Estate } from '../../../src/rules/estate';
import { asManifest } from '../../../src/rules/manifest';
import { isTraefikFrom } from '../../../src/rules/limits/traefik-version';

const GATE = { version: '2.11.2', chart: '27.0.2' };

function ofImage(image: string): boolean {
  const pod = {
    kind: 'Pod',
    metadata: { name: 'traefik' },
    spec: { containers: [{ name: 'traefik', image, args: ['--ping'] }] },
  };
  const estate = new Estate([asManifest(pod, {})]);
  return isTraefikFrom(GATE, estate.traefiks[0], estate);
}

function ofRelease(version: string | undefined, values: object = {}): boolean {
  const release = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'traefik' },
    spec: { chart: { spec: { chart: 'traefik', version } }, values },
  };
  const estate = new Estate([asManifest(release, {})]);
  return isTraefikFrom(GATE, estate.traefiks[0], estate);
}

describe('the version of a Traefik', () => {
  test.each([
    'traefik:v2.11.2',
    'traefik:2.11.3',
    'traefik:v2.12.0',
    'traefik:3.0.0',
    'traefik:v10.0.0',
  ])('%s is new enough', (image) => {
    expect(ofImage(image)).toBe(true);
  });

  test.each([
    'traefik:v2.11.1',
    'traefik:2.10.9',
    'traefik:v1.99.99',
    'traefik:v2.10',
    'traefik:1',
  ])('%s is too old', (image) => {
    expect(ofImage(image)).toBe(false);
  });

  test.each(['traefik', 'traefik:latest', 'traefik:v2.11', 'traefik:v2', 'traefik@sha256:12ab'])(
    '%s moves, and counts as new',
    (image) => {
      expect(ofImage(image)).toBe(true);
    },
  );

  test('follows from the chart where no image is named', () => {
    expect(ofRelease('27.0.2')).toBe(true);
    expect(ofRelease('27.0.1')).toBe(false);
    expect(ofRelease('28.0.0')).toBe(true);
    expect(ofRelease('26.x')).toBe(false);
    expect(ofRelease('*')).toBe(true);
    expect(ofRelease(undefined)).toBe(true);
  });

  test('is that of the image where values name one', () => {
    expect(ofRelease('26.0.0', { image: { tag: 'v3.1' } })).toBe(true);
    expect(ofRelease('41.3.0', { image: { tag: 2.9 } })).toBe(false);
    expect(ofRelease('26.0.0', { image: { tag: '' } })).toBe(false);
  });
});
