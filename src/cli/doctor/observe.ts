import type { diagnose, Diagnosis, DoctorOptions, Probe, Result } from '../../doctor';
import { HOSTING_CODE } from '../../doctor/hosting/results';
import { selects } from '../../rules';
import type { Selection } from '../../rules/selection';
import type { Suppression } from '../../rules/suppression';
import { cleaner, liveReport } from '../report/live-report';
import type { LiveView } from '../report/live-view';
import { cleanRows } from '../report/live-view';
import { accepted } from './accepted';
import type { Asked } from './asked';
import { INPUT_CODES } from './input-finding';

/** How one look at a registry is judged. */
export interface Judging {
  readonly selection: Selection;
  readonly suppressions: readonly Suppression[];
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** What one look found. */
export interface Observed {
  readonly view: LiveView;
  /** Whether anything was evaluated, suppressed findings included; of the link, where one is asked about. */
  readonly isEvaluated: boolean;
}

/** Looks once: probes the paths, adds what is wrong with the command line, and judges. */
export async function observe(
  asked: Asked,
  options: DoctorOptions,
  probes: readonly Probe[],
  judging: Judging,
  probe: typeof diagnose,
): Promise<Observed> {
  const diagnosis = asked.request && (await probe(asked.request, options, probes));
  const all: readonly Result[] = [
    ...asked.findings,
    ...(diagnosis?.results ?? []),
    ...asked.withheld,
  ];
  const { selection, suppressions, today } = judging;
  // A comparison is asked for by itself; codes select probes.
  const isSelected = (code: string): boolean => code === HOSTING_CODE || selects(selection, code);
  const selected = all.filter(({ code }) => isSelected(code));
  const codes = new Set(
    [
      ...INPUT_CODES,
      ...probes.flatMap(({ code, names = [] }) => [code, ...names]),
      ...all.flatMap(({ code }) => (code === HOSTING_CODE ? [code] : [])),
    ].filter(isSelected),
  );
  return {
    view: viewOf(asked, diagnosis, accepted(selected, suppressions, codes, today)),
    isEvaluated: isEvaluated(selected) && (!asked.request?.link || isLinkEvaluated(selected)),
  };
}

function isEvaluated(results: readonly Result[]): boolean {
  return results.some(({ status }) => status !== 'skip');
}

/** Who asks for a link wants that answered: an address that is well says nothing of it. */
function isLinkEvaluated(selected: readonly Result[]): boolean {
  const ofLinks = selected.filter(({ code }) => /^REG91[1-7]$/.test(code));
  return ofLinks.length === 0 || isEvaluated(ofLinks);
}

function viewOf(
  { hide }: Asked,
  diagnosis: Diagnosis | undefined,
  results: readonly Result[],
): LiveView {
  const { host = null, server, paths = [], isPartial = false } = diagnosis ?? {};
  const clean = cleaner(hide);
  return {
    report: liveReport({ host, results, isPartial, hide }),
    ...(server !== undefined && { server: clean(server) }),
    rows: cleanRows(paths, clean),
  };
}
