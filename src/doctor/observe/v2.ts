import type { Seen } from '../ask';
import { ask } from '../ask';
import type { Observation } from '../sight';

/** So many times: two routes for one path, or two releases behind it, take turns. */
const PINGS = 5;

/** Asked at once, each on its own. */
const asked: Observation<readonly Promise<Seen>[]> = async (sight) => {
  const pings = Array.from({ length: PINGS }, () => ask(sight, { url: '/v2/', surface: 'v2' }));
  // Whoever looks at one gets its error; the run may end before anybody does.
  pings.forEach((ping) => ping.catch(() => undefined));
  return pings;
};

/** `GET /v2/` without credentials: the first question of every client (OCI distribution spec, "end-1"). */
export const v2: Observation<Seen> = async (sight) => (await sight.see(asked))[0];

/** The same question five times, the one of {@link v2} first. */
export const v2Repeats: Observation<readonly Seen[]> = async (sight) =>
  Promise.all(await sight.see(asked));

/** `GET /v2/token` without credentials, on the path itself, whatever the realm says. */
export const v2Token: Observation<Seen> = (sight) =>
  ask(sight, { url: '/v2/token', surface: 'v2' });
