import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const COULOMB = resolve(__dirname, '../../examples/coulomb');
const CANARY = randomBytes(20).toString('hex');
const VALUES = `postgresql:\n  enabled: false\ngitea:\n  admin:\n    password: ${CANARY}\n`;
const OVERLAY = 'gitea:\n  config:\n    packages:\n      ENABLED: "true"\n';
const MANIFEST = [
  'apiVersion: v1',
  'kind: ConfigMap',
  'metadata:',
  '  name: gitea-registry',
  'data:',
  '  name: not-an-object',
  '---',
  'apiVersion: networking.k8s.io/v1',
  'kind: Ingress',
  'metadata:',
  '  name: gitea-registry-v2',
  '',
].join('\n');

const STUBS = {
  sops: `
    cat "$STUB/sops-output"
    exit "\${SOPS_EXIT:-0}"`,
  helm: `
    env >>"$STUB/environment"
    case "$1" in
      list)
        [[ -z "\${HELM_LIST_EXIT:-}" ]] || exit "$HELM_LIST_EXIT"
        sed "s/@REVISION@/$(cat "$STUB/revision")/" "$STUB/releases.json" ;;
      upgrade)
        [[ -z "\${HELM_UPGRADE_EXIT:-}" ]] || exit "$HELM_UPGRADE_EXIT"
        files=()
        while (($#)); do
          if [[ "$1" == -f ]]; then files+=("$2"); fi
          shift
        done
        if [[ -p "\${files[0]}" ]]; then echo pipe; else echo file; fi >"$STUB/first-values-are-a"
        cat "\${files[0]}" >"$STUB/first-values"
        echo "$(($(cat "$STUB/revision") + 1))" >"$STUB/revision" ;;
    esac`,
  kubectl: `[[ "$*" != *"\${KUBECTL_FAILS_ON:-nothing}"* ]]`,
  npx: `echo 'the state of the registry'; exit "\${NPX_EXIT:-0}"`,
};
const SYSTEM_TOOLS =
  'awk bash cat cut date dirname env make mkdir paste perl sed sha256sum shasum tail'.split(' ');
const OWN_CAPTURE = ['sops-output', 'first-values'];

function onPath(tool: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, tool)).find((path) => existsSync(path));
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

function releases(...namespaces: string[]): string {
  return JSON.stringify(
    namespaces.map((namespace) => ({
      name: 'gitea',
      namespace,
      revision: '@REVISION@',
      updated: '2025-01-31 12:00:00.000000001 +0000 UTC',
      status: 'deployed',
      chart: 'gitea-12.5.0',
      app_version: '1.25.4',
    })),
  );
}

/** A copy of the example with stub tools, where nothing of the machine but the system tools is on PATH. */
class Workbench {
  readonly root = mkdtempSync(join(tmpdir(), 'coulomb-makefile-'));
  readonly example = join(this.root, 'examples/coulomb');
  readonly overlay = join(this.example, 'helm/gitea-registry-values.yaml');
  readonly manifest = join(this.root, 'dist/gitea-registry.k8s.yaml');
  readonly changes = join(this.example, 'docs/changes.md');
  readonly output: string[] = [];
  private readonly stub = join(this.root, 'stub');
  private readonly bin = join(this.root, 'bin');

  constructor() {
    for (const folder of [join(this.example, 'helm'), join(this.root, 'dist'), this.stub, this.bin])
      mkdirSync(folder, { recursive: true });
    for (const part of ['Makefile', 'scripts'])
      cpSync(join(COULOMB, part), join(this.example, part), { recursive: true });
    writeFileSync(this.overlay, OVERLAY);
    writeFileSync(this.manifest, MANIFEST);
    this.decryptsTo(VALUES);
    this.lists(releases('default'));
    writeFileSync(join(this.stub, 'revision'), '7\n');
    for (const [tool, body] of Object.entries(STUBS)) this.addStub(tool, body);
    for (const tool of SYSTEM_TOOLS) {
      const path = onPath(tool);
      if (path) symlinkSync(path, join(this.bin, tool));
    }
  }

  decryptsTo(values: string): void {
    writeFileSync(join(this.stub, 'sops-output'), values);
  }

  lists(json: string): void {
    writeFileSync(join(this.stub, 'releases.json'), json);
  }

  lacks(tool: string): void {
    rmSync(join(this.bin, tool));
  }

  make(args: string[], env: Record<string, string> = {}, cwd = this.example) {
    const { status, stdout, stderr } = spawnSync('make', args, {
      cwd,
      env: { PATH: this.bin, STUB: this.stub, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    this.output.push(stdout, stderr);
    return { status, stdout, stderr };
  }

  deploy(env: Record<string, string> = {}, ...args: string[]) {
    const backup = { BACKUP_BY: 'Ada Lovelace', BACKUP_DATE: dayFromNow(-1) };
    return this.make(['gitea-deploy', ...args], { ...backup, ...env });
  }

  saw(file: string): string {
    const path = join(this.stub, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  calls(start = ''): string[] {
    return this.saw('calls')
      .split('\n')
      .filter((line) => line !== '' && line.startsWith(start));
  }

  rows(): string[] {
    if (!existsSync(this.changes)) return [];
    const lines = readFileSync(this.changes, 'utf8').trimEnd().split('\n');
    return lines.filter((line) => /^\| \d/.test(line));
  }

  leaks(): string[] {
    const entries = readdirSync(this.root, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !OWN_CAPTURE.includes(entry.name));
    return [
      ...files.map((entry) => join(entry.parentPath, entry.name)).filter(holdsCanary),
      ...this.output.filter((text) => text.includes(CANARY)),
    ];
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  private addStub(tool: string, body: string): void {
    const path = join(this.bin, tool);
    writeFileSync(path, `#!/usr/bin/env bash\necho "${tool} $*" >>"$STUB/calls"\n${body}\n`);
    chmodSync(path, 0o755);
  }
}

function holdsCanary(path: string): boolean {
  return readFileSync(path, 'utf8').includes(CANARY);
}

const missing = ['make', 'bash'].filter((tool) => onPath(tool) === undefined);
const suite = missing.length === 0 ? describe : describe.skip;
const title = 'the Makefile of examples/coulomb';

suite(missing.length === 0 ? title : `SKIPPED, ${missing.join(' and ')} MISSING: ${title}`, () => {
  let bench: Workbench;

  beforeEach(() => {
    bench = new Workbench();
  });

  afterEach(() => {
    const leaks = bench.leaks();
    bench.remove();
    expect(leaks).toEqual([]);
  });

  test('make alone lists the targets and calls nothing', () => {
    const { status, stdout } = bench.make([]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^gitea-deploy .*\ngitea-ingress-deploy .*\ngitea-status /m);
    expect(bench.calls()).toEqual([]);
  });

  describe('gitea-deploy', () => {
    function expectRefusal(
      { status, stderr }: { status: number | null; stderr: string },
      why: RegExp,
    ): void {
      expect(stderr).toMatch(why);
      expect(stderr).toMatch(/^gitea-deploy: refused: /m);
      expect(stderr).toMatch(/Error 2$/m);
      expect(status).not.toBe(0);
      expect(bench.calls('helm upgrade')).toEqual([]);
      expect(existsSync(bench.changes)).toBe(false);
    }

    test('upgrades once, with the decrypted values first and the overlay second', () => {
      const { status, stderr } = bench.deploy();
      expect(stderr).toContain('revision 8 is live');
      expect(status).toBe(0);
      expect(bench.calls('sops')).toEqual(['sops --decrypt helm/gitea-values.sops.yaml']);
      expect(bench.calls('helm upgrade')).toEqual([
        expect.stringMatching(
          /^helm upgrade gitea oci:\/\/docker\.gitea\.com\/charts\/gitea --version 12\.5\.0 --namespace default -f \S+ -f helm\/gitea-registry-values\.yaml$/,
        ),
      ]);
      expect(bench.saw('first-values')).toBe(VALUES);
      expect(bench.saw('first-values-are-a')).toBe('pipe\n');
    });

    test('records revision, chart, overlay and backup in docs/changes.md, a row for each upgrade', () => {
      const sum = createHash('sha256').update(OVERLAY).digest('hex');
      const row = (revision: number, by: string) =>
        expect.stringMatching(
          `^\\| \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d \\| default/gitea \\| ${revision} \\| ` +
            `12\\.5\\.0 \\| ${sum} \\| of ${dayFromNow(-1)}, confirmed by ${by} \\|$`,
        );
      bench.deploy();
      expect(bench.rows()).toEqual([row(8, 'Ada Lovelace')]);
      bench.deploy({ BACKUP_BY: 'Zoë' });
      expect(bench.rows()).toEqual([row(8, 'Ada Lovelace'), row(9, 'Zoë')]);
      expect(readFileSync(bench.changes, 'utf8').match(/^# /gm)).toHaveLength(1);
    });

    test('starts a line of its own when docs/changes.md ends without a newline', () => {
      mkdirSync(join(bench.example, 'docs'));
      writeFileSync(bench.changes, '| kept |');
      bench.deploy();
      expect(readFileSync(bench.changes, 'utf8')).toMatch(/^\| kept \|\n\| \d.*\|\n$/);
    });

    test('takes confirmation and overrides on the command line, from another folder', () => {
      const { status } = bench.make(
        [
          '-C',
          'examples/coulomb',
          'gitea-deploy',
          'CHART_VERSION=12.5.1',
          'BACKUP_BY=Ada',
          `BACKUP_DATE=${dayFromNow(0)}`,
        ],
        {},
        bench.root,
      );
      expect(status).toBe(0);
      expect(bench.calls('helm upgrade')).toEqual([
        expect.stringContaining(' --version 12.5.1 --namespace default '),
      ]);
      expect(bench.rows()).toHaveLength(1);
    });

    test('ignores a NAMESPACE that only the environment has', () => {
      expect(bench.deploy({ NAMESPACE: 'elsewhere' }).status).toBe(0);
      expect(bench.calls('helm upgrade')).toEqual([expect.stringContaining('--namespace default')]);
    });

    test.each(['sops', 'helm'])('refuses before anything else when %s is missing', (tool) => {
      bench.lacks(tool);
      expectRefusal(bench.deploy(), new RegExp(`${tool} is not installed`));
      expect(bench.calls()).toEqual([]);
    });

    test('refuses before anything else when the overlay is missing or empty', () => {
      writeFileSync(bench.overlay, '');
      expectRefusal(bench.deploy(), /overlay 'helm\/\S+' must be a non-empty file/);
      rmSync(bench.overlay);
      expectRefusal(bench.deploy(), /overlay 'helm\/\S+' must be a non-empty file/);
      expect(bench.calls()).toEqual([]);
    });

    test('never calls helm when sops fails, even after printing values', () => {
      expectRefusal(bench.deploy({ SOPS_EXIT: '128' }), /sops could not decrypt/);
      expect(bench.calls('helm')).toEqual([]);
    });

    test.each([
      ['nothing', ''],
      ['blank lines', '\n\n'],
      ['no gitea map', `postgresql:\n  password: ${CANARY}\n`],
      ['a gitea map only inside another', `old: |\n  gitea:\n    password: ${CANARY}\n`],
      ['an empty gitea map', 'gitea: {}\nredis:\n  enabled: false\n'],
      ['an empty gitea map over two lines', 'gitea:\n  {}\n'],
      ['a gitea that is null', 'gitea: null\n'],
      ['a gitea with nothing below', 'gitea:\n  # admin: none\n\nredis:\n  enabled: false\n'],
      ['a gitea that is a list', 'gitea:\n  - admin: x\n'],
    ])('never calls helm when sops prints %s', (_, values) => {
      bench.decryptsTo(values);
      expectRefusal(bench.deploy(), /decrypts to no non-empty map 'gitea:'/);
      expect(bench.calls('helm')).toEqual([]);
    });

    test.each([
      ['a flow map', `gitea: {admin: {password: ${CANARY}}}\n`],
      ['a comment first', `gitea: # the forge\n  # one admin\n\n    admin: ${CANARY}\n`],
    ])('accepts a gitea map written with %s', (_, values) => {
      bench.decryptsTo(values);
      expect(bench.deploy().status).toBe(0);
      expect(bench.saw('first-values')).toBe(values);
    });

    test('refuses when no release has the name', () => {
      bench.lists('[]');
      expectRefusal(bench.deploy(), /upgrades an existing release, it never installs one/);
    });

    test('takes a release with a longer name for another one', () => {
      bench.lists(releases('default').replace('"gitea"', '"gitea-old"'));
      expectRefusal(bench.deploy(), /no live release is named 'gitea'/);
    });

    test('refuses a release that lives in another namespace, naming both', () => {
      bench.lists(releases('git'));
      expectRefusal(bench.deploy(), /lives in namespace 'git', not in 'default'/);
    });

    test('refuses when releases of the name live in two namespaces, ours among them', () => {
      bench.lists(releases('default', 'git'));
      expectRefusal(bench.deploy(), /live in several namespaces \(default git\)/);
    });

    test('refuses when helm cannot list the releases', () => {
      expectRefusal(bench.deploy({ HELM_LIST_EXIT: '1' }), /could not list the live releases/);
    });

    test('reads a listing with spaces and line breaks', () => {
      bench.lists(JSON.stringify(JSON.parse(releases('default')), null, 2));
      expect(bench.deploy().status).toBe(0);
      expect(bench.rows()[0]).toContain('| default/gitea | 8 |');
    });

    test.each([
      ['nobody', { BACKUP_BY: '', BACKUP_DATE: '' }],
      ['nobody but a date', { BACKUP_BY: '' }],
      ['a blank name', { BACKUP_BY: '  ' }],
      ['a name without date', { BACKUP_DATE: '' }],
    ])('refuses a backup confirmed by %s and prints the command to run', (_, env) => {
      const refusal = bench.deploy(env);
      expectRefusal(refusal, /a verified backup of database and \/data\/packages/);
      expect(refusal.stderr).toContain(
        "make gitea-deploy BACKUP_BY='YOUR NAME' BACKUP_DATE=YYYY-MM-DD",
      );
    });

    test.each(['Ada | root', 'Ada\nroot', 'Ada\u001b[2J'])(
      'refuses the name %j, which would break the table',
      (name) => {
        expectRefusal(bench.deploy({ BACKUP_BY: name }), /BACKUP_BY must be a name on one line/);
      },
    );

    test.each(['yesterday', '20250131', '2025-1-31', '2025-13-01', '2025-02-29', '2025-04-31'])(
      'refuses the backup date %s',
      (date) => {
        expectRefusal(bench.deploy({ BACKUP_DATE: date }), /must be a date such as 2025-01-31/);
      },
    );

    test('refuses a backup date in the future', () => {
      expectRefusal(bench.deploy({ BACKUP_DATE: dayFromNow(2) }), /must not be in the future/);
    });

    test('records nothing when the upgrade fails, and says how to go back', () => {
      const { status, stderr } = bench.deploy({ HELM_UPGRADE_EXIT: '1' });
      expect(status).not.toBe(0);
      expect(stderr).toMatch(/Error 1$/m);
      expect(stderr).toContain('helm rollback gitea 7 --namespace default');
      expect(existsSync(bench.changes)).toBe(false);
    });

    test('shows the row when docs/changes.md cannot be written after the upgrade', () => {
      writeFileSync(join(bench.example, 'docs'), 'a file where the folder should be');
      const { status, stderr } = bench.deploy();
      expect(status).not.toBe(0);
      expect(stderr).toMatch(/add this row by hand: \| \d.* confirmed by Ada Lovelace \|$/m);
    });

    test('with DRY_RUN=1 checks all, prints the command, upgrades and records nothing', () => {
      const { status, stdout } = bench.deploy({ DRY_RUN: '1' });
      expect(status).toBe(0);
      expect(stdout).toBe(
        'helm upgrade gitea oci://docker.gitea.com/charts/gitea --version 12.5.0 --namespace default ' +
          '-f <decrypted helm/gitea-values.sops.yaml> -f helm/gitea-registry-values.yaml\n',
      );
      expect(bench.calls().map((call) => call.split(' ', 2).join(' '))).toEqual([
        'sops --decrypt',
        'helm list',
      ]);
      expect(existsSync(bench.changes)).toBe(false);
      expectRefusal(bench.deploy({ DRY_RUN: '1', BACKUP_BY: '' }), /nobody confirmed/);
    });

    test('refuses a DRY_RUN it does not know instead of upgrading', () => {
      expectRefusal(bench.deploy({ DRY_RUN: 'true' }), /DRY_RUN 'true' must be 1 or unset/);
    });

    test('keeps the decrypted values from traces and children whatever the environment asks for', () => {
      const { status } = bench.deploy({
        SHELLOPTS: 'allexport:xtrace',
        HELM_DEBUG: 'true',
        values: 'exported by the caller',
      });
      expect(status).toBe(0);
      expect(bench.saw('first-values')).toBe(VALUES);
      expect(bench.saw('environment')).not.toMatch(/^(HELM_DEBUG|values)=/m);
    });
  });

  describe('gitea-ingress-deploy', () => {
    test('applies exactly the one rendered file and says what is in it', () => {
      writeFileSync(join(bench.root, 'dist/other.k8s.yaml'), MANIFEST);
      const { status, stdout } = bench.make(['gitea-ingress-deploy']);
      expect(status).toBe(0);
      expect(bench.calls()).toEqual(['kubectl apply -f ../../dist/gitea-registry.k8s.yaml']);
      expect(stdout).toBe(
        'applying ../../dist/gitea-registry.k8s.yaml:\n' +
          '  ConfigMap/gitea-registry\n  Ingress/gitea-registry-v2\n',
      );
    });

    test('asks the server for a dry run with DRY_RUN=1 and refuses other words', () => {
      bench.make(['gitea-ingress-deploy', 'DRY_RUN=1']);
      bench.make(['gitea-ingress-deploy', 'DRY_RUN=yes']);
      expect(bench.calls()).toEqual([
        'kubectl apply --dry-run=server -f ../../dist/gitea-registry.k8s.yaml',
      ]);
    });

    test.each([
      ['missing', 'MANIFEST=missing.yaml'],
      ['a folder', 'MANIFEST=../../dist'],
    ])('refuses a manifest that is %s', (_, override) => {
      const { status, stderr } = bench.make(['gitea-ingress-deploy', override]);
      expect(status).toBe(2);
      expect(stderr).toMatch(/refused: manifest '\S+' must be a non-empty file/);
      expect(bench.calls()).toEqual([]);
    });

    test('fails when kubectl fails', () => {
      expect(bench.make(['gitea-ingress-deploy'], { KUBECTL_FAILS_ON: 'apply' }).status).toBe(2);
    });
  });

  describe('gitea-status', () => {
    const command =
      'npx --no -- gitea-registry doctor gitea.coulomb.social --inventory --declaration ../../dist/gitea-registry.k8s.yaml';

    test('takes stock with the command of this package, and nothing else', () => {
      const { status, stdout } = bench.make(['gitea-status']);
      expect(status).toBe(0);
      expect(bench.calls()).toEqual([command]);
      expect(stdout).toBe('the state of the registry\n');
    });

    test('keeps the record in the named file', () => {
      expect(bench.make(['gitea-status', 'RECORD=docs/before.md']).status).toBe(0);
      expect(bench.calls()).toEqual([`${command} -o docs/before.md`]);
    });

    test('fails when a check fails', () => {
      expect(bench.make(['gitea-status'], { NPX_EXIT: '1' }).status).toBe(2);
    });

    test('says what to install without npx', () => {
      bench.lacks('npx');
      const { status, stderr } = bench.make(['gitea-status']);
      expect(status).toBe(2);
      expect(stderr).toContain('gitea-status: refused: npx is not installed');
    });
  });
});
