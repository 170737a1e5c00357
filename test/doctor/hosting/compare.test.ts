import type { HostingObservation, HostingRecord, RecordedCheck } from '../../../src/doctor/hosting';
import { compareRecords, resultsOfComparison } from '../../../src/doctor/hosting';

const FETCH: HostingObservation = {
  ...{ path: 'ingress', surface: 'fetch', asked: 'coulomb/hub', isSignedIn: false },
  ...{ standing: 'works', observed: '200 application/x-git-upload-pack-advertisement' },
};

const REFUSED = { standing: 'refuses', observed: '401 text/plain' } as const;
const GONE = { standing: 'fails', observed: '404 text/plain' } as const;

function record(
  hosting: readonly HostingObservation[],
  checks: readonly RecordedCheck[] = [],
): HostingRecord {
  return {
    ...{ schemaVersion: '1', takenAt: '2026-11-20T10:00:00.000Z', host: 'git.example.org' },
    hosting,
    checks,
  };
}

function kinds(before: HostingRecord, after: HostingRecord): object {
  const { regressions, improvements, changes, unchanged } = compareRecords(before, after);
  const subjects = (all: readonly { readonly subject: string }[]) =>
    all.map(({ subject }) => subject);
  return {
    ...(regressions.length > 0 && { regressions: subjects(regressions) }),
    ...(improvements.length > 0 && { improvements: subjects(improvements) }),
    ...(changes.length > 0 && { changes: subjects(changes) }),
    unchanged,
  };
}

const SUBJECT = "git fetch of 'coulomb/hub'";

describe('git hosting', () => {
  it.each([
    ['works as before', {}, {}, { unchanged: 1 }],
    ['is refused', {}, REFUSED, { regressions: [SUBJECT], unchanged: 0 }],
    ['is gone', {}, GONE, { regressions: [SUBJECT], unchanged: 0 }],
    ['was refused and is gone', REFUSED, GONE, { regressions: [SUBJECT], unchanged: 0 }],
    ['was gone and works', GONE, {}, { improvements: [SUBJECT], unchanged: 0 }],
    ['is gone as before', GONE, GONE, { unchanged: 1 }],
    ['answers otherwise', {}, { observed: '200' }, { changes: [SUBJECT], unchanged: 0 }],
    [
      'is refused now that no credential is sent',
      { isSignedIn: true },
      REFUSED,
      { changes: [SUBJECT], unchanged: 0 },
    ],
    [
      'is gone, and no credential is sent',
      { isSignedIn: true },
      GONE,
      { regressions: [SUBJECT], unchanged: 0 },
    ],
    [
      'of another repository is refused',
      { asked: 'coulomb/other' },
      REFUSED,
      { changes: [SUBJECT], unchanged: 0 },
    ],
  ])('that %s', (_, before, after, expected) => {
    expect(kinds(record([{ ...FETCH, ...before }]), record([{ ...FETCH, ...after }]))).toEqual(
      expected,
    );
  });

  it('that is not looked at any more is a change, and a whole path is one', () => {
    const service = { ...FETCH, path: 'service' };
    const login: HostingObservation = { ...FETCH, surface: 'login', asked: 'GET /user/login' };
    const before = record([FETCH, login, service, { ...service, surface: 'push' }]);
    expect(kinds(before, record([FETCH]))).toEqual({
      changes: ["the access path 'service'", 'the login page, GET /user/login'],
      unchanged: 1,
    });
  });
});

describe('checks', () => {
  const check = (
    code: string,
    status: RecordedCheck['status'],
    path = 'ingress',
  ): RecordedCheck => ({
    ...{ code, status, path },
  });

  it.each([
    ['held and fails', ['REG312', 'pass'], ['REG312', 'fail'], { regressions: ['REG312'] }],
    ['warned and fails', ['REG312', 'warn'], ['REG312', 'fail'], { regressions: ['REG312'] }],
    [
      'fails under a more telling code',
      ['REG230', 'pass'],
      ['REG211', 'fail'],
      { regressions: ['REG211'] },
    ],
    ['failed so and holds', ['REG211', 'fail'], ['REG230', 'pass'], { improvements: ['REG211'] }],
    ['fails for another reason', ['REG211', 'fail'], ['REG212', 'fail'], { changes: ['REG212'] }],
    ['was skipped and fails', ['REG312', 'skip'], ['REG312', 'fail'], { changes: ['REG312'] }],
    ['warns', ['REG312', 'pass'], ['REG312', 'warn'], { changes: ['REG312'] }],
    [
      'held and is skipped',
      ['REG312', 'pass'],
      ['REG312', 'skip'],
      { changes: ['1 check that held'] },
    ],
    ['was skipped and holds', ['REG312', 'skip'], ['REG312', 'pass'], {}],
  ] as const)('of which one %s', (_, before, after, expected) => {
    const found = kinds(
      record([], [check(before[0], before[1])]),
      record([], [check(after[0], after[1])]),
    );
    expect(found).toEqual({ ...expected, unchanged: 0 });
  });

  it('are compared path by path', () => {
    const before = record(
      [],
      [check('REG211', 'fail', 'ingress'), check('REG230', 'pass', 'service')],
    );
    const after = record(
      [],
      [check('REG211', 'fail', 'ingress'), check('REG211', 'fail', 'service')],
    );
    expect(compareRecords(before, after).regressions).toEqual([
      { path: 'service', subject: 'REG211', before: 'REG230 pass', after: 'fail' },
    ]);
  });

  it('that are said of several owners count by the worst', () => {
    const before = record([], [check('REG330', 'pass'), check('REG330', 'fail')]);
    const after = record([], [check('REG330', 'fail'), check('REG330', 'pass')]);
    expect(kinds(before, after)).toEqual({ unchanged: 1 });
  });

  it('that wait for what broke are no news of their own', () => {
    const before = record([], [check('REG230', 'pass'), check('REG312', 'pass')]);
    const after = record([], [check('REG211', 'fail'), check('REG312', 'skip')]);
    expect(kinds(before, after)).toEqual({ regressions: ['REG211'], unchanged: 0 });
  });
});

describe('a record of another', () => {
  it.each([
    [
      'host',
      { host: 'git.example.com' },
      /^host 'git\.example\.com' must be 'git\.example\.org'.*\(REG110\)$/,
    ],
    ['version', { schemaVersion: '2' as '1' }, /^schemaVersion '2' must be '1' \(REG660\)$/],
  ])('%s is refused', (_, other, message) => {
    expect(() => compareRecords({ ...record([]), ...other }, record([]))).toThrow(message);
  });
});

describe('results', () => {
  const results = (before: HostingRecord, after: HostingRecord) =>
    resultsOfComparison(compareRecords(before, after));

  it('fail with both observations', () => {
    expect(results(record([FETCH]), record([{ ...FETCH, ...GONE }]))).toEqual([
      {
        ...{ code: 'REG565', step: 'P11', status: 'fail', path: 'ingress' },
        observed: `${SUBJECT}: 404 text/plain; before: 200 application/x-git-upload-pack-advertisement`,
        expected: 'as at 2026-11-20T10:00:00.000Z: 200 application/x-git-upload-pack-advertisement',
      },
    ]);
  });

  it('pass with a note for what is better, and say how much is as before', () => {
    const ssh: HostingObservation = { ...FETCH, path: undefined, surface: 'ssh', asked: 'x:22' };
    const before = record([{ ...FETCH, ...GONE }, ssh]);
    expect(results(before, record([FETCH, ssh]))).toMatchObject([
      { status: 'pass', note: expect.stringMatching(/^better: git fetch/) },
      { status: 'pass', observed: expect.stringContaining('1 as before, 1 different') },
    ]);
  });
});
