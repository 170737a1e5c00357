import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GiteaRegistry } from '../constructs/gitea-registry';
import { declaredRules, foundIn, rules } from '../constructs/registry-rules';
import { readConfigFile } from './config-file';
import { parseYaml } from './parse-yaml';
import type { SideFile } from './side-files';

/** End of the path of every overlay. */
const OVERLAY = '-registry-values.yaml';

const CODE = 'REG622';

/**
 * Compares the overlays on disk with those that take their place: a setting that is left out stays in app.ini.
 *
 * @param files what is going to be written below `folder`
 * @returns one warning for each setting that is removed without a `resetConfig` and not accepted, ending with its code
 */
export function removedSettings(
  registries: readonly GiteaRegistry[],
  files: readonly SideFile[],
  folder: string,
): string[] {
  return files
    .filter(({ path }) => path.endsWith(OVERLAY))
    .flatMap(({ path, text, owner }) => {
      const registry = registries.find(({ node }) => node.path === owner);
      const before = textOf(join(folder, path));
      return registry === undefined || before === undefined || before === text
        ? []
        : removedFrom(before, path, registry);
    });
}

/** Undefined where there is none yet, or none that can be read. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function removedFrom(before: string, file: string, registry: GiteaRegistry): string[] {
  const { asValues, Estate, judge, RULES, suppress } = rules();
  const values = valuesOf(before);
  const { path: construct } = registry.node;
  const declared = [foundIn(registry._toDeclaration(), construct)];
  const estate = new Estate([asValues(values, { file, construct })], { declared });
  const { findings } = judge(
    estate,
    RULES.filter(({ code }) => code === CODE),
  );
  const accepted = [...estate.suppressions, ...readConfigFile().suppress];
  return suppress(findings, accepted, undefined).findings.map(
    (finding) => `${construct}: ${declaredRules().describeFinding(finding)}`,
  );
}

/** What is no YAML any more was not written here. */
function valuesOf(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    return undefined;
  }
}
