import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as entry from 'cdk8s-gitea-registry/declaration';
import { arbitraryDeclaration } from '../support/arbitraries';
import fc from 'fast-check';

const FOLDER = resolve(__dirname, '../../src/declaration');
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

it('exports these names and no others', () => {
  expect(Object.keys(entry).sort()).toEqual([
    'API_VERSION',
    'DIGEST',
    'DeclarationError',
    'GATES',
    'IMAGE_NAME',
    'KIND',
    'REPOSITORY',
    'TAG',
    'accessPaths',
    'atLeast',
    'formatImageReference',
    'formatPackageReference',
    'giteaSize',
    'looksLikeCredential',
    'parseDeclaration',
    'parseForgeVersion',
    'parseImageReference',
    'parsePackageReference',
    'printDeclaration',
    'registryJsonSchema',
    'supports',
  ]);
});

it('is enough to read a declaration, to judge it and to print it again', () => {
  const [declaration] = fc.sample(arbitraryDeclaration, 1);
  const read = entry.parseDeclaration(entry.printDeclaration(declaration));
  expect(read.apiVersion).toBe(entry.API_VERSION);
  expect(read.kind).toBe(entry.KIND);
  expect(entry.accessPaths(read)[0].origin).toBe(`https://${declaration.host}`);
  expect(() => entry.parseDeclaration('{}')).toThrow(entry.DeclarationError);
});

describe.each(FILES)('%s', (name) => {
  const source = readFileSync(join(FOLDER, name), 'utf8');
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

  it('imports from its own folder only: neither cdk8s nor yaml nor a builtin', () => {
    const imported = [...code.matchAll(/\b(?:from|import|require)\b\s*\(?\s*(['"])(.*?)\1/g)].map(
      ([, , from]) => from,
    );
    expect(imported.filter((from) => !/^\.\/[a-z-]+$/.test(from))).toEqual([]);
    expect(code).not.toMatch(/\b(require|import)\s*\(/);
  });

  it('reads neither clock nor chance nor surroundings', () => {
    expect(code).not.toMatch(
      /\bDate\b|Math\.random|\bprocess\b|\bglobalThis\b|\bfetch\b|\bsetTimeout\b|\bperformance\b|\bconsole\b|localeCompare|toLocale|\bIntl\b/,
    );
  });
});
