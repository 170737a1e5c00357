import { looksLikeCredential, REDACTED } from '../declaration/credential';
import { escapeControls } from '../declaration/problem';
import type { Severity } from './check';
import type { Cursor } from './cursor';
import type { Origin } from './manifest';
import { objectName } from './manifest';
import type { Rule, Violation } from './rule';

/** One broken rule at one place, ready for a report. */
export interface Finding {
  readonly code: string;
  /** What must hold. */
  readonly title: string;
  readonly severity: Severity;
  /** The object, as people name it: `Ingress default/gitea`. */
  readonly object: string;
  /** Path in the object: `spec.rules[0].host`; ` > ` leads into an embedded document. */
  readonly jsonPath: string;
  readonly observed: string;
  readonly expected: string;
  readonly why: string;
  readonly fix: string;
  readonly origin: Origin;
  /** The place itself, for whoever knows lines and columns. */
  readonly at: Cursor;
}

/** A violation of a rule as a finding. */
export function asFinding(rule: Rule, violation: Violation): Finding {
  const { manifest, path } = violation.at;
  return {
    code: rule.code,
    title: rule.title,
    severity: violation.severity ?? rule.severity,
    // Names and keys are a stranger's: they must neither move a cursor nor show a credential.
    object: shown(objectName(manifest)),
    jsonPath: shown(path),
    observed: escapeControls(violation.observed),
    expected: escapeControls(violation.expected),
    why: violation.why ?? rule.why,
    fix: violation.fix ?? rule.fix,
    origin: manifest.origin,
    at: violation.at,
  };
}

function shown(text: string): string {
  return looksLikeCredential(text) ? REDACTED : escapeControls(text);
}

/** A finding in one line, ending with its code: for validation messages of cdk8s. */
export function describeFinding({
  code,
  object,
  jsonPath,
  observed,
  expected,
  fix,
}: Finding): string {
  const place = jsonPath === '' ? object : `${object} at ${jsonPath}`;
  return `${place}: ${observed}; expected ${expected}; ${fix} (${code})`;
}
