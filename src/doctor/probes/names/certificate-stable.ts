import { passed } from '../../outcome';
import type { Probe } from '../../probe';
import type { Shaken } from './shown-certificate';
import { certificateFault, day, nameOf, shakenOn } from './shown-certificate';

const CODE = 'REG125';

/** P2: whether all connections are shown one certificate. */
export const certificateStable: Probe = {
  code: CODE,
  step: 'P2',
  scope: 'path',
  needs: ['REG120'],
  sends: 'five TLS handshakes',
  decide: async (sight) => {
    const shaken = await shakenOn(sight);
    const distinct = [...new Map(shaken.map((one) => [one.leaf.fingerprint, one])).values()];
    if (distinct.length < 2) {
      return shaken.length === 0 ? [] : [passed(CODE, `one in ${shaken.length} handshakes`)];
    }
    return [
      certificateFault(sight, CODE, {
        // Replicas that renew on their own, or a renewal that is just on its way: clients notice nothing.
        severity: distinct.every(isGood) && haveOneName(distinct) ? 'warning' : 'error',
        observed: `${distinct.length} certificates in ${shaken.length} handshakes: ${distinct.map(shown).join('; ')}`,
        expected: 'the same certificate each time',
      }),
    ];
  },
};

function isGood({ leaf, distrust }: Shaken): boolean {
  return leaf.coversHost && distrust === undefined;
}

function haveOneName(shaken: readonly Shaken[]): boolean {
  return new Set(shaken.map(({ leaf }) => [...leaf.names].sort().join())).size === 1;
}

function shown({ leaf, distrust }: Shaken): string {
  const faults = [
    ...(leaf.coversHost ? [] : ['not for this host']),
    ...(distrust === undefined ? [] : [distrust]),
  ];
  return `${nameOf(leaf)} until ${day(leaf.notAfter)}${faults.length > 0 ? ` (${faults.join(', ')})` : ''}`;
}
