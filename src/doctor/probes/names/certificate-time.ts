import type { PeerLeaf } from '../../observe/handshakes';
import type { Breach } from '../../outcome';
import { passed } from '../../outcome';
import { day, certificateProbe, trustFault } from './shown-certificate';

const CODE = 'REG124';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Days before the end from which a renewal that did not come is urgent, and from which it is late. */
const URGENT_DAYS = 3;
const LATE_DAYS = 14;

/** Certificates of a day are renewed all day long: what is left says nothing until little of it is. */
const SHORT_LIVED = 25 * HOUR;

/** P2: whether the certificate is valid today, and for a while. */
export const certificateTime = certificateProbe(CODE, 'REG120', (sight, { leaf }) => {
  const now = (sight.options.now ?? Date.now)();
  const fault = faultOf(leaf, now);
  return fault
    ? trustFault(sight, CODE, {
        ...fault,
        expected: `valid today, ${day(now)}, and ${LATE_DAYS} more days`,
      })
    : passed(CODE, `until ${day(leaf.notAfter)}, ${left(leaf.notAfter - now)} left`);
});

/** Judges the period of a certificate; undefined when it is well. */
export function faultOf(
  { notBefore, notAfter }: Pick<PeerLeaf, 'notBefore' | 'notAfter'>,
  now: number,
): Breach | undefined {
  if (now < notBefore) {
    return { observed: `the certificate is not valid before ${day(notBefore)}` };
  }
  const rest = notAfter - now;
  if (rest <= 0) {
    return { observed: `the certificate expired on ${day(notAfter)}` };
  }
  const observed = `the certificate ends on ${day(notAfter)}, in ${left(rest)}`;
  const period = notAfter - notBefore;
  if (period < SHORT_LIVED) {
    return rest < period / 4 ? { observed, severity: 'warning' } : undefined;
  }
  if (rest <= URGENT_DAYS * DAY) {
    return { observed };
  }
  return rest < LATE_DAYS * DAY ? { observed, severity: 'warning' } : undefined;
}

function left(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY);
  const [count, unit] = days > 0 ? [days, 'day'] : [Math.floor(milliseconds / HOUR), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
