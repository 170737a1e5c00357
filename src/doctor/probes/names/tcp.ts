import { serverText } from '../../../client/server-text';
import { isAnswered } from '../../ask';
import { addresses } from '../../observe/addresses';
import { connections } from '../../observe/connections';
import type { Connection } from '../../observe/connections';
import { peer } from '../../observe/peer';
import { v2 } from '../../observe/v2';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import { withoutCode } from '../route/shown';

const CODE = 'REG113';

/**
 * P1: whether the port takes connections. It does not wait for REG112 in form: a name with one dead family of addresses
 * is still worth probing, and an address has no name.
 */
export const tcpConnects: Probe = {
  code: CODE,
  step: 'P1',
  scope: 'path',
  needs: [],
  sends: 'a TCP connection to each address',
  decide: async (sight) => [await judged(sight)],
};

async function judged(sight: Sight): Promise<Outcome> {
  const seen = await sight.see(peer);
  if (seen.by === 'nobody') {
    return broken(CODE, { observed: withoutCode(seen.error) });
  }
  if (seen.by === 'proxy') {
    return throughProxy(sight, seen.proxy);
  }
  const [{ name, error }, tried] = await Promise.all([
    sight.see(addresses),
    sight.see(connections),
  ]);
  if (error === undefined) {
    return ofAddresses(tried);
  }
  return seen.by === 'origin'
    ? skipped(CODE, 'waits for REG112')
    : broken(CODE, {
        observed: `'${serverText(name ?? seen.host, 80)}', which is dialed instead (--connect-to), does not resolve (${error})`,
      });
}

/** Only the first answer shows whether the proxy connects. */
async function throughProxy(sight: Sight, proxy: string): Promise<Outcome> {
  const answer = await sight.see(v2);
  return !isAnswered(answer) && /^REG11[23]$/.test(answer.error.code)
    ? broken(CODE, { observed: withoutCode(answer.error) })
    : passed(CODE, `through the proxy '${proxy}'`);
}

function ofAddresses(tried: readonly Connection[]): Outcome {
  const dead = tried.filter(({ error }) => error !== undefined);
  const alive = tried.filter(({ error }) => error === undefined);
  if (alive.length === 0) {
    return broken(CODE, { observed: dead.map(shown).join(', '), expected: 'a connection' });
  }
  const families = new Set(alive.map(({ family }) => family));
  // A whole family that is dead is a fault of the records.
  const partly = dead.filter(({ family }) => families.has(family));
  return partly.length > 0
    ? broken(CODE, {
        severity: 'warning',
        observed: `${partly.map(shown).join(', ')}, while ${alive.map(shown).join(', ')} takes connections`,
        expected: 'a connection at every address',
      })
    : passed(CODE, alive.map(shown).join(', '));
}

function shown({ address, family, port, error }: Connection): string {
  const place = family === 6 ? `[${address}]:${port}` : `${address}:${port}`;
  return error === undefined ? place : `${place} ${REASONS[error] ?? error}`;
}

const REASONS: { readonly [code: string]: string } = {
  ECONNREFUSED: 'refuses connections',
  ETIMEDOUT: 'does not answer',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'lies in a network that cannot be reached from here',
};
