/** Who can reach an endpoint by its name alone. */
export type Reach = 'cluster' | 'network' | 'everywhere';

/** Address of an object store. */
export interface Endpoint {
  readonly scheme?: string;
  readonly host: string;
  readonly port?: number;
  /** `cluster`: pods, or one machine. `network`: whoever routes private addresses. */
  readonly reach: Reach;
}

const FORM = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?(?:\/|$)/;

/** Parts of `[scheme://]host[:port][/path]`; undefined for anything else, IPv6 among it. */
export function endpointOf(text: string): Endpoint | undefined {
  const parts = FORM.exec(text.trim());
  if (!parts) {
    return undefined;
  }
  const [, scheme, name, port] = parts;
  const host = name.toLowerCase();
  return {
    host,
    reach: reachOf(host),
    ...(scheme !== undefined && { scheme }),
    ...(port !== undefined && { port: Number(port) }),
  };
}

function reachOf(host: string): Reach {
  if (/^[0-9.]+$/.test(host)) {
    return addressReach(host);
  }
  const internal = !host.includes('.') || /\.svc(\.|$)|\.cluster\.local$|\.localhost$/.test(host);
  return internal ? 'cluster' : 'everywhere';
}

/** RFC 1918, RFC 6598 and link-local addresses; loopback is one machine. */
function addressReach(address: string): Reach {
  const [first, second] = address.split('.').map(Number);
  if (first === 127) {
    return 'cluster';
  }
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second <= 127);
  return isPrivate ? 'network' : 'everywhere';
}
