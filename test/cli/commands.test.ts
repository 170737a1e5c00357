import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Testing, Yaml } from 'cdk8s';
import type { GiteaRegistry } from 'cdk8s-gitea-registry';
import { ForgeRelease, GiteaRegistry as Registry } from 'cdk8s-gitea-registry';
import { envFile } from '../../src/delivery/env-file';
import { helmSetLines } from '../../src/delivery/helm-set';
import { iniFile } from '../../src/delivery/ini-file';
import { registryCase } from '../support/registries';
import { runCommand } from './run-command';

/** Forms of `values`. */
const FORMATS = ['yaml', 'sops-set', 'set', 'env', 'ini'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
  mkdirSync(join(folder, 'dist'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function render(
  host: string,
  namespace: string,
  change?: (registry: GiteaRegistry) => void,
): GiteaRegistry {
  const chart = new Chart(Testing.app(), 'chart');
  const registry = new Registry(chart, 'Registry', {
    host,
    release: ForgeRelease.gitea({
      name: 'gitea',
      namespace,
      chartVersion: '12.5.0',
      appVersion: '1.25.4',
      httpService: { name: 'gitea-http', port: 3000 },
      valuesFiles: ['helm/values.sops.yaml'],
    }),
  });
  change?.(registry);
  const yaml = Testing.synth(chart)
    .map((object: object) => Yaml.stringify(object))
    .join('---\n');
  writeFileSync(join(folder, 'dist', `${namespace}.k8s.yaml`), yaml);
  return registry;
}

describe('values', () => {
  it('prints the overlay that the construct gives, from the rendered declaration', async () => {
    const registry = render('git.example.org', 'git');
    expect(await runCommand(['values'], folder)).toEqual({
      code: 0,
      out: registry.values,
      err: '',
    });
  });

  it('reads the declaration from a folder, a manifest or a registry.json alike', async () => {
    const registry = render('git.example.org', 'git');
    writeFileSync(join(folder, 'registry.json'), registry.declaration);
    for (const source of ['dist', 'dist/git.k8s.yaml', 'registry.json']) {
      const { out } = await runCommand(['values', '--declaration', source], folder);
      expect(out).toBe(registry.values);
    }
  });

  it('prints sops set lines for the encrypted file of the release, or the one named', async () => {
    render('git.example.org', 'git');
    const lines = async (...more: string[]): Promise<string[]> =>
      (await runCommand(['values', '--format', 'sops-set', ...more], folder)).out
        .trimEnd()
        .split('\n');
    expect((await lines())[0]).toBe(
      `sops set helm/values.sops.yaml '["gitea"]["config"]["packages"]["ENABLED"]' '"true"'`,
    );
    expect(
      (await lines('--file', 'all.sops.yaml')).every((line) =>
        line.startsWith('sops set all.sops.yaml '),
      ),
    ).toBe(true);
  });

  it('refuses a values file that a shell would read as something else', async () => {
    render('git.example.org', 'git');
    const run = await runCommand(
      ['values', '--format', 'sops-set', '--file', 'a; rm -rf b'],
      folder,
    );
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain("--file 'a; rm -rf b' must be a file path");
  });

  it('asks for --file where the release names no encrypted values file', async () => {
    const { declaration } = render('git.example.org', 'git');
    writeFileSync(
      join(folder, 'registry.json'),
      declaration.replace('helm/values.sops.yaml', 'helm/values.yaml'),
    );
    const run = await runCommand(
      ['values', '--format', 'sops-set', '--declaration', 'registry.json'],
      folder,
    );
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('--file');
  });

  it.each([
    ['set', helmSetLines],
    ['env', envFile],
    ['ini', iniFile],
  ])('prints the form %s, for Gitea and for Forgejo', async (format, print) => {
    const gitea = render('git.example.org', 'git');
    const { registry: forgejo } = registryCase('forgejo');
    writeFileSync(join(folder, 'forgejo.json'), forgejo.declaration);
    const printed = async (...more: string[]): Promise<unknown> =>
      runCommand(['values', '--format', format, ...more], folder);
    expect(await printed()).toEqual({ code: 0, out: print(gitea._toDeclaration()), err: '' });
    expect(await printed('--declaration', 'forgejo.json')).toEqual({
      code: 0,
      out: print(forgejo._toDeclaration()),
      err: '',
    });
  });

  it.each(['yaml', 'set', 'env', 'ini'])(
    'refuses --file beside the form %s, and names -o instead',
    async (format) => {
      render('git.example.org', 'git');
      const argv = ['values', '--format', format, '--file', 'out.txt'];
      const run = await runCommand(argv, folder);
      expect(run).toMatchObject({ code: 2, out: '' });
      expect(run.err).toContain(
        `'--format sops-set', and has no meaning with '--format ${format}'`,
      );
      expect(run.err).toContain('-o FILE');
    },
  );

  it.each(FORMATS)('refuses a value of two lines in the form %s', async (format) => {
    const { declaration } = render('git.example.org', 'git', (registry) =>
      registry.resetConfig('ui', 'THEMES', 'auto'),
    );
    writeFileSync(join(folder, 'registry.json'), declaration.replace('"auto"', '"a\\nb"'));
    const argv = ['values', '--format', format, '--declaration', 'registry.json'];
    const run = await runCommand(argv, folder);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/config\.reset\[0\]\.value must be one line of text.*\(REG620\)/);
  });

  it.each(FORMATS)(
    'ends with exit 2 in the form %s and names the keys whose values only the app knows',
    async (format) => {
      render('git.example.org', 'git', (registry) =>
        registry.addConfig('ui', 'REACTIONS', 'smile'),
      );
      const run = await runCommand(['values', '--format', format], folder);
      expect(run).toMatchObject({ code: 2, out: '' });
      expect(run.err).toContain('ui.REACTIONS');
      expect(run.err).not.toContain('smile');
    },
  );

  it('writes a file whole and says so on stderr', async () => {
    const registry = render('git.example.org', 'git');
    const run = await runCommand(['values', '-o', 'helm/out.yaml'], folder);
    expect(run).toEqual({ code: 0, out: '', err: 'wrote helm/out.yaml\n' });
    expect(readFileSync(join(folder, 'helm/out.yaml'), 'utf8')).toBe(registry.values);
    expect(readdirSync(join(folder, 'helm'))).toEqual(['out.yaml']);
  });

  it('leaves nothing behind when the file cannot be written', async () => {
    render('git.example.org', 'git');
    mkdirSync(join(folder, 'taken'));
    const run = await runCommand(['values', '-o', 'taken'], folder);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain("'taken' cannot be written");
    expect(readdirSync(folder).sort()).toEqual(['dist', 'taken']);
  });
});

describe('handoff', () => {
  it('prints the page that the construct gives, even where the app sets keys of its own', async () => {
    const registry = render('git.example.org', 'git', (it) =>
      it.addConfig('ui', 'REACTIONS', 'smile'),
    );
    expect(await runCommand(['handoff'], folder)).toEqual({
      code: 0,
      out: registry.handoff,
      err: '',
    });
  });
});

describe('the declaration', () => {
  it('is chosen by host, by URL or by environment where several are found', async () => {
    const [first, second] = [
      render('git.example.org', 'git'),
      render('forge.example.org', 'forge'),
    ];
    const by = async (argv: string[], env = {}): Promise<string> =>
      (await runCommand(['values', ...argv], folder, env)).out;
    expect(await by(['--registry', 'git.example.org'])).toBe(first.values);
    expect(await by(['--registry', 'https://forge.example.org/'])).toBe(second.values);
    expect(await by([], { GITEA_REGISTRY_URL: 'https://forge.example.org' })).toBe(second.values);
  });

  it('is asked for with --registry where several are found, each named with its file', async () => {
    render('git.example.org', 'git');
    render('forge.example.org', 'forge');
    const run = await runCommand(['values'], folder);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('--registry HOST');
    expect(run.err).toContain('git.example.org (git/gitea, dist/git.k8s.yaml)');
    expect(run.err).toContain('forge.example.org (forge/gitea, dist/forge.k8s.yaml)');
  });

  it('of another host is not taken instead', async () => {
    render('git.example.org', 'git');
    const run = await runCommand(['values', '--registry', 'other.example.org'], folder);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain("'other.example.org'");
    expect(run.err).toContain('git.example.org');
  });

  it('that is nowhere is reported with what to do next', async () => {
    expect(await runCommand(['values'], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('npm run synth'),
    });
    expect(await runCommand(['values', '--declaration', 'absent'], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining("'absent' cannot be read"),
    });
  });

  it('that is wrong is refused with file, path and code', async () => {
    const { declaration } = render('git.example.org', 'git');
    writeFileSync(
      join(folder, 'registry.json'),
      declaration.replace('git.example.org', 'Git.example.org'),
    );
    const run = await runCommand(['values', '--declaration', 'registry.json'], folder);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/'registry\.json'[^]*host 'Git\.example\.org' must be[^]*\(REG111\)/);
  });

  it('in broken YAML is reported by line, without the text around it', async () => {
    writeFileSync(join(folder, 'dist/a.yaml'), 'a: 1\nb: "sup3rsecret\n');
    const run = await runCommand(['values'], folder);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/'dist\/a\.yaml' is not YAML: \w+ at line \d/);
    expect(run.err).not.toContain('sup3rsecret');
  });

  it('is found beside other objects, scalars, lists and empty documents', async () => {
    const registry = render('git.example.org', 'git');
    writeFileSync(
      join(folder, 'dist/other.yaml'),
      '---\n---\njust text\n---\n- a\n---\nkind: ConfigMap\ndata: { registry.json: "{}" }\n---\nkind: ConfigMap\n',
    );
    expect((await runCommand(['values'], folder)).out).toBe(registry.values);
  });
});

describe('the command', () => {
  it('prints help and version on stdout', async () => {
    const help = await runCommand(['--help'], folder);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('values');
    const version = await runCommand(['--version'], folder);
    expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('lists every form in the help of values', async () => {
    const { out } = await runCommand(['values', '--help'], folder);
    expect(out).toContain('print the settings of the declaration');
    for (const format of FORMATS) {
      expect(out).toContain(`"${format}"`);
    }
  });

  it('suggests the nearest command for an unknown one', async () => {
    const run = await runCommand(['handof'], folder);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('Did you mean handoff?');
  });

  it('refuses an unknown format with exit 2', async () => {
    expect(await runCommand(['values', '--format', 'xml'], folder)).toMatchObject({
      code: 2,
      out: '',
    });
  });

  it('shows a stack only with --debug', async () => {
    expect((await runCommand(['values'], folder)).err).not.toContain('    at ');
    expect((await runCommand(['values', '--debug'], folder)).err).toContain('    at ');
    expect(
      (await runCommand(['values', '--declaration', 'absent', '--debug'], folder)).err,
    ).toContain('caused by');
  });

  it.each([
    [['--color', 'always'], {}, true],
    [['--color=always'], { NO_COLOR: '1' }, true],
    [['--color', 'never'], { FORCE_COLOR: '1' }, false],
    [[], { FORCE_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [[], {}, false],
  ])(
    'colours messages by flag, then NO_COLOR, then FORCE_COLOR: %j %j',
    async (argv, env, colored) => {
      const { err } = await runCommand(['values', ...argv], folder, env);
      expect(err.includes('\u001b[')).toBe(colored);
    },
  );
});
