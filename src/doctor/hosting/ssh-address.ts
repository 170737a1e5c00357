import { bare } from '../observe/peer';
import type { Sight } from '../sight';

/** An address of ssh. */
export interface SshAddress {
  /** Name or address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

/** RFC 4253 §4: the port of ssh. */
const SSH_PORT = 22;

/**
 * Where git goes by ssh: the declared SSH_DOMAIN, else the host of the first path; its port as the first of some
 * addresses of that host has it, else 22. What a server says of other hosts leads nowhere: nobody named them.
 */
export function sshAddress(
  { path, request }: Sight,
  known: readonly (SshAddress | undefined)[],
): SshAddress {
  const host = request.declaration?.sshDomain ?? bare(path.origin.hostname);
  const told = known.find((one) => one?.host.toLowerCase() === host.toLowerCase());
  return { host, port: told?.port ?? SSH_PORT };
}

/**
 * The address in a clone address: `ssh://git@git.example.org:2222/platform/shop.git`, or as scp has it,
 * `git@git.example.org:platform/shop.git`. Undefined for anything else.
 */
export function readSshAddress(text: string): SshAddress | undefined {
  if (/^ssh:/i.test(text)) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url?.hostname
      ? { host: bare(url.hostname), port: Number(url.port || SSH_PORT) }
      : undefined;
  }
  const [, host] = /^(?:[^@/:]+@)?(\[[^\]]+\]|[^:/[\]]+):(?!\/\/)/.exec(text) ?? [];
  return host === undefined ? undefined : { host: bare(host), port: SSH_PORT };
}

/** `host:port`, IPv6 in brackets. */
export function sshHostText({ host, port }: SshAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
