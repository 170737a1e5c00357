import { serverText } from '../../../client/server-text';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { liveAppIni } from '../live-app-ini';
import { outcomeOf, ruleFindings } from '../rule-findings';
import { trueFindings } from '../rule-outcomes';
import { scalarFaults } from './scalar-fault';

const CODE = 'REG620';

/** Settings that are told one by one. */
const MOST = 5;

/** REG620: every value of the release reached app.ini as it was written. */
export async function iniScalars(sight: Sight): Promise<readonly Outcome[]> {
  const [ini, found] = await Promise.all([sight.see(liveAppIni), sight.see(ruleFindings)]);
  if (ini === undefined) {
    return [];
  }
  const written = trueFindings(found?.get(CODE) ?? []).filter(
    ({ severity }) => severity !== 'info',
  );
  const faults = 'unread' in ini ? [] : scalarFaults(ini.settings);
  if (faults.length > 0) {
    return faults.slice(0, MOST).map(({ observed }) =>
      broken(CODE, {
        observed: serverText(`app.ini: ${observed}`, 400),
        expected: 'the text that was meant',
      }),
    );
  }
  if (written.length > 0) {
    return written.slice(0, MOST).map(outcomeOf);
  }
  return 'unread' in ini
    ? [skipped(CODE, ini.unread)]
    : [passed(CODE, `in ${ini.path} of the running forge`)];
}
