import type { Trickled } from '../../observe/time-limit';
import { timeLimit, TRICKLE_MS } from '../../observe/time-limit';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { answerText, lossText, noSessionText } from './answer-text';

const EXPECTED = 'uploads may take as long as a layer needs on a slow line';

/** Answers of those who gave up waiting and do not name themselves; a backend that took the session is no bad gateway. */
const BARE_CUTS: readonly string[] = ['upload-cut', 'backend-failed'];

/** Whether somebody on the way limits how long an upload may take, and who. */
export async function timeLimits(sight: Sight): Promise<Outcome[]> {
  const met = await sight.see(timeLimit);
  if (!('afterMs' in met)) {
    return [skipped('REG440', noSessionText(met))];
  }
  if (met.kind === 'taken') {
    return [
      passed(
        'REG440',
        `an upload of ${TRICKLE_MS / 1000} s is taken`,
        'a limit above that, such as the 100 s of CDNs, is not seen',
      ),
    ];
  }
  const after = `${Math.round(met.afterMs / 1000)} s`;
  const observed = `an upload was ended after ${after}: ${met.kind === 'refused' ? answerText(met) : lossText(met.error)}`;
  return [broken(codeOf(met), { observed, expected: EXPECTED, ...fixOf(met) })];
}

/** Seconds around which a cut is that of an entry point of Traefik, whose `readTimeout` is 60 s unless set. */
const ENTRY_POINT = { from: 55, to: 66 };

/**
 * Who names itself is believed; for a bare cut the time decides. An answer that is about something else keeps its own
 * code.
 */
function codeOf(met: Exclude<Trickled, { kind: 'taken' }>): string {
  const seconds = met.afterMs / 1000;
  const byTime = seconds >= ENTRY_POINT.from && seconds <= ENTRY_POINT.to ? 'REG440' : 'REG442';
  if (met.kind === 'lost') {
    return byTime;
  }
  const { id, code } = met.reading;
  // Traefik answers a cut with 502 now and then: its end of the connection to Gitea broke first.
  return BARE_CUTS.includes(id) ? byTime : id === 'traefik-bad-gateway' ? 'REG440' : code;
}

function fixOf(met: Exclude<Trickled, { kind: 'taken' }>): Pick<Outcome, 'fix'> {
  return met.kind === 'refused' && met.reading.next !== undefined
    ? { fix: { kind: 'text', text: met.reading.next } }
    : {};
}
