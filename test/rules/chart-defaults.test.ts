import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { RULES } from '../../src/rules/catalogue';
import { Estate } from '../../src/rules/estate';
import { judge } from '../../src/rules/judge';
import type { ChartDefaults } from './chart-defaults';
import { besideText, RENDERINGS, VALUES_FILES } from './chart-defaults';
import { manifestsOf } from './fixture';

/** Folder of the renderings: charts are other people's work and never committed here. */
const RENDERINGS_FOLDER = process.env.GITEA_REGISTRY_RENDERINGS;

/** Folder of the values.yaml of charts, beside the checkout. */
const VALUES_FOLDER = join(__dirname, '../../../shared/charts');

/** What the rules say of a chart's file, in words that compare. */
function verdictOn(chart: ChartDefaults, path: string): string[] {
  const manifests = [
    ...manifestsOf(besideText(chart), 'beside.yaml'),
    ...manifestsOf(readFileSync(path, 'utf8'), chart.file),
  ];
  const { findings } = judge(new Estate(manifests, { readYaml: (text) => parse(text) }), RULES);
  return findings.map(named).sort();
}

function named({
  code,
  severity,
  object,
  jsonPath,
}: Omit<ChartDefaults['findings'][number], 'reason'>): string {
  return `${code} ${severity} ${object} at ${jsonPath}`;
}

/** One test for a file that is there; one that is skipped, and says how to make the file, for one that is not. */
function testChart(chart: ChartDefaults, folder: string | undefined, missing: string): void {
  const path = folder === undefined ? undefined : join(folder, chart.file);
  if (path === undefined || !existsSync(path)) {
    test.skip(`${chart.file} is not judged: ${missing}; make it with \`${chart.command}\``, () => {});
    return;
  }
  test(`${chart.file} has the findings that are true of its defaults, and no others`, () => {
    expect(verdictOn(chart, path)).toEqual(chart.findings.map(named).sort());
  });
}

describe('renderings of the real charts', () => {
  const missing = 'set GITEA_REGISTRY_RENDERINGS to a folder that holds it';
  RENDERINGS.forEach((chart) => testChart(chart, RENDERINGS_FOLDER, missing));
});

describe('values of the real charts', () => {
  const missing = `${VALUES_FOLDER} does not hold it`;
  VALUES_FILES.forEach((chart) => testChart(chart, VALUES_FOLDER, missing));
});

test('every finding that is expected says why it is true', () => {
  const reasons = [...RENDERINGS, ...VALUES_FILES].flatMap(({ findings }) => findings);
  expect(reasons.filter(({ reason }) => reason === '')).toEqual([]);
});
