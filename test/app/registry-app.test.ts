import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import type { GiteaRegistryProps, RegistryAppProps, SideFileOptions } from 'cdk8s-gitea-registry';
import { ForgeRelease, GiteaRegistry, RegistryApp } from 'cdk8s-gitea-registry';
import { minimalProps, REGISTRIES, RELEASE } from '../support/registries';
import { environmentVariable, temporaryFolder } from '../support/temporary';
import { messageOf } from '../support/thrown';

const folder = temporaryFolder();
const redirect = environmentVariable('GITEA_REGISTRY_SIDE_FILES');

/** Files below `root` with their texts, by path. */
function tree(root: string): { [path: string]: string } {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const root = (): string => join(folder(), 'root');

beforeEach(() => mkdirSync(root()));

interface Built {
  readonly app: RegistryApp;
  readonly chart: Chart;
  readonly registry: GiteaRegistry;
}

function build(
  sideFiles: Partial<SideFileOptions> | undefined = {},
  props: Partial<GiteaRegistryProps> = {},
  outdir = join(root(), 'dist'),
): Built {
  const app = new RegistryApp({ outdir, sideFiles: { root: root(), ...sideFiles } });
  const chart = new Chart(app, 'registry');
  const registry = new GiteaRegistry(chart, 'Registry', { ...minimalProps(), ...props });
  return { app, chart, registry };
}

const VALUES = 'helm/gitea-registry-values.yaml';
const PAGE = 'docs/gitea-container-registry.md';
const DECLARATION = 'helm/gitea-registry.json';
const MANIFESTS = 'dist/registry.k8s.yaml';

it('writes manifests, values overlay and handoff page below the root', () => {
  const { app, registry } = build();
  app.synth();
  const files = tree(root());
  expect(Object.keys(files)).toEqual([MANIFESTS, PAGE, VALUES].sort());
  expect(files[VALUES]).toBe(registry.values);
  expect(files[PAGE]).toBe(registry.handoff);
  expect(files[MANIFESTS]).toContain('kind: ConfigMap');
});

it('all the props', () => {
  const sideFiles: Required<SideFileOptions> = { root: root(), folder: 'examples/a' };
  const props: RegistryAppProps & { sideFiles: SideFileOptions } = {
    sideFiles,
    outdir: join(root(), 'out'),
    outputFileExtension: '.yaml',
  };
  const app = new RegistryApp(props);
  new GiteaRegistry(new Chart(app, 'c'), 'Registry', minimalProps());
  app.synth();
  expect(Object.keys(tree(root()))).toEqual([
    'examples/a/docs/gitea-container-registry.md',
    'examples/a/helm/gitea-registry-values.yaml',
    'out/c.yaml',
  ]);
});

it('writes the declaration beside the values where it is not published', () => {
  const { app, registry } = build({}, { publishDeclaration: false });
  app.synth();
  const files = tree(root());
  expect(Object.keys(files)).toEqual([DECLARATION, PAGE, VALUES, MANIFESTS].sort());
  expect(files[DECLARATION]).toBe(registry.declaration);
  expect(files[MANIFESTS]).toBe('');
});

it('writes nothing but manifests where no side files are asked for', () => {
  const app = new RegistryApp({ outdir: join(root(), 'dist') });
  new GiteaRegistry(new Chart(app, 'registry'), 'Registry', minimalProps());
  app.synth();
  expect(Object.keys(tree(root()))).toEqual([MANIFESTS]);
  expect(() => new RegistryApp()).not.toThrow();
});

it('renders the same manifests as a stock App, whose registry gives the same texts', () => {
  for (const { build: make, name } of REGISTRIES) {
    const [ours, stock] = ['ours', 'stock'].map((kind) => {
      const outdir = join(root(), name, kind, 'dist');
      const sideFiles = { root: join(root(), name, kind) };
      const app = kind === 'ours' ? new RegistryApp({ outdir, sideFiles }) : new App({ outdir });
      const registry = make(new Chart(app, 'registry'), (id) => id);
      app.synth();
      return { registry, files: tree(join(root(), name, kind)) };
    });
    expect(ours.files[MANIFESTS]).toBe(stock.files[MANIFESTS]);
    expect(Object.keys(stock.files)).toEqual([MANIFESTS]);
    expect(Object.values(ours.files)).toContain(stock.registry.values);
    expect(Object.values(ours.files)).toContain(stock.registry.handoff);
  }
});

it('writes what was added after construction', () => {
  const { app, registry } = build();
  registry.addConfig('ui', 'THEMES', 'late');
  app.synth();
  expect(tree(root())[VALUES]).toContain('THEMES: "late"');
});

it('writes the same bytes for the same input, and again over older files', () => {
  build().app.synth();
  const first = tree(root());
  build().app.synth();
  expect(tree(root())).toEqual(first);
  build({}, { host: 'other.example.org' }).app.synth();
  const changed = tree(root());
  expect(Object.keys(changed)).toEqual(Object.keys(first));
  expect(changed[VALUES]).toContain('https://other.example.org/');
  expect(changed[VALUES]).not.toContain('git.example.org');
});

it('writes the files of each registry in the app', () => {
  const { app } = build();
  new GiteaRegistry(new Chart(app, 'second'), 'Registry', {
    host: 'second.example.org',
    release: ForgeRelease.gitea({ ...RELEASE, name: 'second' }),
  });
  app.synth();
  expect(Object.keys(tree(root()))).toEqual(
    [
      'dist/registry.k8s.yaml',
      'dist/second.k8s.yaml',
      PAGE,
      'docs/second-container-registry.md',
      VALUES,
      'helm/second-registry-values.yaml',
    ].sort(),
  );
});

it('leaves no temporary file', () => {
  build({ folder: 'a/b' }).app.synth();
  expect(Object.keys(tree(folder())).filter((path) => path.includes('tmp'))).toEqual([]);
});

describe('GITEA_REGISTRY_SIDE_FILES', () => {
  it('takes the place of the folder', () => {
    redirect('.synth/coulomb');
    build({ folder: 'examples/coulomb' }).app.synth();
    expect(Object.keys(tree(root()))).toEqual(
      [`.synth/coulomb/${PAGE}`, `.synth/coulomb/${VALUES}`, MANIFESTS].sort(),
    );
  });

  it('is ignored when empty', () => {
    redirect('');
    build({ folder: 'examples' }).app.synth();
    expect(tree(root())).toHaveProperty([`examples/${VALUES}`]);
  });

  it('can be absolute, below the root', () => {
    redirect(join(root(), 'staged'));
    build().app.synth();
    expect(tree(root())).toHaveProperty([`staged/${VALUES}`]);
  });

  it('is refused outside the root, and named as what is wrong', () => {
    redirect('../elsewhere');
    expect(messageOf(() => build({ folder: 'fine' }).app.synth())).toBe(
      `GITEA_REGISTRY_SIDE_FILES '../elsewhere' must be a folder below the root '${root()}' (REG660)`,
    );
    expect(tree(folder())).toEqual({});
  });

  it('writes nothing where no side files are asked for', () => {
    redirect('.synth');
    new RegistryApp({ outdir: join(root(), 'dist') }).synth();
    expect(tree(root())).toEqual({});
  });
});

describe('writes no side file when', () => {
  it('a validation fails, nor any manifest', () => {
    const { app, chart, registry } = build();
    registry.node.addValidation({ validate: () => ['the registry is broken'] });
    chart.node.addValidation({ validate: () => ['so is the chart'] });
    const message = messageOf(() => app.synth());
    expect(message).toContain('[registry/Registry] the registry is broken');
    expect(message).toContain('[registry] so is the chart');
    expect(tree(root())).toEqual({});
  });

  it('a validation fails, and older files stay as they were', () => {
    build().app.synth();
    const before = tree(root());
    const { app, registry } = build({}, { host: 'new.example.org' });
    registry.node.addValidation({ validate: () => ['broken'] });
    expect(() => app.synth()).toThrow(/broken/);
    expect(tree(root())).toEqual(before);
  });

  it('the output folder lies outside the root, as with cdk8s synth --stdout', () => {
    const outside = join(folder(), 'outside');
    build({}, {}, outside).app.synth();
    expect(Object.keys(tree(outside))).toEqual(['registry.k8s.yaml']);
    expect(tree(root())).toEqual({});
  });

  it('the output folder only begins like the root', () => {
    build({}, {}, `${root()}-dist`).app.synth();
    expect(tree(root())).toEqual({});
  });

  it.each(['..', '../elsewhere', '../root-2', '/tmp'])(
    'the folder %s lies outside the root; no manifest is written either',
    (outside) => {
      expect(() => build({ folder: outside }).app.synth()).toThrow(
        /^sideFiles\.folder '.*' must be a folder below the root '.*' \(REG660\)$/,
      );
      expect(tree(folder())).toEqual({});
    },
  );

  it('the folder is a link out of the root, where nothing appears either', () => {
    const outside = join(folder(), 'outside');
    mkdirSync(outside);
    symlinkSync(outside, join(root(), 'link'));
    for (const inside of ['link', 'link/deep/below']) {
      expect(() => build({ folder: inside }).app.synth()).toThrow(
        /^sideFiles\.folder '.*link.*' leads out of the root '.*' \(REG660\)$/,
      );
    }
    expect(readdirSync(outside)).toEqual([]);
  });

  it('one of its two folders is a link out of the root', () => {
    const outside = join(folder(), 'outside');
    mkdirSync(outside);
    symlinkSync(outside, join(root(), 'docs'));
    expect(() => build().app.synth()).toThrow(/leads out of the root/);
    expect(readdirSync(outside)).toEqual([]);
    expect(existsSync(join(root(), VALUES))).toBe(false);
  });

  it('two registries would write the same file, naming both', () => {
    const { app } = build();
    new GiteaRegistry(new Chart(app, 'second'), 'Other', {
      host: 'second.example.org',
      release: ForgeRelease.gitea({ ...RELEASE, namespace: 'other' }),
    });
    expect(messageOf(() => app.synth())).toBe(
      `sideFiles '${VALUES}' would be written by 'registry/Registry' and by 'second/Other': give them separate apps or sideFiles folders (REG630)`,
    );
    expect(tree(root())).toEqual({});
  });

  it.each([VALUES, PAGE, DECLARATION])(
    '%s is a folder; the other files stay as they were',
    (path) => {
      const props = { publishDeclaration: false };
      mkdirSync(join(root(), path), { recursive: true });
      const others = [VALUES, PAGE, DECLARATION].filter((other) => other !== path);
      for (const other of others) {
        mkdirSync(join(root(), other, '..'), { recursive: true });
        writeFileSync(join(root(), other), 'as it was');
      }
      expect(() => build({}, props).app.synth()).toThrow();
      const after = tree(root());
      expect(Object.keys(after)).toEqual([...others, MANIFESTS].sort());
      for (const other of others) {
        expect(after[other]).toBe('as it was');
      }
    },
  );
});

it('writes through a link that stays below the root', () => {
  mkdirSync(join(root(), 'real'));
  symlinkSync(join(root(), 'real'), join(root(), 'link'));
  build({ folder: 'link' }).app.synth();
  expect(tree(join(root(), 'real'))).toHaveProperty([VALUES]);
});

it('replaces a file that is a link, and leaves what it pointed to alone', () => {
  const outside = join(folder(), 'precious');
  writeFileSync(outside, 'precious');
  mkdirSync(join(root(), 'helm'));
  symlinkSync(outside, join(root(), VALUES));
  const { app, registry } = build();
  app.synth();
  expect(readFileSync(outside, 'utf8')).toBe('precious');
  expect(readFileSync(join(root(), VALUES), 'utf8')).toBe(registry.values);
});

describe('an overlay that loses settings', () => {
  const warned = (): string[] =>
    jest.mocked(process.emitWarning).mock.calls.map(([warning]) => `${warning}`);

  beforeEach(() => jest.spyOn(process, 'emitWarning').mockImplementation());
  afterEach(() => jest.restoreAllMocks());

  function synthWith(change: (registry: GiteaRegistry) => void): void {
    const { app, registry } = build();
    change(registry);
    app.synth();
  }

  const withCron = (registry: GiteaRegistry): void =>
    registry.addConfig('cron.cleanup_packages', 'OLDER_THAN', '48h');

  it('is written, with one warning that names the line to add', () => {
    synthWith(withCron);
    synthWith(() => {});
    expect(warned()).toEqual([
      expect.stringMatching(
        /^registry\/Registry: .*\[cron\.cleanup_packages\] OLDER_THAN .*registry\.resetConfig\("cron\.cleanup_packages", "OLDER_THAN", .*\(REG622\)$/,
      ),
    ]);
    expect(tree(root())[VALUES]).not.toContain('OLDER_THAN');
    synthWith(() => {});
    expect(warned()).toHaveLength(1);
  });

  it('is no matter where the settings are reset or changed', () => {
    synthWith(withCron);
    synthWith((registry) => registry.addConfig('cron.cleanup_packages', 'OLDER_THAN', '72h'));
    synthWith((registry) => registry.resetConfig('cron.cleanup_packages', 'OLDER_THAN', '24h'));
    expect(warned()).toEqual([]);
  });

  it('is no matter where the file was no overlay of ours', () => {
    mkdirSync(join(root(), 'helm'));
    for (const text of ['gitea: [', 'just words', 'gitea: { config: { log: { LEVEL: Info } } }']) {
      writeFileSync(join(root(), VALUES), text);
      synthWith(() => {});
    }
    expect(warned()).toEqual([]);
  });
});
