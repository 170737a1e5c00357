import { rules } from '../constructs/registry-rules';
import type { FailOn, RulesConfig } from '../rules/config';
import type { Finding } from '../rules/finding';
import type { Rule } from '../rules/rule';
import type { Suppression } from '../rules/suppression';
import { readConfigFile } from './config-file';
import { parseYaml } from './parse-yaml';

/**
 * Properties of the plugin, in `cdk8s.yaml` below `properties`; those of `gitea-registry.yaml` hold beside them.
 *
 * @internal
 */
export interface RegistryPolicyProps {
  /**
   * What fails `cdk8s synth`.
   * @default error
   */
  readonly failOn?: FailOn;

  /**
   * Findings that are accepted, each with a reason and a last day.
   * @default - none
   */
  readonly suppress?: readonly Suppression[];
}

/**
 * What of cdk8s-cli's `ValidationContext` the plugin uses (`cdk8s-cli/plugins`).
 *
 * @internal
 */
export interface PolicyContext {
  /** Paths of the rendered files. */
  readonly manifests: readonly string[];
  /** The documents in a file; null for an empty one. */
  parseManifest(path: string): unknown[];
  /** The report cdk8s prints. */
  readonly report: {
    addViolation(violation: PolicyViolation): void;
    submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
  };
}

/**
 * One entry of cdk8s's validation report.
 *
 * @internal
 */
export interface PolicyViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly manifestPath: string;
    readonly locations: readonly string[];
  }[];
}

/**
 * The rules as a validation plugin of cdk8s: judges everything an app renders, whoever wrote it.
 *
 * Named in `cdk8s.yaml` below `validations`; it is no part of the jsii API.
 *
 * @internal
 */
export class RegistryPolicy {
  private readonly config: RulesConfig;

  /**
   * @throws Error naming each property that is wrong, a suppression without reason or day too
   */
  public constructor(properties: RegistryPolicyProps = {}) {
    this.config = readConfigFile(properties);
  }

  /** Judges the rendered files and submits the report. */
  public async validate(context: PolicyContext): Promise<void> {
    const { asManifest, Estate, judge, RULES, suppress } = rules();
    const manifests = context.manifests.flatMap((file) =>
      context
        .parseManifest(file)
        .flatMap((value) => (value === null ? [] : [asManifest(value, { file })])),
    );
    const estate = new Estate(manifests, { readYaml: parseYaml });
    const { findings } = judge(estate, RULES);
    const today = new Date().toISOString().slice(0, 10);
    const verdict = suppress(findings, [...this.config.suppress, ...estate.suppressions], today);
    const shown = verdict.findings.filter(({ severity }) => severity !== 'info');
    shown.forEach((finding) => context.report.addViolation(violationOf(finding)));
    verdict.expired.forEach((one) => context.report.addViolation(expiredViolation(one, RULES)));
    const failing = shown.filter(
      ({ severity }) => severity === 'error' || this.config.failOn === 'warn',
    );
    const failed = failing.length + verdict.expired.length;
    context.report.submit(failed > 0 ? 'failure' : 'success', {
      errors: `${failed}`,
      warnings: `${shown.length - failing.length}`,
      accepted: `${verdict.accepted.length}`,
    });
  }
}

function violationOf(finding: Finding): PolicyViolation {
  const { code, title, severity, object, jsonPath, observed, expected, why, fix } = finding;
  return {
    ruleName: `${severity === 'warning' ? '[warn] ' : ''}${code} ${title}`,
    recommendation: `${object}: ${observed}; expected ${expected}. ${why}`,
    fix,
    violatingResources: [
      {
        resourceName: finding.at.manifest.name,
        manifestPath: finding.origin.file ?? '',
        locations: [jsonPath],
      },
    ],
  };
}

function expiredViolation(
  { code, object, until }: Suppression,
  catalogue: readonly Rule[],
): PolicyViolation {
  const title = catalogue.find((rule) => rule.code === code)?.title ?? '';
  return {
    ruleName: `${code} ${title}`,
    recommendation: `the suppression for '${object}' until ${until} is past`,
    fix: 'mend the finding and remove the suppression, or renew its day with a reason',
    violatingResources: [{ resourceName: object, manifestPath: '', locations: [] }],
  };
}
