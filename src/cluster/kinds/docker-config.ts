import { looksLikeCredential, REDACTED } from '../../declaration/credential';
import { isMap } from '../object';

/** What stands for a user name, and for a token, in a masked docker config. */
const USER = 'user';
const TOKEN = 'redacted';

/**
 * A docker config with its form and without its credentials, so that whoever judges the form finds the same faults:
 * the keys of `auths`, which fields an entry has, whether they can be decoded and agree with each other. User names go
 * too: Gitea takes a token for one.
 *
 * @param text the config, as the Secret holds it, decoded once
 * @param bare whether entries stand at the top, without `auths` (`kubernetes.io/dockercfg`)
 */
export function maskDockerConfig(text: string, bare = false): string {
  const value = parsed(text);
  if (value === undefined) {
    return notJson(text, bare);
  }
  if (!isMap(value)) {
    return JSON.stringify(emptied(value));
  }
  if (bare) {
    return JSON.stringify(maskedEntries(value));
  }
  return 'auths' in value
    ? JSON.stringify({
        auths: isMap(value.auths) ? maskedEntries(value.auths) : emptied(value.auths),
      })
    : '{}';
}

/** Base64 inside base64 is a fault of its own; other texts are nothing but wrong. */
function notJson(text: string, bare: boolean): string {
  const inner = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)
    ? Buffer.from(text.trim(), 'base64').toString('utf8')
    : '';
  return isMap(parsed(inner)) ? encoded(maskDockerConfig(inner, bare)) : text.trim() && 'no JSON';
}

function maskedEntries(entries: { readonly [host: string]: unknown }): unknown {
  return Object.fromEntries(
    Object.entries(entries).map(([host, entry], index) => [
      shownHost(host, index),
      isMap(entry) ? maskedEntry(entry) : emptied(entry),
    ]),
  );
}

/** A host, port and path as images and clients write them; other texts may be anything. */
const HOST = /^(https?:\/\/)?[\w.*-]{1,253}(:\d{1,5})?(\/[\w./*-]{0,200})?$/;

function shownHost(key: string, index: number): string {
  const host = key.replace(/^(https?:\/\/)?[^/]*@/, '$1');
  return HOST.test(host) && !looksLikeCredential(host) ? host : `${REDACTED} ${index}`;
}

function maskedEntry(entry: { readonly [field: string]: unknown }): unknown {
  const { auth, username, password } = entry;
  const decoded = typeof auth === 'string' && auth !== '' ? decodedAuth(auth) : undefined;
  const pair = typeof decoded === 'string' ? splitPair(decoded) : undefined;
  const tokens = ['identitytoken', 'registrytoken'].filter((field) => field in entry);
  return {
    ...('username' in entry && { username: maskedField(username, USER, pair?.[0]) }),
    ...('password' in entry && { password: maskedField(password, TOKEN, pair?.[1]) }),
    ...('auth' in entry && { auth: maskedAuth(auth, decoded) }),
    ...Object.fromEntries(tokens.map((field) => [field, maskedField(entry[field], TOKEN)])),
  };
}

/** A field beside `auth`: the same word as there when both agree, another when not. */
function maskedField(value: unknown, word: string, beside?: string): unknown {
  if (typeof value !== 'string' || value === '') {
    return emptied(value);
  }
  const differs = beside !== undefined && beside !== value;
  return formed(differs ? `other-${word}` : word, value, word === USER);
}

/** `word` with the faults of `value`: control characters, a colon in a user name. */
function formed(word: string, value: string, isUser: boolean): string {
  const colon = isUser && value.includes(':') ? ':' : '';
  return `${word}${colon}${holdsControl(value) ? '\n' : ''}`;
}

function maskedAuth(auth: unknown, decoded: string | null | undefined): unknown {
  if (typeof auth !== 'string' || auth === '') {
    return emptied(auth);
  }
  if (decoded === null || decoded === undefined) {
    // 'user:token' itself, or any other text that is no base64.
    return auth.includes(':') ? `${USER}:${TOKEN}` : '!';
  }
  const [user, token] = splitPair(decoded);
  if (token === undefined) {
    return encoded('no-colon');
  }
  const words = `${user === '' ? '' : USER}:${token === '' ? '' : TOKEN}`;
  return encoded(`${words}${holdsControl(decoded) ? '\n' : ''}`);
}

/** The text of a base64, as Go reads it: padded, or without any padding; null for other texts. */
function decodedAuth(auth: string): string | null {
  const joined = auth.replace(/[\r\n]/g, '');
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(joined);
  const fits = joined.endsWith('=') ? joined.length % 4 === 0 : joined.length % 4 !== 1;
  return isBase64 && fits ? Buffer.from(joined, 'base64').toString('utf8') : null;
}

function splitPair(decoded: string): [user: string, token: string | undefined] {
  const colon = decoded.indexOf(':');
  return colon < 0 ? [decoded, undefined] : [decoded.slice(0, colon), decoded.slice(colon + 1)];
}

function holdsControl(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u001f\u007f]/.test(text);
}

/** A value of the same type that says nothing. */
function emptied(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return value === '' ? '' : TOKEN;
    case 'number':
      return 0;
    case 'object':
      return value === null ? null : Array.isArray(value) ? [] : {};
    default:
      return value;
  }
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
