import type { Seen } from '../ask';
import { ask } from '../ask';
import type { Observation } from '../sight';

/** What a host that is served by https answers on port 80. */
export interface PlainHttp {
  readonly v2: Seen;
  readonly health: Seen;
}

/** Asks by http what was asked by https; undefined on other ports than 443, whose plain counterpart nobody knows. */
export const plainHttp: Observation<PlainHttp | undefined> = async (sight) => {
  const { protocol, port, hostname } = sight.path.origin;
  if (protocol !== 'https:' || port !== '') {
    return undefined;
  }
  const [v2, health] = await Promise.all([
    ask(sight, { url: `http://${hostname}/v2/`, surface: 'v2' }),
    ask(sight, { url: `http://${hostname}/api/healthz`, surface: 'api' }),
  ]);
  return { v2, health };
};
