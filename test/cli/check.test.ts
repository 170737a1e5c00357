import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../support/temporary';
import type { Run } from './run-command';
import { runCommand } from './run-command';

const CHART = `# k3s
apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata:
  name: gitea
  namespace: git
spec:
  chart: gitea
  failurePolicy: reinstall
`;

const GOOD_CHART = CHART.replace('reinstall', 'abort');

/** Runs \`check\` in a folder of these files. */
async function check(
  files: { readonly [name: string]: string | Buffer },
  args: readonly string[],
  stdin?: string,
): Promise<Run> {
  const cwd = folder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
  return runCommand(['check', ...args], cwd, { LANG: 'C.UTF-8' }, stdin);
}

const folder = temporaryFolder();

const ONLY = ['--only', 'REG650'];

describe('what it finds', () => {
  test('shows code, object, place, what is wrong and how to mend it', async () => {
    const { code, out, err } = await check({ 'dist/a.yaml': CHART }, ONLY);
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(out).toContain(
      '✖ REG650 a k3s HelmChart or HelmChartConfig never reinstalls on failure\n',
    );
    expect(out).toContain('    HelmChart git/gitea\n    dist/a.yaml:9:3  spec.failurePolicy\n');
    expect(out).toMatch(/observed {2}failurePolicy 'reinstall'\n/);
    expect(out).toMatch(/fix {7}`failurePolicy: abort`\n/);
    expect(out).toContain('gitea-registry explain REG650');
    expect(out.endsWith('\n0 passed, 0 warnings, 1 failed, 0 skipped\n')).toBe(true);
  });

  test('says why and how to mend once for a code found twice', async () => {
    const files = {
      'dist/a.yaml': CHART,
      'dist/b/c.yml': CHART.replace('name: gitea', 'name: forge'),
    };
    const { out } = await check(files, ONLY);
    expect(out.match(/✖ REG650/g)).toHaveLength(1);
    expect(out.match(/fix /g)).toHaveLength(1);
    expect(out).toContain('dist/b/c.yml:9:3');
  });

  test('ends with 0 when everything holds', async () => {
    const { code, out } = await check({ 'dist/a.yaml': GOOD_CHART }, ONLY);
    expect({ code, out: out.split('\n').at(-2) }).toEqual({
      code: 0,
      out: '1 passed, 0 warnings, 0 failed, 0 skipped',
    });
  });

  test('writes the report into a file', async () => {
    const { code, out, err } = await check({ 'dist/a.yaml': CHART }, [...ONLY, '-o', 'report.txt']);
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: 'wrote report.txt\n' });
  });

  test('uses words where the terminal shows no symbols', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'a.yaml'), CHART);
    const { out } = await runCommand(['check', 'a.yaml', ...ONLY], cwd, { LANG: 'C' });
    expect(out).toContain('[fail] REG650');
  });

  test('colours when asked to', async () => {
    const { out } = await check({ 'a.yaml': CHART }, ['a.yaml', ...ONLY, '--color', 'always']);
    expect(out).toContain('\u001b[31m✖ REG650\u001b[39m');
  });

  test('says what it took for the registry when nothing is declared', async () => {
    const { out } = await check({ 'a.yaml': CHART }, ['a.yaml', ...ONLY]);
    expect(out).toContain(
      'no declaration found: judged as a registry without a known host (gitea, release git/gitea, from HelmChart gitea)',
    );
  });
});

describe('what it reads', () => {
  test('reads standard input', async () => {
    const { code, out } = await check({}, ['-', ...ONLY], CHART);
    expect(code).toBe(1);
    expect(out).toContain('(standard input):9:3');
  });

  test('reads the entries of a List', async () => {
    const list = `kind: List\napiVersion: v1\nitems:\n- ${CHART.replace('# k3s\n', '').replace(/\n(?=.)/g, '\n  ')}`;
    const { out } = await check({ 'a.yaml': list }, ['a.yaml', ...ONLY]);
    expect(out).toContain('HelmChart git/gitea\n    a.yaml:11:5  spec.failurePolicy\n');
  });

  test('leaves hidden folders and node_modules alone', async () => {
    const files = {
      'dist/.git/a.yaml': CHART,
      'dist/node_modules/a.yaml': CHART,
      'dist/b.yaml': GOOD_CHART,
    };
    expect((await check(files, ONLY)).code).toBe(0);
  });

  test('names documents it cannot make sense of', async () => {
    const files = {
      'a.yaml': `${GOOD_CHART}---\nsome: notes\n---\n- a list\n`,
      'b.yaml': 'a text\n',
    };
    const { code, out } = await check(files, ['a.yaml', 'b.yaml', '--only', 'REG564,REG650']);
    expect(code).toBe(0);
    expect(out).toContain('a.yaml:11:1\n');
    expect(out).toContain('a.yaml:13:1\n');
    expect(out).toContain('b.yaml:1:1\n');
    expect(out).toContain('3 skipped');
    expect(out).toContain('neither a Kubernetes object nor values of a chart the rules know');
  });

  test('takes nothing that SOPS encrypted for a value', async () => {
    const values =
      'gitea:\n  config:\n    server:\n      ROOT_URL: ENC[AES256_GCM,data:x,type:str]\nsops:\n  version: 3.10.2\n';
    const { code } = await check({ 'v.yaml': values }, [
      'v.yaml',
      '--only',
      'REG611,REG544,REG620',
    ]);
    expect(code).toBe(0);
  });
});

describe('bad input', () => {
  test.each<[string, { [name: string]: string | Buffer }, string[], string]>([
    ['a file that is not there', {}, ['nowhere.yaml'], "'nowhere.yaml' cannot be read"],
    ['a folder without YAML', { 'x/readme.md': '' }, ['x'], "'x' holds no YAML file"],
    ['broken YAML', { 'a.yaml': 'a: 1\nb: [\n' }, ['a.yaml'], 'a.yaml:3:1: '],
    [
      'a key that stands twice',
      { 'a.yaml': 'kind: X\nkind: Y\n' },
      ['a.yaml'],
      'a.yaml:2:1: a key stands twice in one map',
    ],
    [
      'a template',
      { 'a.yaml': 'a: {{ .Values.x }}\n  b: 1\n' },
      ['a.yaml'],
      'render it first (helm template)',
    ],
    [
      'Latin-1',
      { 'a.yaml': Buffer.from('a: ok\nb: caf\xe9\n', 'latin1') },
      ['a.yaml'],
      'a.yaml:2:7: is not UTF-8',
    ],
    [
      'too many bytes',
      { 'a.yaml': 'a: 1\n', 'b.yaml': CHART },
      ['a.yaml', 'b.yaml', '--max-bytes', '100'],
      "'b.yaml' goes beyond the 100 bytes check reads",
    ],
    [
      'an unknown code',
      { 'a.yaml': CHART },
      ['a.yaml', '--only', 'REG999'],
      "no rule has a code 'REG999'",
    ],
    [
      'a code that is none',
      { 'a.yaml': CHART },
      ['a.yaml', '--skip', 'v2-route'],
      "no rule has a code 'v2-route'",
    ],
    ['a size that is none', { 'a.yaml': CHART }, ['a.yaml', '--max-bytes', '1.5'], '--max-bytes'],
  ])('ends with 2 and names %s', async (_, files, args, message) => {
    const { code, out, err } = await check(files, args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('names every broken file at once', async () => {
    const { err } = await check({ 'd/a.yaml': 'a: [', 'd/b.yaml': GOOD_CHART, 'd/c.yaml': '{' }, [
      'd',
    ]);
    expect(err).toContain('d/a.yaml:1:5: ');
    expect(err).toContain('d/c.yaml:1:2: ');
  });

  test('ends with 3 when there is nothing to judge', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec: { containers: [] }\n';
    const { code, err } = await check({ 'a.yaml': pod }, ['a.yaml']);
    expect(code).toBe(3);
    expect(err).toContain('nothing to judge: ');
  });
});

describe('selection', () => {
  test('lists the codes', async () => {
    const { code, out } = await check({}, ['--list', '--only', 'REG65*']);
    expect(code).toBe(0);
    expect(out).toContain(
      'REG650  error    a k3s HelmChart or HelmChartConfig never reinstalls on failure\n',
    );
    expect(out).not.toContain('REG211');
  });

  test('leaves out what is skipped', async () => {
    expect(
      (await check({ 'a.yaml': CHART }, ['a.yaml', '--only', 'REG6*', '--skip', 'REG6*'])).out,
    ).toContain('0 passed');
  });
});

describe('suppressions', () => {
  const config = (until: string, reason = 'reason: moves to k8s in spring'): string =>
    `suppress:\n  - code: REG650\n    object: HelmChart git/*\n    ${reason}\n    until: "${until}"\n`;

  test('accept a finding until their day', async () => {
    const files = { 'a.yaml': CHART, 'gitea-registry.yaml': config('2026-11-21') };
    const { code, out } = await check(files, ['a.yaml', ...ONLY]);
    expect(code).toBe(0);
    expect(out).toContain('– REG650');
    expect(out).toContain('accepted until 2026-11-21: moves to k8s in spring');
    expect(out).toContain('1 skipped');
  });

  test('fail past their day, beside what they covered', async () => {
    const files = { 'a.yaml': CHART, 'gitea-registry.yaml': config('2026-11-20') };
    const { code, out } = await check(files, ['a.yaml', ...ONLY]);
    expect(code).toBe(1);
    expect(out).toContain('the suppression until 2026-11-20 is past');
    expect(out).toContain('2 failed');
  });

  test('fail past their day although nothing is found any more', async () => {
    const files = { 'a.yaml': GOOD_CHART, 'gitea-registry.yaml': config('2026-01-01') };
    expect((await check(files, ['a.yaml', ...ONLY])).code).toBe(1);
  });

  test('are named when they cover nothing', async () => {
    const files = { 'a.yaml': GOOD_CHART, 'gitea-registry.yaml': config('2027-01-01') };
    const { code, out } = await check(files, ['a.yaml', ...ONLY]);
    expect(code).toBe(0);
    expect(out).toContain("the suppression for 'HelmChart git/*' covers nothing: remove it");
  });

  test.each([
    [
      'without a reason',
      config('2027-01-01', ''),
      'gitea-registry.yaml: suppress[0].reason is missing: it must say why the finding is accepted',
    ],
    [
      'with an empty reason',
      config('2027-01-01', 'reason: " "'),
      "suppress[0].reason ' ' must say why",
    ],
    [
      'with a day that is none',
      config('2027-02-30'),
      "suppress[0].until '2027-02-30' must be the last day it is accepted, such as '2027-03-31'",
    ],
    [
      'with an unknown field',
      `${config('2027-01-01')}    who: me\n`,
      'suppress[0].who is not a known field',
    ],
    ['that is no list', 'suppress: REG650\n', "suppress 'REG650' must be a list"],
    ['in broken YAML', 'suppress: [\n', 'gitea-registry.yaml:2:1: '],
    [
      'beside an unknown field',
      'suppres: []\n',
      'gitea-registry.yaml: suppres is not a known field; known here: failOn, suppress',
    ],
    ['beside a wrong failOn', 'failOn: info\n', "failOn 'info' must be"],
  ])('are refused %s', async (_, file, message) => {
    const { code, err } = await check({ 'a.yaml': CHART, 'gitea-registry.yaml': file }, ['a.yaml']);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('come from another file when one is named', async () => {
    const files = { 'a.yaml': CHART, 'other.yaml': config('2027-01-01') };
    expect((await check(files, ['a.yaml', ...ONLY, '--config', 'other.yaml'])).code).toBe(0);
    const missing = await check(files, ['a.yaml', '--config', 'none.yaml']);
    expect(missing).toMatchObject({
      code: 2,
      err: expect.stringContaining("'none.yaml' cannot be read"),
    });
  });
});
