import type { Problem } from '../declaration/problem';
import { describeProblem } from '../declaration/problem';
import { object, oneOf, optional } from '../declaration/schema';
import { suppressionsSchema } from '../declaration/suppression';
import type { Suppression } from './suppression';

/** What fails a run beside errors. */
export type FailOn = 'error' | 'warn';

/** What a repository says about its own checks: `gitea-registry.yaml`, or properties of the plugin. */
export interface RulesConfig {
  readonly failOn?: FailOn;
  readonly suppress: readonly Suppression[];
}

/** Name of the file, beside `cdk8s.yaml`. */
export const CONFIG_FILE = 'gitea-registry.yaml';

/**
 * Reads a configuration.
 *
 * @param value the parsed document; nothing is an empty configuration
 * @param where what it is called in messages
 * @returns the configuration, or what is wrong with it, one message each
 */
export function readConfig(
  value: unknown,
  where: string,
): { readonly config: RulesConfig; readonly problems: readonly string[] } {
  const problems: Problem[] = [];
  configSchema.check(value ?? {}, '', problems);
  if (problems.length > 0) {
    return {
      config: { suppress: [] },
      problems: problems.map((problem) => `${where}: ${describeProblem(problem).trim()}`),
    };
  }
  const { failOn, suppress = [] } = (value ?? {}) as Partial<RulesConfig>;
  return { config: { suppress, ...(failOn && { failOn }) }, problems: [] };
}

const configSchema = object<{ failOn?: FailOn; suppress?: Suppression[] }>({
  failOn: optional(oneOf<FailOn>('error', 'warn')),
  suppress: optional(suppressionsSchema),
});
