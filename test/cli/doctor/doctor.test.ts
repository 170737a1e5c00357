import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Probe, Result } from '../../../src/doctor';
import { diagnose } from '../../../src/doctor';
import { v2 } from '../../../src/doctor/observe/v2';
import { isAnswered } from '../../../src/doctor/ask';
import { broken, passed } from '../../../src/doctor/outcome';
import { doctor } from '../../../src/cli/doctor/doctor';
import { FakeGitea } from '../../../src/testing';
import { temporaryFolder } from '../../support/temporary';
import { reportErrors } from '../report/report-schema';
import { recordingIo, runCommand } from '../run-command';
import { RESULTS } from './results';
import type { DoctorRun } from './run-doctor';
import { diagnosisOf, runDoctor } from './run-doctor';

const folder = temporaryFolder();

const HOST = { host: 'git.example.org' };

const HEALTHY = diagnosisOf([RESULTS.connects, RESULTS.answers]);

const BROKEN = diagnosisOf([RESULTS.connects, RESULTS.noRoute, RESULTS.waits]);

const NOTHING = diagnosisOf([RESULTS.waits, RESULTS.alsoWaits]);

const FORMATS = ['text', 'short', 'json', 'junit', 'markdown'] as const;

describe('the exit code', () => {
  test.each([
    ['all holds', [RESULTS.connects], {}, 0],
    ['something fails', [RESULTS.connects, RESULTS.noRoute], {}, 1],
    ['something warns', [RESULTS.warns], {}, 0],
    ['something warns and that fails the run', [RESULTS.warns], { failOn: 'warn' as const }, 1],
    ['nothing could be evaluated', [RESULTS.waits], {}, 3],
    ['nothing was found', [], {}, 3],
    [
      'nothing could be told of the link',
      [RESULTS.connects, { ...RESULTS.waits, code: 'REG913' }],
      { link: 'coulomb/container/state-hub=hub' },
      3,
    ],
    [
      'the link can be made',
      [RESULTS.connects, { ...RESULTS.connects, code: 'REG913' }],
      { link: 'coulomb/container/state-hub=hub' },
      0,
    ],
  ])('when %s is the same in every format', async (_, results: Result[], options, code) => {
    const runs = await Promise.all(
      FORMATS.map((output) =>
        runDoctor([diagnosisOf(results)], { ...HOST, ...options, output }, folder()),
      ),
    );
    expect(runs.map((run) => run.code)).toEqual(FORMATS.map(() => code));
  });

  test.each([
    ['found a fault', [RESULTS.noRoute], 1],
    ['found none', [RESULTS.connects], 3],
  ])('of a run that was cut off and %s', async (_, results: Result[], code) => {
    const cutOff = diagnosisOf(results, { isPartial: true });
    const run = await runDoctor([cutOff], { ...HOST, output: 'json' }, folder());
    expect({ code: run.code, report: JSON.parse(run.out) }).toMatchObject({
      code,
      report: { isPartial: true },
    });
  });

  test('of an interrupted run is 130, and it prints what it has', async () => {
    const interrupt = new AbortController();
    const look = async () => {
      interrupt.abort();
      return diagnosisOf([RESULTS.noRoute], { isPartial: true });
    };
    const run = await runDoctor([look], HOST, folder(), { interrupt: interrupt.signal });
    expect(run.code).toBe(130);
    expect(run.out).toContain('REG211');
    expect(run.out).toContain('The run was ended before it was done.');
  });
});

describe('text, JSON and JUnit', () => {
  test('agree on every status', async () => {
    const diagnosis = diagnosisOf(Object.values(RESULTS));
    const [text, , json, junit] = await Promise.all(
      FORMATS.map(
        async (output) => (await runDoctor([diagnosis], { ...HOST, output }, folder())).out,
      ),
    );
    const { summary } = JSON.parse(json);
    expect(summary).toEqual({ pass: 3, warn: 1, fail: 2, skip: 2 });
    expect(text).toContain('\n3 passed, 1 warning, 2 failed, 2 skipped in 0.1 s\n');
    expect(junit).toContain('tests="8" failures="2" errors="0" skipped="2"');
    expect(junit.match(/<failure/g)).toHaveLength(2);
  });

  test('hold nothing of the credential, though a server sent it back', async () => {
    const secret = 'Xk-31-plain-looking-q7';
    const echoed = { ...RESULTS.noRoute, observed: `says ${secret}`, note: btoa(`ci:${secret}`) };
    for (const output of FORMATS) {
      const run = await runDoctor([diagnosisOf([echoed])], { ...HOST, output }, folder(), {
        env: { GITEA_REGISTRY_TOKEN: secret, GITEA_REGISTRY_USER: 'ci' },
      });
      expect(run.asked[0].paths[0].credential?.secret).toBe(secret);
      expect(run.out).not.toContain(secret);
      expect(run.out).not.toContain(btoa(`ci:${secret}`).slice(0, 12));
    }
  });
});

describe('JSON', () => {
  test('fits its schema and tells no time', async () => {
    const run = await runDoctor([BROKEN], { ...HOST, output: 'json' }, folder());
    const report = JSON.parse(run.out);
    expect(reportErrors(report)).toBeNull();
    expect(report).toMatchObject({
      schemaVersion: '1',
      target: { host: 'git.example.org' },
      cause: { code: 'REG211', path: 'ingress' },
      summary: { pass: 1, warn: 0, fail: 1, skip: 1 },
    });
    expect(Object.keys(report.checks[1])).toEqual(
      'code path status title observed expected why fix docUrl'.split(' '),
    );
  });
});

describe('--output-file', () => {
  test.each([
    ['second.json', '"schemaVersion": "1"'],
    ['second.xml', '<testsuites name="gitea-registry doctor"'],
    ['second.md', '### Registry <code>git'],
    ['second.txt', 'Cause: REG211 on ingress'],
  ])('writes %s beside what is printed', async (outputFile, words) => {
    const run = await runDoctor([BROKEN], { ...HOST, output: 'short', outputFile }, folder());
    expect(run.out).toMatch(/^fail REG211 ingress: /);
    expect(readFileSync(join(folder(), outputFile), 'utf8')).toContain(words);
    expect(run.err).toBe(`wrote ${outputFile}\n`);
  });

  test('of another ending is refused before anything is sent', async () => {
    const run = await runDoctor([BROKEN], { ...HOST, outputFile: 'a.html' }, folder());
    expect(run).toMatchObject({ code: 2, out: '', asked: [] });
    expect(run.err).toContain("--output-file 'a.html': its ending says the form");
  });
});

describe('--only and --skip', () => {
  test('run what a selected code waits for, and report the code alone', async () => {
    const run = await runDoctor([BROKEN], { ...HOST, only: ['REG211'], output: 'json' }, folder());
    expect(run.probed).toEqual(['REG113', 'REG230']);
    const { checks } = JSON.parse(run.out) as { checks: { code: string }[] };
    expect(checks.map(({ code }) => code)).toEqual(['REG211']);
  });

  test('leave out probes all of whose codes are skipped and nothing waits for', async () => {
    const run = await runDoctor([BROKEN], { ...HOST, skip: ['REG3*'] }, folder());
    expect(run.probed).toEqual(['REG113', 'REG230', 'REG913']);
    expect(run.out).not.toContain('REG312');
  });

  test.each([['REG999'], ['211'], ['REG2**']])('refuse %s, which no probe has', async (pattern) => {
    const run = await runDoctor([BROKEN], { ...HOST, only: [pattern] }, folder());
    expect(run).toMatchObject({ code: 2, asked: [] });
    expect(run.err).toContain(`no probe has a code '${pattern}'`);
  });

  test('--list names probes and what they send, without a registry', async () => {
    const run = await runDoctor([BROKEN], { list: true, only: ['REG212'] }, folder());
    expect(run).toMatchObject({ code: 0, asked: [], err: '' });
    expect(run.out).toMatch(/^code +step +must hold +sends +may name instead\n/);
    expect(run.out).toMatch(/\nREG230 +P4 .*what REG230 sends +REG211 REG212\n$/);
  });
});

describe('suppressions', () => {
  const suppress = (object: string, until = '2027-01-01'): void =>
    writeFileSync(
      join(folder(), 'gitea-registry.yaml'),
      `suppress: [{ code: REG211, object: "${object}", reason: moves away, until: "${until}" }]\n`,
    );
  const checksOf = (run: DoctorRun): Record<string, unknown>[] => JSON.parse(run.out).checks;
  const json = (results: Result[]): Promise<DoctorRun> =>
    runDoctor([diagnosisOf(results)], { ...HOST, output: 'json' }, folder());

  test('turn a fault on the named path into a skip that says why', async () => {
    suppress('ingress');
    const run = await json([RESULTS.connects, RESULTS.noRoute]);
    expect({ code: run.code, cause: JSON.parse(run.out).cause }).toEqual({ code: 0, cause: null });
    expect(checksOf(run)[1]).toMatchObject({
      status: 'skip',
      note: 'accepted until 2027-01-01: moves away',
    });
  });

  test('leave a fault on the other paths', async () => {
    suppress('serv*');
    const run = await json([RESULTS.onBoth]);
    expect(run.code).toBe(1);
    expect(checksOf(run).map(({ status, path, paths }) => [status, path, paths])).toEqual([
      ['fail', 'ingress', undefined],
      ['skip', 'service', undefined],
    ]);
  });

  test('a fault that is accepted was evaluated', async () => {
    suppress('*');
    expect(await json([RESULTS.noRoute])).toMatchObject({ code: 0 });
  });

  test('fail once they are past, and cover nothing', async () => {
    suppress('ingress', '2026-11-20');
    const run = await json([RESULTS.noRoute]);
    expect(checksOf(run).map(({ status }) => status)).toEqual(['fail', 'fail']);
    expect(checksOf(run)[1].observed).toBe(
      "the suppression for 'ingress' until 2026-11-20 is past",
    );
  });

  test('of objects of manifests are for check', async () => {
    suppress('Ingress git/gitea', '2026-11-20');
    expect(checksOf(await json([RESULTS.connects]))).toHaveLength(1);
  });
});

describe('--wait', () => {
  test('looks again with growing pauses until nothing fails', async () => {
    const run = await runDoctor([BROKEN, BROKEN, HEALTHY], { ...HOST, wait: 60_000 }, folder());
    expect(run).toMatchObject({ code: 0, slept: [1000, 2000] });
    expect(run.out).not.toContain('REG211');
    expect(run.err.match(/^waiting: REG211 on ingress: HTTP 404/gm)).toHaveLength(1);
  });

  test('ends with 124 and the last observation when the time is over', async () => {
    const run = await runDoctor([NOTHING, BROKEN], { ...HOST, wait: 5000 }, folder());
    expect(run.code).toBe(124);
    expect(run.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(5000);
    expect(run.out).toContain('Cause: REG211 on ingress');
    expect(run.err).toContain('waiting: nothing could be evaluated; looking again in 1 s');
  });

  test('keeps the last complete look when a later one is interrupted', async () => {
    const interrupt = new AbortController();
    const cutOff = async () => {
      interrupt.abort();
      return diagnosisOf([], { isPartial: true });
    };
    const run = await runDoctor([BROKEN, cutOff], { ...HOST, wait: 60_000 }, folder(), {
      interrupt: interrupt.signal,
    });
    expect(run).toMatchObject({ code: 130, out: expect.stringContaining('REG211') });
  });

  test('does not wait for a word of the command line to mend itself', async () => {
    const run = await runDoctor([HEALTHY], { ...HOST, link: 'x', wait: 60_000 }, folder());
    expect(run).toMatchObject({ code: 1, slept: [] });
  });

  test.each([
    [['--wait', 'git.example.org/gitea']],
    [['git.example.org/gitea', '--wait']],
    [['--wait=1s', 'git.example.org/gitea']],
  ])('takes no HOST for a duration: %j', async (words) => {
    const run = await runCommand(['doctor', ...words, '--output', 'short'], folder());
    expect(run).toEqual({
      code: 1,
      out: "fail REG111 HOST 'git.example.org/gitea'\n",
      err: '',
    });
  });

  test('refuses a word that is neither a duration nor a host', async () => {
    expect(await runCommand(['doctor', '--wait', '5x'], folder())).toMatchObject({
      code: 2,
      err: expect.stringContaining("give a duration with units, such as '30s'"),
    });
    const run = await runDoctor([HEALTHY], { ...HOST, wait: 'other.example.org' }, folder());
    expect(run).toMatchObject({ code: 2, asked: [] });
  });
});

describe('against a server', () => {
  let gitea: FakeGitea;
  beforeEach(async () => {
    gitea = await FakeGitea.start({});
  });
  afterEach(() => gitea.close());

  test('probes the way that is named and every other, and shows them side by side', async () => {
    const { io, printed } = recordingIo(folder(), { env: { LANG: 'C.UTF-8' } });
    const probe: Probe = {
      ...{ code: 'REG230', step: 'P4', scope: 'path', needs: [], sends: 'GET /v2/' },
      decide: async (sight) => {
        const seen = await sight.see(v2);
        return isAnswered(seen)
          ? [passed('REG230', `${seen.status}`)]
          : [broken('REG230', { observed: seen.error.message })];
      },
    };
    const closed = new URL('http://127.0.0.1:1');
    const code = await doctor(
      gitea.url,
      { output: 'text', declaration: 'dist', path: [{ name: 'tunnel', origin: closed }] },
      io,
      [],
      { diagnose, probes: [probe], now: () => 0, sleep: async () => undefined },
    );
    expect({ code, err: printed.err }).toEqual({ code: 1, err: '' });
    expect(printed.out).toMatch(/✔ REG230 v2 answers +401\n/);
    expect(printed.out).toMatch(/Cause: REG230 on tunnel: .*REG113/);
    expect(printed.out).toMatch(/\npath +status +answered by +realm +certificate\n/);
    expect(gitea.requests.map(({ path }) => path)).toContain('/v2/');
  });

  test('the command itself gives a report that fits the schema', async () => {
    const run = await runCommand(['doctor', gitea.url, '--output', 'json'], folder());
    expect(reportErrors(JSON.parse(run.out))).toBeNull();
    expect(JSON.parse(run.out).target).toEqual({ host: new URL(gitea.url).host });
  });
});
