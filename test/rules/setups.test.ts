import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { RULES } from '../../src/rules/catalogue';
import { Estate } from '../../src/rules/estate';
import type { Finding } from '../../src/rules/finding';
import type { Verdict } from '../../src/rules/judge';
import { judge } from '../../src/rules/judge';
import { manifestsOf } from './fixture';
import type { AgreedFinding, Fault } from './setups/expected';
import { SETUPS } from './setups/expected';

const FOLDER = join(__dirname, 'setups');

const CODES = new Set(RULES.map(({ code }) => code));

/** The files of a set-up by name, as an operator has them in Git. */
function filesOf(setup: string): ReadonlyMap<string, string> {
  const names = readdirSync(join(FOLDER, setup)).sort();
  return new Map(names.map((name) => [name, readFileSync(join(FOLDER, setup, name), 'utf8')]));
}

function estateOf(files: ReadonlyMap<string, string>): Estate {
  const manifests = [...files].flatMap(([name, text]) => manifestsOf(text, name));
  return new Estate(manifests, { readYaml: (text) => parse(text) });
}

function verdictOf(files: ReadonlyMap<string, string>): Verdict {
  return judge(estateOf(files), RULES);
}

/** The files with one fault put in. */
function broken(
  files: ReadonlyMap<string, string>,
  { file, from, to }: Fault,
): Map<string, string> {
  const text = files.get(file) ?? '';
  expect(text).toContain(from);
  return new Map([...files, [file, text.replace(from, () => to)]]);
}

function named({
  code,
  severity,
  object,
}: Omit<AgreedFinding, 'reason' | 'severity'> & Pick<Finding, 'severity'>): string {
  return `${severity} ${code} ${object}`;
}

test('every set-up is expected, and every expected one is there', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(SETUPS.map(({ name }) => name).sort());
});

describe.each(SETUPS.map((setup) => [setup.name, setup] as const))('%s', (name, setup) => {
  const files = filesOf(name);

  test('is of a realistic size, can be read, and names its documents', () => {
    const estate = estateOf(files);
    expect(estate.manifests.length).toBeGreaterThanOrEqual(8);
    expect(estate.values.length).toBeGreaterThan(0);
    expect(estate.unreadable).toEqual([]);
    expect(estate.brokenDeclarations).toEqual([]);
    for (const text of files.values()) {
      expect(text).toMatch(/^# [^]*?Written after[^]*?https:\/\//);
    }
  });

  test('is understood as one registry', () => {
    const { registries } = verdictOf(files);
    expect(registries).toHaveLength(1);
    const [registry] = registries;
    expect(registry.declaration !== undefined).toBe(setup.declared);
    expect(registry.facts).toMatchObject(setup.registry);
    const { v2Routes, workloads, values } = registry;
    expect({
      v2Routes: v2Routes.length,
      workloads: workloads.length,
      values: values.length,
    }).toEqual(setup.seen);
  });

  test('has no findings but the agreed ones', () => {
    const { findings } = verdictOf(files);
    expect(findings.map(named)).toEqual(setup.agreed.map(named));
  });

  setup.faults.forEach((fault, index) => {
    const lacking = fault.codes.filter((code) => !CODES.has(code));
    const told = fault.codes.join(' and ');
    if (lacking.length > 0) {
      test.skip(`fault ${index + 1} waits for a rule: ${lacking.join(', ')}`, () => {});
      return;
    }
    test(`fault ${index + 1}, in ${fault.file}, is told as ${told}`, () => {
      const codes = verdictOf(broken(files, fault)).findings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining([...fault.codes]));
    });
  });
});
