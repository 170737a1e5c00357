import type { SuppressionDeclaration } from '../declaration/model';
import type { Finding } from './finding';
import { globMatches } from './glob';

/** A finding somebody accepts for now, with the reason and the day it ends. */
export type Suppression = SuppressionDeclaration;

/** What is left of findings after suppressions. */
export interface Suppressed {
  /** Findings nothing suppresses. */
  readonly findings: readonly Finding[];
  /** Findings a suppression covers, with it. */
  readonly accepted: readonly { readonly finding: Finding; readonly by: Suppression }[];
  /** Suppressions past their day; the findings they covered are back. */
  readonly expired: readonly Suppression[];
  /** Suppressions that cover nothing. */
  readonly unused: readonly Suppression[];
}

/**
 * Sorts findings by what is suppressed today.
 *
 * @param today `YYYY-MM-DD`; undefined where no clock is read (synth): then none is past
 */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  today: string | undefined,
): Suppressed {
  const past = ({ until }: Suppression): boolean => today !== undefined && until < today;
  const valid = suppressions.filter((one) => !past(one));
  const pairs = findings.map((finding) => ({
    finding,
    by: valid.find((one) => covers(one, finding)),
  }));
  return {
    findings: pairs.flatMap(({ finding, by }) => (by ? [] : [finding])),
    accepted: pairs.flatMap(({ finding, by }) => (by ? [{ finding, by }] : [])),
    expired: suppressions.filter(past),
    unused: valid.filter((one) => !findings.some((finding) => covers(one, finding))),
  };
}

function covers({ code, object }: Suppression, finding: Finding): boolean {
  return code === finding.code && globMatches(object, finding.object);
}
