import type { KubeObject } from '../../../../src/cluster';
import { partsSaved } from '../../../../src/doctor/cluster/capacity/backup-job';
import { staleness } from '../../../../src/doctor/cluster/capacity/freshness';
import { longestGap } from '../../../../src/doctor/cluster/capacity/schedule-gap';

const PLACE = { namespace: 'git', name: 'forge', claim: 'forge-data', database: 'forge-db' };

function cronJob(
  name: string,
  args: readonly string[],
  more: { readonly namespace?: string; readonly claim?: string; readonly image?: string } = {},
): KubeObject {
  const { namespace = 'git', claim, image = 'docker.io/library/alpine:3' } = more;
  const volumes = claim === undefined ? [] : [{ persistentVolumeClaim: { claimName: claim } }];
  const spec = { containers: [{ image, args }], volumes };
  return {
    kind: 'CronJob',
    metadata: { name, namespace },
    spec: { jobTemplate: { spec: { template: { spec } } } },
  };
}

describe('partsSaved', () => {
  it.each([
    ['mounts the claim', cronJob('x', ['tar'], { claim: 'forge-data' }), ['data']],
    [
      'runs a dump from anywhere',
      cronJob('x', ['gitea', 'dump'], { namespace: 'ops' }),
      ['data', 'database'],
    ],
    [
      'dumps without packages',
      cronJob('x', ['gitea', 'dump', '--skip-package-data']),
      ['data without packages', 'database'],
    ],
    ['dumps the database', cronJob('forge-db-dump', ['pg_dump']), ['database']],
    [
      'has the image of a tool',
      cronJob('forge-files', [], { image: 'restic/restic:0.17' }),
      ['data'],
    ],
    ['saves another application beside it', cronJob('wiki-backup', ['restic']), []],
    [
      'mounts a claim of that name elsewhere',
      cronJob('x', ['restic'], { namespace: 'wiki', claim: 'forge-data' }),
      [],
    ],
    ['runs another command of gitea', cronJob('forge-admin', ['gitea']), []],
  ])('of a CronJob that %s', (_, job, parts) => {
    expect(partsSaved(job, PLACE)).toEqual(parts);
  });
});

describe('longestGap', () => {
  it.each([
    ['*/5 * * * *', 5 / 60],
    ['17 * * * *', 1],
    ['0 */6 * * *', 6],
    ['0 2 * * *', 24],
    ['0 0 2 * * *', 24],
    ['@daily', 24],
    ['0 2 * * 0', 168],
    ['0 2 1 * *', 744],
  ])('%s: %d hours', (schedule, hours) => {
    expect(longestGap(schedule)).toBeCloseTo(hours * 3_600_000);
  });

  it('knows nothing of what is no schedule', () => {
    expect(longestGap('now and then')).toBeUndefined();
  });
});

describe('staleness', () => {
  const NOW = Date.parse('2026-03-10T12:00:00Z');
  const run = { schedule: '0 2 * * *', isSuspended: false };

  it.each([
    ['a success today', { ...run, lastSuccess: '2026-03-10T02:10:00Z' }, undefined],
    ['a success two days ago', { ...run, lastSuccess: '2026-03-08T02:10:00Z' }, /^last success/],
    [
      'a weekly job of four days ago',
      { ...run, schedule: '0 2 * * 5', lastSuccess: '2026-03-06T02:10:00Z' },
      undefined,
    ],
    ['one made an hour ago', { ...run, created: '2026-03-10T11:00:00Z' }, undefined],
    ['one that never succeeded', { ...run, created: '2026-03-01T11:00:00Z' }, /never/],
    [
      'a suspended one',
      { ...run, isSuspended: true, lastSuccess: '2026-03-10T02:10:00Z' },
      /^suspended/,
    ],
  ])('of %s', (_, job, fault) => {
    const told = staleness(job, NOW);
    if (fault === undefined) {
      expect(told).toBeUndefined();
    } else {
      expect(told).toMatch(fault);
    }
  });
});
