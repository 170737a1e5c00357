import { isIP } from 'node:net';
import { addresses } from '../../observe/addresses';
import type { Addresses } from '../../observe/addresses';
import type { Connection } from '../../observe/connections';
import { connections } from '../../observe/connections';
import { bare, peer } from '../../observe/peer';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';

const CODE = 'REG112';

/** This machine has no way to addresses of that family: that says nothing of the registry. */
const NO_WAY_FROM_HERE = /^(ENETUNREACH|EADDRNOTAVAIL|EAFNOSUPPORT|EPROTONOSUPPORT)$/;

/** P1: whether the name leads somewhere, and every family of addresses it publishes is served. */
export const dnsResolves: Probe = {
  code: CODE,
  step: 'P1',
  scope: 'path',
  needs: [],
  sends: 'lookups of A and AAAA, and a TCP connection to each address',
  decide: async (sight) => [await judged(sight)],
};

async function judged(sight: Sight): Promise<Outcome> {
  const { hostname } = sight.path.origin;
  const seen = await sight.see(peer);
  if (isIP(bare(hostname))) {
    return skipped(CODE, 'no name to look up: the path has an address');
  }
  if (seen.by === 'proxy') {
    return skipped(CODE, `not looked up: the proxy '${seen.proxy}' does it`);
  }
  if (seen.by !== 'origin') {
    return skipped(CODE, 'not looked up: another address is dialed (--connect-to)');
  }
  return ofName(hostname, await sight.see(addresses), await sight.see(connections));
}

function ofName(name: string, { found, error }: Addresses, tried: readonly Connection[]): Outcome {
  if (error !== undefined) {
    return unresolved(name, error);
  }
  const [v4, v6] = ([4, 6] as const).map((family) => tried.filter((one) => one.family === family));
  const dead = [v4, v6].find((own, at) => isDead(own) && isAlive([v4, v6][1 - at]));
  const shown = found.map(({ address }) => address).join(', ');
  if (dead === undefined) {
    return passed(CODE, shown);
  }
  if (dead.every((one) => NO_WAY_FROM_HERE.test(one.error ?? ''))) {
    return passed(CODE, shown, `no way from here to ${listed(dead)}: not tried`);
  }
  return broken(CODE, {
    // Silence may be the network of this machine; a refusal comes from over there.
    severity: dead.every(({ error }) => error === 'ETIMEDOUT') ? 'warning' : 'error',
    observed: `${dead[0].family === 6 ? 'AAAA' : 'A'} ${listed(dead)} (${dead[0].error}), while the other addresses take connections`,
    expected: 'every published address is served',
  });
}

function unresolved(name: string, error: string): Outcome {
  const isSilent = error === 'EAI_AGAIN' || error === 'ETIMEDOUT';
  return broken(CODE, {
    observed: isSilent
      ? `no DNS server answers for '${name}' (${error})`
      : `'${name}' has neither A nor AAAA record (${error})`,
    expected: 'an A or AAAA record',
    ...(isSilent && {
      fix: {
        kind: 'text',
        text: 'check the resolver of this machine, and the name servers of the zone',
      },
    }),
  });
}

/** Whether a family is published and nothing of it connects. */
function isDead(tried: readonly Connection[]): boolean {
  return tried.length > 0 && tried.every(({ error }) => error !== undefined);
}

function isAlive(tried: readonly Connection[]): boolean {
  return tried.some(({ error }) => error === undefined);
}

function listed(tried: readonly Connection[]): string {
  return tried.map(({ address }) => address).join(', ');
}
