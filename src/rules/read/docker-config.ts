import { jsonTemplate, literalsOf, WRITTEN } from './go-template';
import type { TemplateAction } from './go-template';
import type { WrittenConfig } from './pull-secret';
import { isStandIn } from './secret-text';

/** What a docker config says, as far as it can be read. No part of it may be shown: keys and values hold secrets. */
export interface DockerConfig {
  /** Entries below `auths`; undefined where they are computed, or the text is no docker config. */
  readonly entries?: readonly (readonly [key: string, entry: unknown])[];
  /** Why the API server or kubelet refuses it, in words. */
  readonly fault?: string;
  /** Texts in the expressions of a template: a computed key is among them. */
  readonly literals: readonly string[];
  /** The expressions of a template. */
  readonly actions: readonly TemplateAction[];
}

/** Reads the docker config of a Secret or of a template of one. */
export function readDockerConfig(config: WrittenConfig): DockerConfig {
  return config.template && config.text.includes('{{')
    ? readTemplate(config.text)
    : readPlain(config);
}

function readPlain({ at, text, encoded }: WrittenConfig): DockerConfig {
  const nothing = { literals: [], actions: [] };
  const written = at.text ?? '';
  if (written.trim() !== '' && isStandIn(written)) {
    return nothing;
  }
  if (encoded && !isBase64(written)) {
    return { ...nothing, fault: 'the docker config is no base64' };
  }
  if (text.trim() !== '' && isStandIn(text)) {
    return nothing;
  }
  return { ...nothing, ...readJson(text) };
}

function readTemplate(text: string): DockerConfig {
  const { actions, outline } = jsonTemplate(text);
  const literals = actions.flatMap((action) => literalsOf(action.text));
  const json = outline === undefined ? {} : readJson(outline);
  const fault = json.fault ?? (encodedTwice(actions, outline) ? TWICE : undefined);
  return { ...json, literals, actions, ...(fault !== undefined && { fault }) };
}

const TWICE = 'the docker config is base64 inside base64';

/** A template of nothing but actions, the last of which ends in `b64enc`: the operator encodes once more. */
function encodedTwice(actions: readonly TemplateAction[], outline: string | undefined): boolean {
  return outline === undefined && /\|\s*b64enc$/.test(actions.at(-1)?.text ?? '');
}

function readJson(text: string): Pick<DockerConfig, 'entries' | 'fault'> {
  const value = parsed(text);
  if (value === undefined) {
    return { fault: isEncodedJson(text) ? TWICE : 'the docker config is no JSON' };
  }
  if (!isMap(value)) {
    return { fault: 'the docker config is JSON, but no map' };
  }
  const { auths } = value;
  if (!isMap(auths)) {
    return {
      fault: `the docker config has ${'auths' in value ? "'auths', but no map there" : "no 'auths'"}`,
    };
  }
  const entries = Object.entries(auths);
  return entries.length === 0 ? { fault: "the docker config has empty 'auths'" } : { entries };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEncodedJson(text: string): boolean {
  const trimmed = text.trim();
  return isBase64(trimmed) && isMap(parsed(Buffer.from(trimmed, 'base64').toString('utf8')));
}

/** Base64 as Kubernetes and Go decode it: the standard alphabet, padded, lines broken anywhere. */
function isBase64(text: string): boolean {
  const joined = text.replace(/[\r\n]/g, '');
  return joined.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(joined);
}

/** What is wrong with one entry below `auths`. */
export interface EntryFault {
  /** In words, without any part of the entry. */
  readonly words: string;
  /** Whether kubelet refuses the whole Secret for it. */
  readonly refusesAll: boolean;
}

/**
 * The fault of one entry; undefined where none is certain. kubelet takes `auth` alone where it stands and ignores
 * `username` and `password` (kubernetes/pkg/credentialprovider/config.go).
 */
export function entryFault(entry: unknown): EntryFault | undefined {
  if (!isMap(entry)) {
    return refusing('an entry of the docker config is no map');
  }
  const { auth, username, password } = entry;
  const strange = Object.entries({ auth, username, password }).find(
    ([, value]) => value !== undefined && typeof value !== 'string',
  );
  if (strange) {
    return refusing(`'${strange[0]}' is no text`);
  }
  if (holdsControl(username) || holdsControl(password)) {
    return skipping('a line break or another control character is in the user name or the token');
  }
  return auth ? authFault({ auth: `${auth as string}`, username, password }) : pairFault(username);
}

const refusing = (words: string): EntryFault => ({ words, refusesAll: true });
const skipping = (words: string): EntryFault => ({ words, refusesAll: false });

/** Without `auth` a user name is enough: Gitea takes a token for one, without a password. */
function pairFault(username: unknown): EntryFault | undefined {
  return username
    ? undefined
    : skipping("the entry has neither 'auth' nor 'username' with 'password'");
}

interface Credential {
  readonly auth: string;
  readonly username: unknown;
  readonly password: unknown;
}

function authFault(credential: Credential): EntryFault | undefined {
  const { auth } = credential;
  if (auth.includes(WRITTEN)) {
    return auth.includes(':')
      ? refusing("'auth' is 'user:token' itself, no base64 of it")
      : undefined;
  }
  const decoded = isStandIn(auth) ? undefined : decodedAuth(auth);
  if (decoded === undefined) {
    return isStandIn(auth) ? undefined : refusing("'auth' is no base64");
  }
  return isStandIn(decoded) ? undefined : decodedFault(decoded, credential);
}

/** Go decodes with padding where the text ends in `=`, without where it does not; line breaks do not count. */
function decodedAuth(auth: string): string | undefined {
  const joined = auth.replace(/[\r\n]/g, '');
  const length = Math.ceil(joined.length / 4) * 4;
  const padded = joined.endsWith('=') ? joined : joined.padEnd(length, '=');
  return isBase64(padded) ? Buffer.from(padded, 'base64').toString('utf8') : undefined;
}

function decodedFault(decoded: string, { username, password }: Credential): EntryFault | undefined {
  const colon = decoded.indexOf(':');
  if (colon < 0) {
    return refusing("'auth' is base64, but not of 'user:token'");
  }
  if (colon === 0) {
    return skipping("'auth' has an empty user name");
  }
  if (holdsControl(decoded)) {
    return skipping("a line break or another control character is in 'auth'");
  }
  if (typeof username === 'string' && username.includes(':')) {
    return skipping('a colon is in the user name; kubelet takes what follows it for the token');
  }
  return agrees(username, decoded.slice(0, colon)) && agrees(password, decoded.slice(colon + 1))
    ? undefined
    : skipping("'auth' holds another user or token than 'username' and 'password'");
}

/** Whether a field beside `auth` is left out, not known here, or the same. */
function agrees(field: unknown, decoded: string): boolean {
  return (
    typeof field !== 'string' || field === decoded || field.includes(WRITTEN) || isStandIn(field)
  );
}

function holdsControl(value: unknown): boolean {
  // eslint-disable-next-line no-control-regex
  return typeof value === 'string' && /[\u0000-\u001f\u007f]/.test(value);
}

/** Whether an entry writes a credential out, instead of an expression or a placeholder. */
export function entryHoldsSecret(entry: unknown): boolean {
  return (
    isMap(entry) &&
    [entry.auth, entry.password, entry.identitytoken].some(
      (value) => typeof value === 'string' && !value.includes(WRITTEN) && !isStandIn(value),
    )
  );
}
