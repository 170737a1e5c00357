import { ClientError } from '../../client/error';
import { Dialer } from '../../client/http/dial';
import { TunnelAgent } from '../../client/http/tunnel-agent';
import type { Observation } from '../sight';

/** What is dialed for the origin of a path. */
export type Peer =
  | {
      /** `origin`: host and port of the path; `rule`: those of a `--connect-to`. */
      readonly by: 'origin' | 'rule';
      /** Name or address, IPv6 without brackets. */
      readonly host: string;
      readonly port: number;
    }
  | {
      /** A proxy of the environment connects: names and addresses are its business. */
      readonly by: 'proxy';
      /** `host[:port]` of the proxy. */
      readonly proxy: string;
    }
  | {
      readonly by: 'nobody';
      /** Why nothing can be dialed: the environment names something that is no proxy. */
      readonly error: ClientError;
    };

/** Finds out what is dialed; nothing is sent. */
export const peer: Observation<Peer> = async ({ path: { origin }, options }) => {
  try {
    const { hostname, port, agent, forwarder } = new Dialer(options.dial).dial(origin);
    const proxy =
      forwarder?.host ?? (agent instanceof TunnelAgent ? new URL(agent.proxy).host : undefined);
    if (proxy !== undefined) {
      return { by: 'proxy', proxy };
    }
    const isOwn = hostname === bare(origin.hostname) && Number(port) === portOf(origin);
    return { by: isOwn ? 'origin' : 'rule', host: hostname, port: Number(port) };
  } catch (error) {
    if (error instanceof ClientError) {
      return { by: 'nobody', error };
    }
    throw error;
  }
};

/** Port of a URL, the one of its scheme where none is written. */
export function portOf({ protocol, port }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

/** Brackets of an IPv6 address belong to the URL. */
export function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
