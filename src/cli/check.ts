import { CODE_PATTERN, Estate, judge, RULES, selects, suppress } from '../rules';
import type { FailOn, RulesConfig } from '../rules/config';
import type { Verdict } from '../rules/judge';
import type { Rule } from '../rules/rule';
import { readConfigFile } from './config-file';
import { CommandError, EXIT } from './exit';
import { readInput } from './input/manifest-source';
import type { Input } from './input/manifest-source';
import { yamlDocuments } from './input/yaml-documents';
import type { Io } from './io';
import { checksOf } from './report/checks-of';
import { printReport } from './report/print';
import type { Format, Report } from './report/report';
import { reportOf } from './report/report';
import { giveResult } from './result';

/** Options of `check`. */
export interface CheckOptions {
  readonly output: Format;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** @default - what the configuration says, else `error` */
  readonly failOn?: FailOn;
  readonly list?: boolean;
  readonly config?: string;
  readonly maxBytes: number;
  readonly outputFile?: string;
}

/**
 * `gitea-registry check`: runs the rules on YAML, whoever rendered it.
 *
 * @param paths files, folders, `-`
 * @returns the exit code
 */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  io: Io,
  argv: readonly string[],
): Promise<number> {
  const rules = selectedRules(options);
  if (options.list) {
    await giveResult(listed(rules), options.outputFile, io);
    return EXIT.FINE;
  }
  const config = await readConfigFile(options.config, io);
  const input = await readInput(paths, options, io);
  const report = judged(input, rules, config, io);
  await giveResult(printReport(report, options.output, io, argv), options.outputFile, io);
  return exitCode(report, options.failOn ?? config.failOn ?? 'error');
}

function selectedRules(selection: CheckOptions): readonly Rule[] {
  for (const pattern of [...(selection.only ?? []), ...(selection.skip ?? [])]) {
    if (
      !CODE_PATTERN.test(pattern) ||
      !RULES.some(({ code }) => selects({ only: [pattern] }, code))
    ) {
      throw new CommandError(
        `no rule has a code '${pattern}': name codes such as REG211 or REG2*; --list shows them`,
      );
    }
  }
  return RULES.filter(({ code }) => selects(selection, code));
}

function listed(rules: readonly Rule[]): string {
  return rules
    .map(({ code, severity, title }) => `${code}  ${severity.padEnd(7)}  ${title}\n`)
    .join('');
}

function judged(input: Input, rules: readonly Rule[], config: RulesConfig, io: Io): Report {
  const estate = new Estate(input.manifests, {
    readYaml: (text) => [...yamlDocuments(text)][0]?.value,
  });
  const { registries, findings } = judge(estate, rules);
  const foreign = registries.length === 0 && estate.traefiks.length === 0;
  if (foreign && estate.brokenDeclarations.length === 0) {
    throw new CommandError(
      'nothing to judge: no declaration, no route, values or workload of Gitea or Forgejo, and no configuration of Traefik among the input',
      EXIT.NO_TARGET,
    );
  }
  const selected = [...config.suppress, ...estate.suppressions].filter(({ code }) =>
    rules.some((rule) => rule.code === code),
  );
  const verdict = suppress(findings, selected, io.today());
  return reportOf(targetOf(registries), checksOf(verdict, rules, input));
}

function targetOf(registries: Verdict['registries']): Report['target'] {
  const hosts = [...new Set(registries.flatMap(({ host }) => host ?? []))];
  const inferred = registries
    .filter(({ declaration }) => declaration === undefined)
    .map(describeInferred);
  return {
    host: hosts.length === 0 ? null : hosts.join(', '),
    ...(inferred.length > 0 && { inferred: inferred.join('; ') }),
  };
}

function describeInferred({ host, facts }: Verdict['registries'][number]): string {
  const { flavor = 'gitea', releaseName, namespace, at } = facts;
  const release =
    releaseName === undefined
      ? ''
      : `, release ${[namespace, releaseName].filter(Boolean).join('/')}`;
  const { kind, name } = at.manifest;
  return `${host ?? 'a registry without a known host'} (${flavor}${release}, from ${kind} ${name})`;
}

function exitCode({ summary }: Report, failOn: FailOn): number {
  return summary.fail > 0 || (failOn === 'warn' && summary.warn > 0) ? EXIT.FAILED : EXIT.FINE;
}
