import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { tarOf } from '../../../src/cli/doctor/tar';
import type { Exchange } from '../../../src/client/http/recording';
import { FakeGitea } from '../../../src/testing';
import { temporaryFolder } from '../../support/temporary';
import { runCommand } from '../run-command';
import { RESULTS } from './results';
import { diagnosisOf, runDoctor } from './run-doctor';

const folder = temporaryFolder();

const HOST = { host: 'git.example.org', supportBundle: 'bundle.tar.gz' };

/** Names and texts of the files of a bundle, as tar reads them. */
function unpacked(file: string): Map<string, string> {
  const target = join(folder(), 'unpacked');
  mkdirSync(target);
  execFileSync('tar', ['-xzf', join(folder(), file), '-C', target]);
  const inner = join(target, 'gitea-registry-support');
  return new Map(
    readdirSync(inner)
      .sort()
      .map((name) => [name, readFileSync(join(inner, name), 'utf8')]),
  );
}

const EXCHANGE: Exchange = {
  method: 'GET',
  url: 'https://git.example.org/v2/',
  attempt: 1,
  requestHeaders: { 'User-Agent': 'gitea-registry' },
  status: 401,
  responseHeaders: ['Server', 'x'],
  elapsedMs: 3,
};

describe('a support bundle', () => {
  test('holds report, requests, versions and options, for the user alone', async () => {
    const look = async ({ record }: { record?: (exchange: Exchange) => void }) => {
      record?.(EXCHANGE);
      return diagnosisOf([RESULTS.noRoute]);
    };
    const run = await runDoctor([look], { ...HOST, output: 'json', limits: true }, folder());
    expect(run).toMatchObject({ code: 1, err: 'wrote bundle.tar.gz\n' });
    expect(statSync(join(folder(), 'bundle.tar.gz')).mode & 0o777).toBe(0o600);
    const files = unpacked('bundle.tar.gz');
    expect([...files.keys()]).toEqual([
      'about.json',
      'exchanges.jsonl',
      'report.json',
      'report.txt',
    ]);
    expect(files.get('report.json')).toBe(run.out);
    expect(files.get('report.txt')).toContain('Cause: REG211 on ingress');
    expect(JSON.parse(files.get('exchanges.jsonl')!)).toEqual(EXCHANGE);
    expect(JSON.parse(files.get('about.json')!)).toMatchObject({
      version: expect.stringMatching(/^\d/),
      exitCode: 1,
      server: 'Gitea 1.25.4',
      paths: [{ name: 'ingress', origin: 'https://git.example.org', hasCredential: false }],
      options: { output: 'json', limits: true },
    });
  });

  test('keeps no more exchanges than it says', async () => {
    const look = async ({ record }: { record?: (exchange: Exchange) => void }) => {
      Array.from({ length: 10_007 }, () => record?.(EXCHANGE));
      return diagnosisOf([RESULTS.connects]);
    };
    await runDoctor([look], HOST, folder());
    const files = unpacked('bundle.tar.gz');
    expect(files.get('exchanges.jsonl')!.trimEnd().split('\n')).toHaveLength(10_000);
    expect(JSON.parse(files.get('about.json')!).exchangesNotKept).toBe(7);
  });

  test('that cannot be written ends the run before anything is sent', async () => {
    writeFileSync(join(folder(), 'file'), '');
    const look = diagnosisOf([RESULTS.connects]);
    const run = await runDoctor([look], { ...HOST, supportBundle: 'file/b.tar.gz' }, folder());
    expect(run).toMatchObject({ code: 2, out: '', asked: [] });
    expect(run.err).toContain("--support-bundle 'file/b.tar.gz' cannot be written");
  });

  test('leaves nothing of itself when the run breaks', async () => {
    const broken = async () => Promise.reject(new Error('a fault of ours'));
    expect(await runDoctor([broken], HOST, folder())).toMatchObject({ code: 1 });
    expect(readdirSync(folder())).toEqual([]);
  });
});

describe('against a server that sends credentials back', () => {
  const token = randomBytes(20).toString('hex');
  const password = `Xk-${randomBytes(9).toString('base64url')}-q7`;
  let gitea: FakeGitea;
  beforeEach(async () => {
    gitea = await FakeGitea.start({});
  });
  afterEach(() => gitea.close());

  test.each([
    ['a token', token],
    ['a password', password],
  ])('neither output nor bundle holds %s', async (_, secret) => {
    writeFileSync(
      join(folder(), 'pull.json'),
      JSON.stringify({ auths: { [new URL(gitea.url).host]: { auth: btoa(`puller:${secret}`) } } }),
    );
    chmodSync(join(folder(), 'pull.json'), 0o600);
    const run = await runCommand(
      [
        ...[
          'doctor',
          gitea.url,
          '--debug',
          '--publish',
          'coulomb/state-hub:1',
          '--owner',
          'coulomb',
        ],
        ...['--pull-config', 'pull.json', '--support-bundle', 'b.tar.gz', '--output-file', 'r.xml'],
      ],
      folder(),
      { GITEA_REGISTRY_TOKEN: secret, GITEA_REGISTRY_USER: 'ci' },
    );
    expect(run.err).toContain('wrote r.xml');
    const texts = [run.out, run.err, readFileSync(join(folder(), 'r.xml'), 'utf8')];
    const all = [...texts, ...unpacked('b.tar.gz').values()].join('\n');
    const forms = [
      secret,
      btoa(`ci:${secret}`),
      btoa(`puller:${secret}`),
      encodeURIComponent(secret),
    ];
    expect(forms.filter((form) => all.includes(form))).toEqual([]);
    expect(unpackedExchanges(all)).toBeGreaterThan(0);
  });
});

function unpackedExchanges(text: string): number {
  return text.match(/"method":"GET"/g)?.length ?? 0;
}

test('an archive of any files is read back by tar', () => {
  const files = [
    { name: 'folder/empty', content: Buffer.alloc(0) },
    { name: 'folder/block', content: Buffer.alloc(512, 'x') },
    { name: 'folder/more', content: Buffer.alloc(513, 'y') },
  ];
  const archive = join(folder(), 'a.tar');
  writeFileSync(archive, tarOf(files, Date.UTC(2026, 0, 2) / 1000));
  const listed = execFileSync('tar', ['--utc', '-tvf', archive], { encoding: 'utf8' });
  expect(listed.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^-rw------- 0\/0 +0 2026-01-02 00:00 folder\/empty$/),
    expect.stringMatching(/^-rw------- 0\/0 +512 2026-01-02 00:00 folder\/block$/),
    expect.stringMatching(/^-rw------- 0\/0 +513 2026-01-02 00:00 folder\/more$/),
  ]);
});

test('an archive is whole blocks, and ends with two of zeros', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 4 }), (contents) => {
      const archive = tarOf(
        contents.map((content, index) => ({ name: `${index}`, content: Buffer.from(content) })),
        0,
      );
      const blocks = contents.reduce((sum, one) => sum + 1 + Math.ceil(one.length / 512), 2);
      expect(archive.length).toBe(512 * blocks);
      expect(archive.subarray(-1024).every((byte) => byte === 0)).toBe(true);
    }),
  );
});
