import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(__dirname, '../..');
let project: string;

/** A fresh checkout with the installed modules and the build of this one. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'synth-'));
  for (const folder of ['bin', 'examples', 'scripts']) {
    cpSync(join(root, folder), join(project, folder), { recursive: true });
  }
  for (const file of ['package.json', 'tsconfig.json']) {
    cpSync(join(root, file), join(project, file));
  }
  for (const folder of ['lib', 'node_modules']) {
    symlinkSync(join(root, folder), join(project, folder), 'dir');
  }
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function synth(...examples: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['scripts/synth.mjs', ...examples], {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
}

function snapshot(): { [path: string]: string } {
  const files = ['dist', 'examples'].flatMap((folder) => {
    mkdirSync(join(project, folder), { recursive: true });
    return readdirSync(join(project, folder), { recursive: true, withFileTypes: true });
  });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(project, path), readFileSync(path, 'utf8')]),
  );
}

/** As after a first run: what the examples wrote beside themselves came with them. */
function synthesized(): void {
  cpSync(join(root, 'dist'), join(project, 'dist'), { recursive: true });
}

const main = (): string => join(project, 'examples/coulomb/main.ts');

it('prints the files it wrote, and a second run changes no byte', () => {
  const first = synth();
  expect(first).toMatchObject({
    status: 0,
    stderr: '',
    stdout:
      'dist/gitea-registry.k8s.yaml\n' +
      'examples/coulomb/docs/gitea-container-registry.md\n' +
      'examples/coulomb/helm/gitea-registry-values.yaml\n',
  });
  expect(readFileSync(join(project, 'dist/gitea-registry.k8s.yaml'), 'utf8')).toBe(
    readFileSync(join(root, 'dist/gitea-registry.k8s.yaml'), 'utf8'),
  );
  const before = snapshot();
  expect(synth()).toMatchObject({ status: 0, stdout: first.stdout });
  expect(snapshot()).toEqual(before);
  expect(readdirSync(project)).not.toContain('.synth');
});

it('changes no file when a prop is refused, and says which and why without a stack', () => {
  synthesized();
  writeFileSync(
    main(),
    readFileSync(main(), 'utf8').replace(
      "'gitea.coulomb.social'",
      "'https://gitea.coulomb.social'",
    ),
  );
  const before = snapshot();
  const run = synth();
  expect(run).toMatchObject({ status: 1, stdout: '' });
  expect(run.stderr).toContain("host 'https://gitea.coulomb.social' must be a host name");
  expect(run.stderr).toContain('(REG111)');
  expect(run.stderr).not.toContain('    at ');
  expect(snapshot()).toEqual(before);
});

it('changes no file when one of several examples fails', () => {
  synthesized();
  writeFileSync(main(), `${readFileSync(main(), 'utf8')}\nthrow new Error('late');\n`);
  writeFileSync(
    join(project, 'examples/mosaic/main.ts'),
    readFileSync(join(project, 'examples/mosaic/main.ts'), 'utf8').replace("'1.24.3'", "'1.24.4'"),
  );
  const before = snapshot();
  expect(synth('mosaic', 'coulomb')).toMatchObject({ status: 1, stdout: '' });
  expect(snapshot()).toEqual(before);
});

it('removes manifests that are no longer rendered, and keeps what is not its own', () => {
  synthesized();
  writeFileSync(join(project, 'dist/old.k8s.yaml'), 'kind: Old\n');
  writeFileSync(join(project, 'examples/coulomb/docs/changes.md'), 'by hand\n');
  expect(synth().status).toBe(0);
  expect(readdirSync(join(project, 'dist'))).toEqual(['gitea-registry.k8s.yaml']);
  expect(readFileSync(join(project, 'examples/coulomb/docs/changes.md'), 'utf8')).toBe('by hand\n');
});

it('puts everything back when a result cannot be moved into place', () => {
  synthesized();
  const helm = join(project, 'examples/coulomb/helm');
  rmSync(helm, { recursive: true });
  writeFileSync(helm, 'a file where a folder belongs\n');
  const before = snapshot();
  const run = synth();
  expect(run).toMatchObject({ status: 1, stdout: '' });
  expect(run.stderr).toContain('everything was put back');
  expect(snapshot()).toEqual(before);
});

it('names the examples there are when it is asked for another', () => {
  const run = synth('nowhere');
  expect(run).toMatchObject({ status: 1, stdout: '' });
  expect(run.stderr).toMatch(
    /no example 'nowhere'; there is argocd, coulomb, .*, object-storage$/m,
  );
});
