import fc from 'fast-check';
import { faultOf } from '../../../../src/doctor/probes/names/certificate-time';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 2, 1);

const judged = (age: number, rest: number) =>
  faultOf({ notBefore: NOW - age, notAfter: NOW + rest }, NOW);

describe('the time of a certificate', () => {
  it.each([
    [-1, 'expired on 2026-02-28', undefined],
    [0, 'expired on 2026-03-01', undefined],
    [3 * DAY, 'ends on 2026-03-04, in 3 days', undefined],
    [3 * DAY + 1, 'ends on 2026-03-04, in 3 days', 'warning'],
    [14 * DAY - 1, 'ends on 2026-03-14, in 13 days', 'warning'],
    [25 * HOUR, 'ends on 2026-03-02, in 1 day', undefined],
  ])('%d ms before its end: %s (%s)', (rest, text, severity) => {
    const fault = judged(60 * DAY, rest);
    expect(fault?.observed).toContain(text);
    expect(fault?.severity).toBe(severity);
  });

  it('lets one of a day come close to its end, as those that are renewed all day do', () => {
    expect(judged(15 * HOUR, 9 * HOUR)).toBeUndefined();
    expect(judged(20 * HOUR, 4 * HOUR)).toMatchObject({ severity: 'warning' });
    expect(judged(25 * HOUR, -HOUR)).toEqual({
      observed: 'the certificate expired on 2026-02-28',
    });
  });

  it('refuses what is not valid yet, and finds nothing in the middle of a period', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 * DAY }),
        fc.integer({ min: 14 * DAY, max: 800 * DAY }),
        (age, rest) => {
          expect(judged(-age, rest)?.observed).toContain('not valid before');
          expect(judged(age, rest)).toBeUndefined();
        },
      ),
    );
  });
});
