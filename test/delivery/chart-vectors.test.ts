import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { giteaSize } from 'cdk8s-gitea-registry/declaration';
import { CHART_CASES } from '../support/chart-cases';

interface Vector {
  readonly case: string;
  readonly chart: string;
  readonly appVersion: string;
  readonly command: string;
  readonly overlay: { readonly [section: string]: { readonly [key: string]: string } };
  readonly initExit: number;
  readonly ini: { readonly [section: string]: readonly string[] };
  readonly readBack: { readonly [section: string]: { readonly [key: string]: string } };
  readonly effectiveLimits: { readonly [limit: string]: number };
  readonly servicePort: { readonly port: number; readonly targetPort: number | string };
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(join(__dirname, '../vectors/chart-app-ini.json'), 'utf8'),
);

describe.each(vectors.map((vector) => [`${vector.case}, ${vector.chart}`, vector] as const))(
  'the overlay %s',
  (_name, vector) => {
    const overlay = parse(CHART_CASES[vector.case]().values).gitea.config;

    it('is the one the real chart rendered; after a change, render it again and record the answer', () => {
      expect(overlay).toEqual(vector.overlay);
    });

    it('reaches app.ini with every key, and the init container succeeds', () => {
      expect(vector.initExit).toBe(0);
      for (const [section, keys] of Object.entries<object>(overlay)) {
        expect(vector.ini[section].map((line) => line.split(' =')[0])).toEqual(Object.keys(keys));
      }
    });

    it('is read back by Gitea as it was declared', () => {
      expect(vector.readBack).toEqual(overlay);
    });

    it('has limits that Gitea takes for the bytes our own parser gives', () => {
      const limits = Object.entries<string>(overlay.packages)
        .filter(([key]) => key.startsWith('LIMIT_'))
        .map(([, value]) => giteaSize(value))
        .filter((bytes) => bytes !== -1);
      expect(Object.values(vector.effectiveLimits).sort()).toEqual(limits.sort());
    });
  },
);

it('gives the four lines of the reference case unchanged on three lines of the Gitea chart', () => {
  const reference = vectors.filter(
    ({ case: name, chart }) => name === 'reference' && /^gitea/.test(chart),
  );
  expect(reference.map(({ appVersion }) => appVersion)).toEqual(['1.23.7', '1.24.7', '1.25.2']);
  for (const { ini } of reference) {
    expect(ini.packages).toEqual(['ENABLED = true', 'LIMIT_SIZE_CONTAINER = -1']);
    expect(ini.repository).toEqual(['DISABLED_REPO_UNITS = ']);
    expect(ini.server).toContain('ROOT_URL = https://gitea.coulomb.social/');
  }
});

it('gives the Service of the Gitea chart a target port, which an unset HTTP_PORT would leave empty', () => {
  const ports = vectors
    .filter(({ chart }) => /^gitea/.test(chart))
    .map(({ case: name, servicePort }) => [name, servicePort.targetPort]);
  expect(new Set(ports.map(String))).toEqual(new Set(['reference,3000', 'everything,3001']));
});
