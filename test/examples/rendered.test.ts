import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { accessPaths, parseDeclaration } from 'cdk8s-gitea-registry/declaration';
import { parseAllDocuments } from 'yaml';

const root = join(__dirname, '../..');

/** Text of every file below `folder`, by path. */
function filesBelow(folder: string): { [path: string]: string } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.sort().map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );
}

describe.each(readdirSync(join(root, 'examples')))('example %s', (example) => {
  const committedDist = example === 'coulomb' ? 'dist' : `examples/${example}/dist`;
  const environment = { ...process.env };
  let work: string;
  let dist: { [path: string]: string };
  let side: { [path: string]: string };

  beforeAll(() => {
    mkdirSync(join(root, '.synth'), { recursive: true });
    // Side files never leave the repository, so the rendering is staged inside it.
    work = mkdtempSync(join(root, '.synth', 'test-'));
    process.env.CDK8S_OUTDIR = join(work, 'dist');
    process.env.GITEA_REGISTRY_SIDE_FILES = join(work, 'side');
    jest.isolateModules(() => require(`../../examples/${example}/main`));
    dist = filesBelow(join(work, 'dist'));
    side = filesBelow(join(work, 'side'));
  });

  afterAll(() => {
    process.env = environment;
    rmSync(work, { recursive: true, force: true });
  });

  it('renders what is committed', () => {
    expect(dist).toEqual(filesBelow(join(root, committedDist)));
    for (const [path, text] of Object.entries(side)) {
      expect(text).toBe(readFileSync(join(root, 'examples', example, path), 'utf8'));
    }
  });

  it('reads back from its ConfigMap as a declaration', () => {
    const documents = Object.values(dist).flatMap((text) =>
      parseAllDocuments(text).map((one) => one.toJS()),
    );
    const { data } = documents.find(({ kind }) => kind === 'ConfigMap');
    const declaration = parseDeclaration(data['registry.json']);
    expect(accessPaths(declaration)[0].origin).toBe(`https://${declaration.host}`);
  });
});

it('renders the Ingress, Certificate and ConfigMap of the reference case and nothing else', () => {
  const files = filesBelow(join(root, 'dist'));
  expect(Object.keys(files)).toEqual(['gitea-registry.k8s.yaml']);
  const objects = parseAllDocuments(files['gitea-registry.k8s.yaml']).map((document) =>
    document.toJS(),
  );
  expect(
    objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).sort(),
  ).toEqual([
    'Certificate default/gitea-tls',
    'ConfigMap default/gitea-registry',
    'Ingress default/gitea-registry-v2',
  ]);
});
