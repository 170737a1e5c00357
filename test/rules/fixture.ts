import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { registryJson } from '../support/registry-json';
import { Estate } from '../../src/rules/estate';
import type { Finding } from '../../src/rules/finding';
import { judge } from '../../src/rules/judge';
import { asManifest, asValues } from '../../src/rules/manifest';
import type { Manifest } from '../../src/rules/manifest';
import { chartOfValues } from '../../src/rules/read/chart-values';
import type { Rule } from '../../src/rules/rule';

/** Folder of the fixtures: `REGnnn/fails*.yaml`, `passes*.yaml`, `near-miss*.yaml`. */
export const FIXTURES = join(__dirname, 'fixtures');

/** A fixture and what its header says. */
export interface Fixture {
  readonly code: string;
  readonly name: string;
  readonly kind: 'fails' | 'passes' | 'near-miss';
  /** `# source:` of the header. */
  readonly source?: string;
  /** `# finds:` lines of the header, `severity object at path`. */
  readonly finds: readonly string[];
  readonly manifests: readonly Manifest[];
}

/** Names of the fixtures of a code; they are read in the test that needs them, as mutation testing starts often. */
export function fixtureNames(code: string): string[] {
  const folder = join(FIXTURES, code);
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .sort()
    : [];
}

/** What a fixture shows, by its name. */
export function kindOf(name: string): Fixture['kind'] {
  return /^(fails|passes|near-miss)/.exec(name)![1] as Fixture['kind'];
}

/** Reads one fixture. */
export function readFixture(code: string, name: string): Fixture {
  const text = readFileSync(join(FIXTURES, code, name), 'utf8');
  const header = (field: string): string[] =>
    [...text.matchAll(new RegExp(`^# ${field}: (.*)$`, 'gm'))].map((match) => match[1]);
  return {
    code,
    name,
    kind: kindOf(name),
    source: header('source')[0],
    finds: header('finds'),
    manifests: manifestsOf(text, name),
  };
}

/** The manifests in a YAML text; a RegistryDeclaration is completed from the smallest valid one. */
export function manifestsOf(text: string, file: string): Manifest[] {
  return parseAllDocuments(text, { prettyErrors: false }).flatMap((document, index) => {
    if (document.errors.length > 0) {
      throw document.errors[0];
    }
    const value = document.toJS() as Record<string, unknown> | null;
    const origin = { file, document: index };
    if (value === null) {
      return [];
    }
    if (value.kind === 'RegistryDeclaration') {
      return [asManifest(registryJson(value), origin)];
    }
    const manifest = asManifest(value, origin);
    return [value.kind === undefined && isValues(manifest) ? asValues(value, origin) : manifest];
  });
}

function isValues({ root }: Manifest): boolean {
  return (
    chartOfValues(root) !== undefined ||
    root.entries().some(([, below]) => chartOfValues(below) !== undefined)
  );
}

/** What `rules` find in manifests. */
export function findings(
  manifests: readonly Manifest[],
  rules: readonly Rule[],
): readonly Finding[] {
  return judge(new Estate(manifests, { readYaml: (text) => parse(text) }), rules).findings;
}

/** What `rules` find in a YAML text. */
export function findingsIn(text: string, ...rules: readonly Rule[]): readonly Finding[] {
  return findings(manifestsOf(text, 'test.yaml'), rules);
}

/** A finding as the `# finds:` line of a fixture names it. */
export function line({ severity, object, jsonPath }: Finding): string {
  return `${severity} ${object} at ${jsonPath || '(root)'}`;
}
