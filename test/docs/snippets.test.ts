import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '../..');

/** A ```ts fence of a page. */
interface Snippet {
  readonly page: string;
  /** Place among the fences of its page, from 1. */
  readonly number: number;
  readonly code: string;
}

/** What a snippet without imports takes for granted: a registry is declared, as the page or the README showed before. */
const PRELUDE = `
import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import {
  GiteaRegistry, IssuerRef, NodeFiles, ObjectStorage, PackageSize, PullSecret, RegistryTls, RemoteCredential, SecretStoreRef, V2Route,
} from 'cdk8s-gitea-registry';
declare const app: App;
declare const chart: Chart;
declare const registry: GiteaRegistry;
declare const issuer: IssuerRef;
`;

const pages = [
  join(root, 'README.md'),
  ...readdirSync(join(root, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(root, 'docs', file)),
];

function snippetsOf(file: string): Snippet[] {
  const fences = [...readFileSync(file, 'utf8').matchAll(/^```(?:ts|typescript)\n([^]*?)^```$/gm)];
  return fences.map(([, code], index) => ({ page: basename(file), number: index + 1, code }));
}

const snippets = pages.flatMap(snippetsOf);

let work: string;

beforeAll(() => {
  mkdirSync(join(root, '.synth'), { recursive: true });
  work = mkdtempSync(join(root, '.synth', 'snippets-'));
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

/** A whole module: a page shows the imports once, or leaves them to the README. */
function moduleOf({ code }: Snippet): string {
  return /^import /m.test(code) ? code : PRELUDE + code;
}

/** Problems the compiler finds in these files; what they import is checked by `npm run typecheck`. */
function problemsOf(files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.dev.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const program = ts.createProgram(files, { ...options, types: ['node'], noUnusedLocals: false });
  return files.flatMap((file) => {
    const source = program.getSourceFile(file)!;
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(
      ({ messageText }) =>
        `${basename(file)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

function written(snippet: Snippet): string {
  const file = join(work, `${snippet.page}-${snippet.number}.ts`);
  writeFileSync(file, moduleOf(snippet));
  return file;
}

it('compiles every snippet of the README and of docs', () => {
  expect(snippets.length).toBeGreaterThan(20);
  const wrong = { page: 'wrong', number: 1, code: 'registry.exposeV3();' };
  expect(problemsOf([...snippets, wrong].map(written))).toEqual([
    expect.stringMatching(/^wrong-1\.ts: Property 'exposeV3' does not exist/),
  ]);
});

it('has a snippet on every page of a delivery, a route or a storage', () => {
  const shown = new Set(snippets.map(({ page }) => page));
  const told = pages
    .map((page) => basename(page))
    .filter((page) => /^(delivery|route|storage)-/.test(page));
  expect(told.length).toBeGreaterThan(10);
  expect(told.filter((page) => !shown.has(page))).toEqual([]);
});
