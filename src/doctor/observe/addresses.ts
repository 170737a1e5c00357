import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { serverText } from '../../client/server-text';
import type { Observation, Sight } from '../sight';
import { waitAtMost } from './deadline';
import { peer } from './peer';

/** An address of the peer. */
export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** What the name of the peer leads to. */
export interface Addresses {
  /** The name that was looked up; absent for an address, and where a proxy connects. */
  readonly name?: string;
  /** IPv4 first. */
  readonly found: readonly Address[];
  /** Node's code when nothing was found: `ENOTFOUND`, `EAI_AGAIN` (no DNS server answers), `ETIMEDOUT`. */
  readonly error?: string;
}

/** A and AAAA of what is dialed, through the resolver of this machine (`getaddrinfo`: its hosts file too). */
export const addresses: Observation<Addresses> = async (sight) => {
  const seen = await sight.see(peer);
  if (!('host' in seen)) {
    return { found: [] };
  }
  const { host } = seen;
  const version = isIP(host);
  if (version === 4 || version === 6) {
    return { found: [{ address: host, family: version }] };
  }
  const answers = await Promise.all([lookedUp(sight, host, 4), lookedUp(sight, host, 6)]);
  const found = answers.flatMap((answer) => ('found' in answer ? answer.found : []));
  const errors = answers.flatMap((answer) => ('error' in answer ? answer.error : []));
  return found.length > 0
    ? { name: host, found }
    : { name: host, found, error: errors.find((code) => !NO_RECORD.test(code)) ?? 'ENOTFOUND' };
};

/** The name is not there, or has nothing of this kind. */
const NO_RECORD = /^(ENOTFOUND|ENODATA)$/;

type Answer = { readonly found: readonly Address[] } | { readonly error: string };

function lookedUp({ options, requestMs }: Sight, host: string, family: 4 | 6): Promise<Answer> {
  return new Promise((resolve) => {
    const done = waitAtMost({
      ms: requestMs,
      signal: options.signal,
      giveUp: () => resolve({ error: 'ETIMEDOUT' }),
    });
    (options.resolve ?? systemLookup)(host, family)
      .then(
        (texts) => resolve({ found: texts.map((address) => ({ address, family })) }),
        ({ code, message }: NodeJS.ErrnoException) =>
          resolve({ error: serverText(code ?? message, 60) }),
      )
      .finally(done);
  });
}

async function systemLookup(host: string, family: 4 | 6): Promise<readonly string[]> {
  return (await lookup(host, { family, all: true })).map(({ address }) => address);
}
