import { isIPv6 } from 'node:net';
import { InvalidArgumentError } from 'commander';
import type { ConnectTo } from '../../client/http/dial';

const HOST = '(\\[[^\\[\\]]*\\]|[^:\\[\\]\\s/@]*)';
const RULE = new RegExp(`^${HOST}:(\\d*):${HOST}:(\\d*)$`);

/**
 * Reads a rule of curl's `--connect-to`: `HOST:PORT:ADDR:PORT`, IPv6 in brackets, an empty part for any (the first two)
 * or the same (the last two).
 */
export function connectTo(text: string): ConnectTo {
  const parts = RULE.exec(text);
  if (!parts) {
    throw new InvalidArgumentError(
      "give HOST:PORT:ADDR:PORT, such as 'git.example.org:443:10.0.0.5:30443'; an IPv6 address in brackets",
    );
  }
  const [host, address] = [bare(parts[1]), bare(parts[3])];
  const [port, addressPort] = [number(parts[2]), number(parts[4])];
  if (address === '' && host === '') {
    throw new InvalidArgumentError('name the host or the address; both are empty');
  }
  return {
    host,
    ...(port !== undefined && { port }),
    address: address || host,
    ...(addressPort !== undefined && { addressPort }),
  };
}

function bare(host: string): string {
  if (!host.startsWith('[')) {
    return host;
  }
  const address = host.slice(1, -1);
  if (!isIPv6(address)) {
    throw new InvalidArgumentError('there is no IPv6 address in the brackets');
  }
  return address;
}

function number(port: string): number | undefined {
  if (port === '') {
    return undefined;
  }
  if (Number(port) < 1 || Number(port) > 65535) {
    throw new InvalidArgumentError('a port is a number from 1 to 65535');
  }
  return Number(port);
}
