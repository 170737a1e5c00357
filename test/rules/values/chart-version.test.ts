import fc from 'fast-check';
import {
  atLeastChart,
  exactChartVersion,
  isOtherChart,
  isTemplate,
} from '../../../src/rules/values/chart-version';

describe('a chart version', () => {
  test.each([
    ['12.5.0', [12, 5, 0]],
    ['v12.5.0', [12, 5, 0]],
    ['=12.5.0', [12, 5, 0]],
    ['= 12.5.0', [12, 5, 0]],
    [' 12.5.0 ', [12, 5, 0]],
    ['12.5.0-rc.1', [12, 5, 0]],
    ['12.5.0+build.2-3', [12, 5, 0]],
  ])('%j is exact', (text, numbers) => {
    expect(exactChartVersion(text)).toEqual(numbers);
  });

  test.each([
    undefined,
    '',
    '12',
    '12.5',
    '12.x',
    '12.5.x',
    '*',
    '>=12',
    '^12.5.0',
    '~12.5.0',
    '12.5.0 || 13',
    'latest',
    'main',
    'x12.5.0',
    '12.05.0',
  ])('%j is none', (text) => {
    expect(exactChartVersion(text)).toBeUndefined();
  });

  test('has the numbers it is written with', () => {
    const number = fc.integer({ min: 0, max: 999_999 });
    fc.assert(
      fc.property(number, number, number, (...numbers) => {
        expect(exactChartVersion(numbers.join('.'))).toEqual(numbers);
      }),
    );
  });
});

test.each([
  [[12, 6, 0], true],
  [[12, 7, 0], true],
  [[13, 0, 0], true],
  [[12, 5, 9], false],
  [[11, 9, 9], false],
] as const)('%j is at least 12.6: %s', (numbers, least) => {
  expect(atLeastChart(numbers, [12, 6])).toBe(least);
});

test.each([
  ['{{ .version }}', true],
  ['${VERSION}', true],
  ['$VERSION', false],
  ['12.5.0', false],
])('%s is filled in later: %s', (text, later) => {
  expect(isTemplate(text)).toBe(later);
});

test.each([
  [['https://dl.gitea.com/charts/'], false],
  [['mirror', undefined], false],
  [[undefined, 'https://charts.bitnami.com/bitnami'], true],
  [['Bitnami'], true],
  [['https://groundhog2k.github.io/helm-charts/'], true],
  [[], false],
])('a chart of %j is by another maker: %s', (sources, other) => {
  expect(isOtherChart(...sources)).toBe(other);
});
