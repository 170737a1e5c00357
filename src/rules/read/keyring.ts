import { globMatches } from '../glob';

/**
 * Whether kubelet takes the credential under `key` of a docker config for `image`: its own matcher, other than
 * docker's (kubernetes/pkg/credentialprovider/keyring.go, `BasicDockerKeyring.Add`, `Lookup` and `URLsMatch`).
 *
 * @param key key below `auths`
 * @param image reference with its host; tag and digest do not count
 */
export function keyMatches(key: string, image: string): boolean {
  const indexed = indexedKey(key);
  const wanted = indexed === undefined ? undefined : parseSchemeless(indexed);
  const asked = parseSchemeless(repositoryOf(image));
  return (
    wanted !== undefined &&
    asked !== undefined &&
    wanted.port === asked.port &&
    labelsMatch(wanted.name, asked.name) &&
    asked.path.startsWith(wanted.path)
  );
}

/**
 * Whether a person who wrote `key` meant `hostName`, right or wrong: any scheme, user, port and path aside, in any
 * case. A glob means every host it takes.
 */
export function keyMeansHost(key: string, hostName: string): boolean {
  return labelsMatch(hostNameOfKey(key), hostName);
}

/** The host a key names, without scheme, user, port, path and closing dot, in lower case. */
export function hostNameOfKey(key: string): string {
  const [authority] = key
    .trim()
    .replace(/^[A-Za-z]+:\/\//, '')
    .split(/[/?#]/);
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

/** What kubelet keeps of a key: no scheme, no leading `/v1/` or `/v2/`, no bare `/`; undefined where it is no URL. */
function indexedKey(key: string): string | undefined {
  const parsed = parseUrl(/^https?:\/\//.test(key) ? key.slice(key.indexOf('//') + 2) : key);
  if (!parsed) {
    return undefined;
  }
  // Only with the slash after it: of `host/v2` the path stays.
  const path = /^\/v[12]\//.test(parsed.path) ? parsed.path.slice(3) : parsed.path;
  return path === '/' ? parsed.host : `${parsed.host}${path}`;
}

interface UrlParts {
  /** Host with its port. */
  readonly host: string;
  readonly path: string;
}

/** Host and path of what stands after `https://`, as Go's `url.Parse` takes them; undefined where it refuses. */
function parseUrl(text: string): UrlParts | undefined {
  const [rest] = text.split(/[?#]/);
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const path = unescaped(slash < 0 ? '' : rest.slice(slash));
  const fits = isPrintable(text) && isUser(authority.slice(0, at + 1)) && isHost(host);
  return fits && path !== undefined ? { host, path } : undefined;
}

function isPrintable(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return !/[\u0000-\u001f\u007f]/.test(text);
}

function isUser(user: string): boolean {
  return /^[\w.~!$&'()*+,;=:%@-]*$/.test(user);
}

/**
 * What Go takes for a host with an optional port. A percent sign is refused here although Go admits some; brackets are
 * for IPv6 only (since Go 1.24.8), so that of the globs of Go's `filepath.Match` only `*` is left.
 */
function isHost(host: string): boolean {
  return (
    /^\[[0-9A-Fa-f:.]*\](:\d*)?$/.test(host) ||
    (/^[\w.~!$&'()*+,;=:<>"\u0080-\uffff-]*$/.test(host) && /^([^:]*|.*:\d*)$/s.test(host))
  );
}

function unescaped(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

interface SchemelessUrl {
  readonly name: string;
  readonly port: string;
  readonly path: string;
}

function parseSchemeless(text: string): SchemelessUrl | undefined {
  const parsed = parseUrl(text);
  return parsed && { ...splitPort(parsed.host), path: parsed.path };
}

/** As Go's `net.SplitHostPort`; what it refuses is a name without a port. */
function splitPort(host: string): { readonly name: string; readonly port: string } {
  const match = /^(?:\[([^\]]*)\]|([^:]*)):(\d*)$/.exec(host);
  return match ? { name: match[1] ?? match[2], port: match[3] } : { name: host, port: '' };
}

function labelsMatch(glob: string, name: string): boolean {
  const globs = glob.split('.');
  const labels = name.split('.');
  return (
    globs.length === labels.length && globs.every((one, index) => globMatches(one, labels[index]))
  );
}

/** An image reference without tag and digest. */
export function repositoryOf(image: string): string {
  const [named] = image.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return colon < 0 || !named.includes('/') ? named : named.slice(0, colon);
}
