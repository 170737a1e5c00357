import type { LiveKind } from '../../cluster';
import type { Severity } from '../../rules/check';
import type { Finding } from '../../rules/finding';
import type { RegistryView } from '../../rules/registry-view';
import type { Outcome } from '../outcome';
import { passed, skipped } from '../outcome';
import type { Sight } from '../sight';
import { liveEstate, RELEASE_ORIGIN } from './live-estate';
import { ownRegistry } from './own-registry';
import { outcomeOf, ruleFindings } from './rule-findings';

/** What the live objects are judged for by a rule of `check`. */
export interface LiveRule {
  readonly code: string;
  /** What must be readable for the absence of findings to mean anything. */
  readonly reads: readonly (LiveKind | 'releases')[];
  /** Whether a finding in rendered YAML is one in a cluster too. @default - each is */
  readonly isTrue?: (finding: Finding) => boolean;
  /** @default - of the finding */
  readonly severity?: Severity | ((finding: Finding) => Severity);
  /** What is told when nothing is found. @default - nothing: a probe of another step speaks of it */
  readonly holds?: string;
  /** Whether the cluster has what is judged: of nothing nothing is told. @default - it always has */
  readonly isThere?: (registry: RegistryView) => boolean;
}

/** Outcomes of one probe: who has more of the same kind is not told more. */
const MOST = 3;

/** What a rule says of the live objects: its findings, that some could not be read, or that it holds. */
export async function ruleOutcomes(sight: Sight, rule: LiveRule): Promise<readonly Outcome[]> {
  const found = await sight.see(ruleFindings);
  const live = await sight.see(liveEstate);
  if (found === undefined || live === undefined) {
    return [];
  }
  const findings = trueFindings(found.get(rule.code) ?? [], rule);
  if (findings.length > 0) {
    return findings.slice(0, MOST).map(outcomeOf);
  }
  const unread = live.missing.find(({ what }) => rule.reads.some((one) => one === what));
  if (unread) {
    return [skipped(rule.code, noteOf(unread.why))];
  }
  const registry = await sight.see(ownRegistry);
  const isThere = registry !== undefined && rule.isThere?.(registry) !== false;
  return rule.holds === undefined || !isThere ? [] : [passed(rule.code, rule.holds)];
}

function noteOf(why: string): string {
  return why.startsWith('the right ') ? `needs ${why}` : why;
}

/** Findings that mean something in a cluster, each truth once, the worst first. */
export function trueFindings(
  findings: readonly Finding[],
  { isTrue, severity }: Pick<LiveRule, 'isTrue' | 'severity'> = {},
): readonly Finding[] {
  const meant = findings.filter((finding) => !isOfMasked(finding) && isTrue?.(finding) !== false);
  // What runs is the truth; values and wrappers only tell where it came from.
  const running = meant.filter((finding) => !isWritten(finding));
  return (running.length > 0 ? running : meant)
    .filter(isFirstOfPods)
    .map((finding) =>
      named({
        ...finding,
        severity:
          typeof severity === 'function' ? severity(finding) : (severity ?? finding.severity),
      }),
    )
    .sort((one, other) => rank(one) - rank(other));
}

/** Secrets are hidden before anything is judged: what stands in their place says nothing. */
function isOfMasked({ observed }: Finding): boolean {
  return observed.includes('‹redacted›');
}

/** Pods of one workload are alike, and like their template. */
function isFirstOfPods(finding: Finding, index: number, all: readonly Finding[]): boolean {
  return (
    !finding.object.startsWith('Pod ') ||
    all.every(
      ({ object, observed }, other) =>
        observed !== finding.observed || (object.startsWith('Pod ') && other >= index),
    )
  );
}

const WRITTEN = /^(HelmRelease|HelmChart|HelmChartConfig|Application|Values) /;

function isWritten({ object }: Finding): boolean {
  return WRITTEN.test(object);
}

function rank({ severity }: Finding): number {
  return ['error', 'warning', 'info'].indexOf(severity);
}

/** The rules are shown a release as an object of Flux; people know it as a release. */
function named(finding: Finding): Finding {
  const { object, jsonPath, origin } = finding;
  return origin.file === RELEASE_ORIGIN
    ? {
        ...finding,
        object: object.replace(/^HelmRelease /, 'Helm release '),
        jsonPath: jsonPath.replace(/^spec\.values\.?/, ''),
      }
    : finding;
}
