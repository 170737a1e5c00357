import type { Io } from '../io';
import { causeCheck, placeText } from '../report/live-view';
import type { Report } from '../report/report';

/** Says on stderr what is waited for, once for each change. */
export function waitingText(io: Io): (report: Report, ms: number) => void {
  let said: string | undefined;
  return (report, ms) => {
    const cause = causeCheck(report);
    const what = cause
      ? `${placeText(cause)}: ${cause.observed ?? cause.title}`
      : 'nothing could be evaluated';
    if (what !== said) {
      io.err(`waiting: ${what}; looking again in ${Math.ceil(ms / 1000)} s\n`);
      said = what;
    }
  };
}
