import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quote } from '../../declaration/problem';
import { CommandError } from '../exit';
import type { Io } from '../io';

/** Any JSON object. */
export type JsonObject = { readonly [name: string]: unknown };

/** A file of docker's `config.json` form (docker CLI `configfile.ConfigFile`; podman's auth.json is the same). */
export interface DockerConfigFile {
  readonly path: string;
  /** Empty where there is no file. */
  readonly content: JsonObject;
}

/** User name and secret of one entry. */
export interface Login {
  readonly user: string;
  readonly secret: string;
}

/** Where docker keeps its `config.json`; undefined without a home. */
export function dockerConfigPath({ env }: Io): string | undefined {
  const home = env.HOME || env.USERPROFILE;
  const folder = env.DOCKER_CONFIG || (home && join(home, '.docker'));
  return folder ? join(folder, 'config.json') : undefined;
}

/** Where podman and skopeo keep theirs (containers-auth.json(5)). */
export function podmanAuthPath({ env }: Io): string | undefined {
  return (
    env.REGISTRY_AUTH_FILE ||
    (env.XDG_RUNTIME_DIR ? join(env.XDG_RUNTIME_DIR, 'containers/auth.json') : undefined)
  );
}

/**
 * Reads such a file.
 *
 * @throws CommandError (exit 2) when it cannot be read or is no JSON object; no part of it is shown
 */
export async function readDockerConfigFile(path: string): Promise<DockerConfigFile> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') {
      return '{}';
    }
    throw new CommandError(`${quote(path)} cannot be read: ${cause.code}`, undefined, { cause });
  });
  const content = text.trim() === '' ? {} : parsed(text);
  if (
    !isObject(content) ||
    !['auths', 'credHelpers'].every((key) => isObject(content[key] ?? {}))
  ) {
    throw new CommandError(`${quote(path)} is no docker config: mend it or move it away`);
  }
  return { path, content };
}

/**
 * The login of a host that stands in the file itself, below its own key: `host[:port]`, or an old key with scheme and
 * path (docker CLI `ConvertToHostname`). A key of podman with an owner is for that owner only.
 */
export function storedLogin({ content }: DockerConfigFile, host: string): Login | undefined {
  const auths = (content.auths ?? {}) as JsonObject;
  const key = [host, ...Object.keys(auths)].find(
    (each) => isObject(auths[each]) && (each === host || hostOfOldKey(each) === host),
  );
  return key === undefined ? undefined : loginOf(auths[key] as JsonObject);
}

/** Program that keeps the login of a host (`docker-credential-NAME`): its own, else the one of all hosts. */
export function helperFor({ content }: DockerConfigFile, host: string): string | undefined {
  const own = (content.credHelpers as JsonObject | undefined)?.[host];
  const name = own ?? content.credsStore;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hostOfOldKey(key: string): string | undefined {
  return /^https:\/\/([^/]+)(\/|\/v[12]\/?)?$/.exec(key)?.[1];
}

function loginOf({ auth, username, password }: JsonObject): Login | undefined {
  if (typeof auth === 'string' && auth !== '') {
    const text = Buffer.from(auth, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    // docker pads the decoded text with zero bytes.
    const secret = text.slice(colon + 1).replace(/\0+$/, '');
    return colon > 0 && secret !== '' ? { user: text.slice(0, colon), secret } : undefined;
  }
  return typeof username === 'string' && typeof password === 'string' && username && password
    ? { user: username, secret: password }
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
