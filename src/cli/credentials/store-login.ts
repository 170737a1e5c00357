import { mkdir, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { quote } from '../../declaration/problem';
import { CommandError } from '../exit';
import type { Io } from '../io';
import { giveResult } from '../result';
import { storeInHelper } from './credential-helper';
import type { DockerConfigFile, JsonObject, Login } from './docker-config';
import { dockerConfigPath, helperFor, isObject, readDockerConfigFile } from './docker-config';

/**
 * Keeps a login where docker, kubectl's tools and this command find it: in docker's `config.json`, or with the credential
 * helper that file names. Everything else in the file stays.
 *
 * @param host `host[:port]`, the key of the entry
 * @throws CommandError when the file or the helper does not take it; the file stays as it was
 */
export async function storeLogin(
  host: string,
  login: Login,
  io: Io,
  signal?: AbortSignal,
): Promise<void> {
  const path = dockerConfigPath(io);
  if (path === undefined) {
    throw new CommandError('there is no home folder to keep the login in: set DOCKER_CONFIG');
  }
  const file = await readDockerConfigFile(path);
  const helper = helperFor(file, host);
  if (helper) {
    await storeInHelper(helper, host, login, io, signal);
    io.err(
      `the token is kept by 'docker-credential-${helper}', as ${quote(path)} says; that file names the host only\n`,
    );
  }
  const kept = helper
    ? {}
    : { auth: Buffer.from(`${login.user}:${login.secret}`).toString('base64') };
  await writeEntry(file, host, kept, io);
}

/** Parts of an entry that are a login. */
const LOGIN_FIELDS = ['auth', 'username', 'password', 'identitytoken', 'registrytoken'];

async function writeEntry(
  { path, content }: DockerConfigFile,
  host: string,
  kept: JsonObject,
  io: Io,
): Promise<void> {
  const auths = (content.auths ?? {}) as JsonObject;
  const before = isObject(auths[host]) ? Object.entries(auths[host]) : [];
  const others = before.filter(([name]) => !LOGIN_FIELDS.includes(name));
  const entry = { ...Object.fromEntries(others), ...kept };
  const changed = { ...content, auths: { ...auths, [host]: entry } };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // A link to a file of dotfiles stays a link.
  const target = await realpath(path).catch(() => path);
  await giveResult(`${JSON.stringify(changed, undefined, '\t')}\n`, target, io, { isSecret: true });
}
