import { formatPackageReference } from '../../declaration/package-reference';
import type { LinkResult } from '../../operate/links/apply';
import type { LinksPlan, LinkStep } from '../../operate/links/plan';

/**
 * The plan as `--output json` shows it, with what became of it.
 *
 * @param results absent where nothing was carried out
 */
export function linksDocument(
  host: string,
  { steps, undeclared, unlinked, warnings }: LinksPlan,
  results: readonly LinkResult[] = [],
): object {
  const byLink = new Map(results.map((result) => [result.link, result]));
  return {
    schemaVersion: '1',
    target: { host },
    links: steps.map((step) => ({
      package: formatPackageReference(step.link),
      repository: `${step.link.owner}/${step.link.repository}`,
      current: step.current ?? null,
      action: step.action,
      ...outcomeOf(step, byLink.get(step.link)),
    })),
    undeclared: undeclared.map(({ repository, ...other }) => ({
      package: formatPackageReference(other),
      repository,
    })),
    unlinked,
    warnings,
  };
}

function outcomeOf(step: LinkStep, result: LinkResult | undefined): object {
  if (step.action === 'impossible') {
    return { code: step.code, message: step.reason };
  }
  if (result?.outcome === 'failed') {
    return { outcome: 'failed', code: result.error.code, message: result.error.message };
  }
  return result ? { outcome: result.outcome } : {};
}
