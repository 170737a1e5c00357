import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorCommandOptions } from '../../../src/cli/doctor/options';
import type { Report } from '../../../src/cli/report/report';
import type { Diagnosis } from '../../../src/doctor';
import type { HostingRecord } from '../../../src/doctor/hosting';
import { advertisement, REPOSITORY, Site } from '../../doctor/hosting/site';
import { WEB_NOT_FOUND } from '../../doctor/scenarios/answers';
import { temporaryFolder } from '../../support/temporary';
import { reportErrors } from '../report/report-schema';
import { runCommand } from '../run-command';
import { RESULTS } from './results';
import type { DoctorRun } from './run-doctor';
import { diagnosisOf, runDoctor } from './run-doctor';

const folder = temporaryFolder();

/** Nobody listens there: no test asks the ssh server of the machine. */
const connectTo = [{ host: '127.0.0.1', port: 22, address: '127.0.0.1', addressPort: 1 }];

const GONE = { login: WEB_NOT_FOUND };

let site: Site;

beforeEach(async () => {
  site = await Site.start();
});

/** Runs with a diagnosis that is given; git hosting is the site's. */
function run(
  options: Partial<DoctorCommandOptions>,
  more: Partial<Diagnosis> = {},
  env: { readonly [name: string]: string } = {},
): Promise<DoctorRun> {
  const host = site.path().origin.host;
  const diagnosis = diagnosisOf([RESULTS.connects], { host, ...more });
  return runDoctor([diagnosis], { host: site.proxy.url, connectTo, ...options }, folder(), { env });
}

function saved(name = 'before.json'): HostingRecord {
  return JSON.parse(readFileSync(join(folder(), name), 'utf8')) as HostingRecord;
}

describe('--save', () => {
  it('writes what git hosting and every check answer, for the user alone', async () => {
    const { code, err } = await run({ save: 'before.json' });
    expect({ code, err }).toEqual({ code: 0, err: 'wrote before.json\n' });
    expect(statSync(join(folder(), 'before.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder())).toEqual(['before.json']);
    expect(saved()).toMatchObject({
      takenAt: '2026-11-21T00:00:00.000Z',
      host: site.path().origin.host,
      repository: REPOSITORY,
      checks: [{ code: 'REG113', path: 'ingress', status: 'pass' }],
    });
  });

  it('holds no credential, not even one a server repeats', async () => {
    const token = 'f00dbabe'.repeat(5);
    site.answer({
      push: {
        ...advertisement('git-receive-pack'),
        headers: [['Content-Type', `text/${token}`]],
      },
    });
    const told = { ...RESULTS.answers, observed: `you sent ${token}` };
    const env = { GITEA_REGISTRY_USER: 'ci', GITEA_REGISTRY_TOKEN: token };
    const { out, err } = await run({ save: 'before.json' }, { results: [told] }, env);
    const pushed = site.signedIn().filter((line) => line.includes('receive-pack'));
    expect(pushed).toHaveLength(1);
    expect(`${out}${err}${JSON.stringify(saved())}`).not.toContain(token);
  });

  it('leaves what was there when the run ended before it was done', async () => {
    writeFileSync(join(folder(), 'before.json'), 'old');
    const { err } = await run({ save: 'before.json' }, { isPartial: true });
    expect(err).toBe('nothing was saved: the registry was not looked at to the end\n');
    expect(readdirSync(folder())).toEqual(['before.json']);
    expect(readFileSync(join(folder(), 'before.json'), 'utf8')).toBe('old');
  });

  it('is refused before anything is sent where no file can be', async () => {
    writeFileSync(join(folder(), 'file'), '');
    const { code, err, asked } = await run({ save: 'file/before.json' });
    expect(code).toBe(2);
    expect(err).toContain("--save 'file/before.json' cannot be written");
    expect([asked, site.proxy.requests]).toEqual([[], []]);
  });
});

describe('--compare', () => {
  it('passes where all is as before', async () => {
    await run({ save: 'before.json' });
    const { code, out } = await run({ compare: 'before.json', output: 'json' });
    const { checks } = JSON.parse(out) as Report;
    expect(code).toBe(0);
    expect(checks.find((check) => check.code === 'REG565')).toMatchObject({
      status: 'pass',
      observed: 'nothing is worse than at 2026-11-21T00:00:00.000Z: 7 as before, 0 different',
    });
  });

  it.each(['text', 'short', 'json', 'junit', 'markdown'] as const)(
    'fails in %s with both observations where something worked',
    async (output) => {
      await run({ save: 'before.json' });
      site.answer(GONE);
      const { code, out } = await run({ compare: 'before.json', output });
      expect(code).toBe(1);
      expect(out).toContain('REG565');
      expect(out).toContain('404 text/plain');
      expect(out).toContain('200, a page of Gitea or Forgejo');
      if (output === 'json') {
        const report = JSON.parse(out) as Report;
        expect(reportErrors(report)).toBeNull();
        expect(report.cause).toEqual({ code: 'REG565', path: 'ingress' });
      }
    },
  );

  it('fails where a check held', async () => {
    await run({ save: 'before.json' });
    const results = [{ ...RESULTS.connects, status: 'fail', observed: 'refused' } as const];
    const { code, out } = await run({ compare: 'before.json', output: 'short' }, { results });
    expect(code).toBe(1);
    expect(out).toContain(
      'fail REG565 ingress: REG113: fail (refused); before: pass (203.0.113.10:443)\n',
    );
  });

  it('asks git of the repository of the record, and of another where that is named', async () => {
    await run({ save: 'before.json' });
    site.gitea.addOrganization('a-first');
    site.gitea.addRepository('a-first', 'one');
    await run({ compare: 'before.json', save: 'next.json' });
    expect(saved('next.json').repository).toBe(REPOSITORY);
    await run({ compare: 'before.json', save: 'other.json', repository: 'a-first/one' });
    expect(saved('other.json').repository).toBe('a-first/one');
  });

  it('compares with the old record, and then saves the new one in its place', async () => {
    await run({ save: 'before.json' });
    site.answer(GONE);
    expect((await run({ compare: 'before.json', save: 'before.json' })).code).toBe(1);
    expect((await run({ compare: 'before.json' })).code).toBe(0);
  });

  it('is not hidden by a selection of codes, and can be accepted', async () => {
    await run({ save: 'before.json' });
    site.answer(GONE);
    expect((await run({ compare: 'before.json', only: ['REG113'] })).code).toBe(1);
    writeFileSync(
      join(folder(), 'gitea-registry.yaml'),
      'suppress:\n  - code: REG565\n    object: ingress\n    reason: the page moves\n    until: 2026-12-31\n',
    );
    const { code, out } = await run({ compare: 'before.json' });
    expect(code).toBe(0);
    expect(out).toContain('accepted until 2026-12-31: the page moves');
  });

  it('says nothing of a run that ended before it was done', async () => {
    await run({ save: 'before.json' });
    site.answer(GONE);
    const { code, out } = await run({ compare: 'before.json' }, { isPartial: true });
    expect(code).toBe(3);
    expect(out).toContain('the run ended before git hosting was looked at');
    expect(out).not.toContain('login page');
  });

  it.each([
    ['is not there', undefined, "--compare 'before.json' cannot be read: ENOENT"],
    ['is no JSON', '{', "--compare 'before.json': the record is no JSON"],
    ['is of another version', '{"schemaVersion":"2"}', "schemaVersion '2' must be '1'"],
    ['is no record', '{"schemaVersion":"1"}', 'takenAt must be a time in UTC'],
  ])('is refused before anything is sent where the file %s', async (_, text, message) => {
    if (text !== undefined) {
      writeFileSync(join(folder(), 'before.json'), text);
    }
    const { code, err, asked } = await run({ compare: 'before.json', save: 'next.json' });
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect([asked, site.proxy.requests]).toEqual([[], []]);
    expect(readdirSync(folder())).not.toContain('next.json');
  });

  it('is refused before anything is sent where the record is of another host', async () => {
    await run({ save: 'before.json' });
    site.proxy.forgetRequests();
    const { code, err, asked } = await runDoctor(
      [diagnosisOf([RESULTS.connects])],
      { host: 'git.example.org', compare: 'before.json' },
      folder(),
    );
    expect(code).toBe(2);
    expect(err).toMatch(
      /^error: --compare 'before\.json': host '.*' must be 'git\.example\.org'.*\(REG110\)\n$/,
    );
    expect([asked, site.proxy.requests]).toEqual([[], []]);
  });
});

describe('the command line', () => {
  it('compares what the probes themselves find', async () => {
    const at = ['doctor', site.proxy.url, '--connect-to', '127.0.0.1:22:127.0.0.1:1'];
    const before = await runCommand([...at, '--save', 'before.json'], folder());
    expect(before.code).toBe(0);
    site.answer(GONE);
    const after = await runCommand(
      [...at, '--compare', 'before.json', '--output', 'short'],
      folder(),
    );
    expect(after.code).toBe(1);
    expect(after.out).toContain(
      'fail REG565 ingress: the login page, GET /user/login: 404 text/plain; before: 200',
    );
  });

  it.each([
    [['--repository', 'platform/shop'], '--repository goes with --save or --compare'],
    [['--save', 'x.json', '--repository', 'shop'], 'give OWNER/REPO'],
  ])('refuses %p', async (options, message) => {
    const { code, err } = await runCommand(['doctor', site.proxy.url, ...options], folder());
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

it('looks at no git hosting without --save and --compare', async () => {
  await run({});
  expect(site.proxy.requests).toEqual([]);
});
