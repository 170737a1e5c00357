import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const snippets = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code);

let work: string;

beforeAll(() => {
  mkdirSync(join(root, '.synth'), { recursive: true });
  work = mkdtempSync(join(root, '.synth', 'readme-'));
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

it('has an example of about fifteen lines', () => {
  expect(snippets[0].split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(
    17,
  );
});

it('has an example that renders what the table says', () => {
  const environment = { ...process.env };
  const compiled = ts.transpileModule(snippets[0], {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  }).outputText;
  try {
    process.env.CDK8S_OUTDIR = join(work, 'dist');
    process.env.GITEA_REGISTRY_SIDE_FILES = join(work, 'side');
    const run = new Function('require', 'exports', compiled);
    run((name: string) => (name === 'cdk8s' ? require('cdk8s') : require('../../src')), {});
  } finally {
    process.env = environment;
  }
  const manifest = readFileSync(join(work, 'dist/gitea-registry.k8s.yaml'), 'utf8');
  expect(manifest.match(/^kind: .*/gm)).toEqual([
    'kind: ConfigMap',
    'kind: Certificate',
    'kind: Ingress',
  ]);
  expect(readFileSync(join(work, 'side/helm/gitea-registry-values.yaml'), 'utf8')).toContain(
    'ROOT_URL: "https://git.example.org/"',
  );
  expect(readFileSync(join(work, 'side/docs/gitea-container-registry.md'), 'utf8')).toContain(
    'gitea-pull',
  );
});

it('links only to files that exist', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path);
  for (const link of links) {
    expect(ts.sys.fileExists(join(root, link)) || ts.sys.directoryExists(join(root, link))).toBe(
      true,
    );
  }
});
