import type { Grammar } from './grammar';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

/** RFC 1035 §2.3.4; a counted repetition in the pattern would cost each app its compilation. */
const fitsLabels = (name: string): boolean => name.split('.').every((label) => label.length <= 63);

/** Names that only a pod, one machine or a manual can resolve. */
const NOT_PUBLIC = /(^|\.)(localhost|svc|example\.com|cluster\.local)$/;

function isPublicName(name: string): boolean {
  const lastLabel = name.slice(name.lastIndexOf('.') + 1);
  return (
    name.length <= 253 && fitsLabels(name) && !NOT_PUBLIC.test(name) && !/^[0-9]+$/.test(lastLabel)
  );
}

/**
 * The registry host, `host[:port]`: what stands before the first `/` of an image reference. docker and
 * containerd see a host only in a first part with a dot or a port (distribution/reference).
 */
export const REGISTRY_HOST: Grammar = {
  allowed:
    "must be a host name such as 'git.example.org', in lower case, with a dot or a port, without scheme, path or default port, and known outside the cluster (not localhost, *.svc, *.cluster.local or example.com)",
  code: 'REG111',
  pattern: new RegExp(`^${LABEL}(\\.${LABEL})*(:[1-9][0-9]{0,4})?$`),
  maxLength: 259,
  accepts: (text) => {
    const { name, port } = splitHost(text);
    return (
      isPublicName(name) &&
      (name.includes('.') || port !== undefined) &&
      port !== 443 &&
      (port ?? 1) < 65536
    );
  },
};

/** A name in clone URLs; it need not serve the registry. */
export const SSH_DOMAIN: Grammar = {
  allowed:
    "must be a host name such as 'ssh.example.org', in lower case, without scheme, port or path",
  code: 'REG611',
  pattern: new RegExp(`^${LABEL}(\\.${LABEL})*$`),
  maxLength: 253,
  accepts: fitsLabels,
};

/** Origin of a further access path. */
export const ORIGIN: Grammar = {
  allowed:
    "must be an origin such as 'http://127.0.0.1:3000': scheme, host and port, no path and no user",
  code: 'REG660',
  pattern: /^https?:\/\/[a-z0-9.:[\]-]+$/,
  maxLength: 267,
  accepts: (text) => URL.canParse(text),
};

/** Path of ROOT_URL. Gitea forces one trailing slash of its own. */
export const URL_PATH: Grammar = {
  allowed:
    "must be a path such as '/git': a leading slash, no trailing one, letters, digits, '-', '_' and '.' between them; not '/v2' or '/api', which Gitea serves at the root",
  code: 'REG212',
  pattern: /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/,
  maxLength: 200,
  // What Gitea and registries serve at the root would be hidden by the pages.
  accepts: (path) => !/^\/(v2|api)(\/|$)/.test(path),
};

/** The parts of a `host[:port]`. */
export interface HostParts {
  readonly name: string;
  readonly port?: number;
}

/** Splits `host[:port]` at its last colon. */
export function splitHost(host: string): HostParts {
  const [, name, port] = /^(.*?)(?::([0-9]+))?$/s.exec(host)!;
  return port === undefined ? { name } : { name, port: Number(port) };
}

/** Where the web pages of a release are. */
export interface UiPlace {
  /** Public `host[:port]` of the registry. */
  readonly host: string;
  /** Public `host[:port]` of the web pages. @default - `host` */
  readonly uiHost?: string;
  /** Path of the web pages, without a trailing slash. @default - the root of the host */
  readonly uiPath?: string;
}

/** `[server] ROOT_URL`: https, one trailing slash. */
export function rootUrl({ host, uiHost = host, uiPath = '' }: UiPlace): string {
  return `https://${uiHost}${uiPath}/`;
}
