import { existsSync, readFileSync } from 'node:fs';
import { rules } from '../constructs/registry-rules';
import type { RulesConfig } from '../rules/config';
import { parseYaml } from './parse-yaml';

/**
 * What `gitea-registry.yaml` of the working folder says, and `properties` before it.
 *
 * @param properties configuration of a plugin, whose suppressions join those of the file
 * @throws Error naming each property that is wrong, a suppression without reason or day too
 */
export function readConfigFile(properties: object = {}): RulesConfig {
  const { CONFIG_FILE, readConfig } = rules();
  const file = existsSync(CONFIG_FILE) ? parseYaml(readFileSync(CONFIG_FILE, 'utf8')) : undefined;
  const own = readConfig(properties, 'properties of RegistryPolicy');
  const shared = readConfig(file, CONFIG_FILE);
  const problems = [...own.problems, ...shared.problems];
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  return {
    ...shared.config,
    ...own.config,
    suppress: [...own.config.suppress, ...shared.config.suppress],
  };
}
