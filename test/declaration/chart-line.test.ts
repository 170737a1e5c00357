import { describeProblem } from '../../src/declaration/problem';
import { ForgeRelease } from 'cdk8s-gitea-registry';
import { chartLineProblems } from '../../src/declaration/chart-line';
import { RELEASE } from '../support/registries';

const lines = (flavor: 'gitea' | 'forgejo', chartVersion: string): string[] =>
  chartLineProblems({ flavor, chartVersion }).map(describeProblem);

it.each([
  ['gitea', '9.6.1'],
  ['gitea', '10.6.0'],
  ['gitea', '11.0.1'],
  ['gitea', '12.1.2'],
  ['gitea', '12.5.99'],
  ['gitea', '12.6.0-rc1'],
  ['forgejo', '11.0.0'],
  ['forgejo', '12.5.1'],
  ['forgejo', '15.3.0+b1'],
] as const)('knows every patch version of a tested line: %s %s', (flavor, version) => {
  expect(lines(flavor, version)).toEqual([]);
});

it.each([
  ['gitea', '9.5.1'],
  ['gitea', '10.7.0'],
  ['gitea', '12.7.0'],
  ['gitea', '13.0.0'],
  ['gitea', '120.0.0'],
  ['forgejo', '10.0.0'],
  ['forgejo', '16.0.0'],
] as const)('refuses another line: %s %s', (flavor, version) => {
  expect(lines(flavor, version)).toEqual([
    expect.stringMatching(
      /^release\.chartVersion '\S+' is of a line .* nobody tested.*\(REG640\)$/,
    ),
  ]);
});

it('names the tested lines of the product', () => {
  expect(lines('forgejo', '7.0.0')[0]).toContain('tested: 11.x, 12.x, 13.x, 14.x, 15.x.');
});

it('is asked as soon as a release is described', () => {
  expect(() => ForgeRelease.gitea({ ...RELEASE, chartVersion: '99.0.0' })).toThrow(/\(REG640\)$/);
});
