import { serverText } from '../../../client/server-text';
import type { Finding } from '../../../rules/finding';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { liveAppIni } from '../live-app-ini';
import { outcomeOf, ruleFindings } from '../rule-findings';
import { trueFindings } from '../rule-outcomes';
import { iniFindings } from './ini-findings';
import { scalarFaults } from './scalar-fault';
import { isOwnSection } from './shown-setting';

/** Codes whose findings in values, Secrets and variables step P0 tells. */
const TOLD_BEFORE = new Set(['REG621', 'REG711']);

/** Outcomes of one code. */
const MOST = 5;

/** What a rule says of app.ini as it is, and of the values it was made from. */
export async function iniVerdict(sight: Sight, code: string): Promise<readonly Outcome[]> {
  const [ini, inIni, elsewhere] = await Promise.all([
    sight.see(liveAppIni),
    sight.see(iniFindings),
    sight.see(ruleFindings),
  ]);
  if (ini === undefined) {
    return [];
  }
  const written = trueFindings(elsewhere?.get(code) ?? []).filter(isFault);
  const mangled = 'unread' in ini ? [] : scalarFaults(ini.settings).map(({ name }) => `${name} `);
  const running = trueFindings(inIni?.get(code) ?? [])
    .filter(isFault)
    // What Helm spoilt REG620 tells.
    .filter(({ observed }) => !mangled.some((name) => observed.startsWith(name)));
  const known = new Set(running.map(({ observed }) => observed));
  const others = TOLD_BEFORE.has(code)
    ? []
    : written.filter(({ observed }) => !known.has(observed));
  const outcomes = [
    ...running.map((finding) => inAppIni(finding, written)),
    ...others.map(outcomeOf),
  ].slice(0, MOST);
  if (outcomes.length > 0) {
    return outcomes;
  }
  return 'unread' in ini
    ? [skipped(code, ini.unread)]
    : TOLD_BEFORE.has(code) && written.length > 0
      ? []
      : [passed(code, `in ${ini.path} of the running forge`)];
}

function isFault({ severity }: Finding): boolean {
  return severity !== 'info';
}

function inAppIni(finding: Finding, written: readonly Finding[]): Outcome {
  const { code, severity, observed, expected, why, fix } = finding;
  const isWrittenToo = written.some((other) => other.observed === observed);
  return broken(code, {
    severity,
    observed: serverText(
      `app.ini: ${shown(observed)}${isWrittenToo ? ', as the values say' : ''}`,
      600,
    ),
    expected: serverText(expected, 600),
    why,
    fix: { kind: 'text', text: serverText(fix, 600) },
  });
}

/** Values of sections that are no matter of the registry stay where they are. */
function shown(observed: string): string {
  const [, section] = /^\[([^\]]*)\] \S+ is /.exec(observed) ?? [];
  return section === undefined || isOwnSection(section)
    ? observed
    : observed.replace(/^(\[[^\]]*\] \S+) is [^]*$/, '$1 has a value Gitea does not read as meant');
}
