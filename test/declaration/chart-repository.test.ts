import {
  ARGO_REPOSITORY,
  CHART_REPOSITORY,
  chartLocation,
  withoutOciScheme,
} from '../../src/declaration/chart-repository';
import { matches } from '../../src/declaration/grammar';

it.each([
  ['oci://docker.gitea.com/charts/gitea', undefined, 'gitea', 'oci://docker.gitea.com/charts'],
  ['oci://r.example.org:5000/gitea', undefined, 'gitea', 'oci://r.example.org:5000'],
  ['gitea-charts/gitea', 'https://dl.gitea.com/charts/', 'gitea', 'https://dl.gitea.com/charts'],
  ['./charts/gitea', 'oci://r.example.org/mirror', 'gitea', 'oci://r.example.org/mirror'],
  ['gitea', 'docker.gitea.com/charts', 'gitea', 'docker.gitea.com/charts'],
])('finds %s with %s', (chart, given, name, repository) => {
  expect(chartLocation({ chart }, given)).toEqual({ name, repository });
});

it.each(['gitea-charts/gitea', './charts/gitea', 'gitea'])(
  'does not guess where %s is',
  (chart) => {
    expect(chartLocation({ chart })).toBeUndefined();
  },
);

it('tells a folder of a registry from a Helm repository', () => {
  expect(withoutOciScheme('oci://docker.gitea.com/charts')).toBe('docker.gitea.com/charts');
  expect(withoutOciScheme('https://dl.gitea.com/charts')).toBeUndefined();
});

it.each([
  ['https://dl.gitea.com/charts/', true, true],
  ['https://dl.gitea.com', true, true],
  ['oci://docker.gitea.com/charts', true, false],
  ['docker.gitea.com/charts', false, true],
  ['registry.example.org:5000/a/b', false, true],
  ['http://dl.gitea.com/charts', false, false],
  ['https://user:x@dl.gitea.com/charts', false, false],
  ['https://dl.gitea.com/charts?x=1', false, false],
  ['', false, false],
])('takes %p: %s, for Argo CD: %s', (text, taken, byArgo) => {
  expect(matches(CHART_REPOSITORY, text)).toBe(taken);
  expect(matches(ARGO_REPOSITORY, text)).toBe(byArgo);
});
