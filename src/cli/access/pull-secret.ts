import { stringify } from 'yaml';
import type { Credential } from '../../client/http/credential';
import type { RegistryTarget } from '../../client/target';
import { NAMESPACE, OBJECT_NAME } from '../../declaration/kubernetes-name';
import { checked } from '../../declaration/checked';
import { text } from '../../declaration/schema';
import type { IssuedToken } from '../../operate/token/issued-token';
import { issueToken } from '../../operate/token/issued-token';
import { pullWarnings, requireScope } from '../../operate/token/package-scope';
import { CommandError } from '../exit';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import { giveResult } from '../result';
import { withConnection } from '../server/connect';
import type { SealingScope } from './seal';
import type { Sealing } from './sealed-secret';
import { sealedSecret } from './sealed-secret';
import { sealingKey } from './sealing-key';
import { secretManifest, secretObject } from './secret-object';

/** Options of `pull-secret`. */
export interface PullSecretOptions extends ServerOptions {
  /**
   * `json`: the docker config alone; `yaml`: the Secret around it. A sealed one is given whole in either.
   *
   * @default - `json`; `yaml` of a sealed one
   */
  readonly output?: 'json' | 'yaml';
  /** Name of the Secret. */
  readonly name: string;
  /** Its namespace. @default - the one kubectl uses */
  readonly namespace?: string;
  /** Whether the registry is asked if the token is good. @default true */
  readonly check?: boolean;
  readonly outputFile?: string;
  /** Certificate (PEM) of the sealed-secrets controller. @default - the secret is not sealed */
  readonly seal?: string;
  /** Where the sealed secret can be used. @default - strict */
  readonly scope?: SealingScope;
}

/**
 * `gitea-registry pull-secret`: the docker config kubelet pulls with, once the registry took the token.
 *
 * @throws CommandError (exit 2) without a token, where a terminal would show it, and for a certificate or namespace that
 *   cannot be sealed for
 */
export async function pullSecret(options: PullSecretOptions, io: Io): Promise<void> {
  const name = checked(text(OBJECT_NAME), options.name, '--name');
  const namespace =
    options.namespace === undefined
      ? undefined
      : checked(text(NAMESPACE), options.namespace, '--namespace');
  const sealing = await sealingOf(options, io);
  if (!sealing && options.outputFile === undefined && io.outIsTerminal) {
    throw new CommandError(
      'a secret is not printed to a terminal: write it to a file with -o FILE (only you may read it), or pipe it into kubectl',
    );
  }
  await withConnection(options, io, async ({ target, host }) => {
    const { credential } = target;
    if (!credential) {
      throw new CommandError(
        `there is no token for '${host}' to make a pull secret of: give GITEA_REGISTRY_TOKEN, --token-file or --token-stdin`,
      );
    }
    const token = options.check === false ? {} : await tryToken(target, io);
    const config = dockerConfig(host, credential);
    const secret = secretObject({ name, namespace, config, token });
    if (sealing) {
      const sealed = sealedSecret(secret, sealing);
      const shown =
        options.output === 'json'
          ? jsonText(sealed)
          : stringify(sealed, { aliasDuplicateObjects: false });
      return giveResult(shown, options.outputFile, io);
    }
    const result = options.output === 'yaml' ? stringify(secretManifest(secret)) : config;
    await giveResult(result, options.outputFile, io, { isSecret: true });
    if (options.output !== 'yaml' && options.outputFile !== undefined) {
      io.err(`hint: ${createCommand(name, namespace, options.outputFile)}\n`);
    }
  });
}

/** How to seal; undefined where that is not asked for. */
async function sealingOf(
  { seal: file, scope, namespace }: PullSecretOptions,
  io: Io,
): Promise<Sealing | undefined> {
  if (file === undefined) {
    if (scope !== undefined) {
      throw new CommandError(
        `--scope '${scope}' says where a sealed secret can be used: add --seal`,
      );
    }
    return undefined;
  }
  const sealing = { key: await sealingKey(file, io), scope: scope ?? 'strict' };
  if (namespace === undefined && sealing.scope !== 'cluster-wide') {
    throw new CommandError(
      `a secret sealed with --scope '${sealing.scope}' opens in its own namespace only: give --namespace`,
    );
  }
  return sealing;
}

async function tryToken(target: RegistryTarget, io: Io): Promise<IssuedToken> {
  const token = await issueToken(target);
  requireScope(token, 'read', `pull from '${target.origin.host}'`);
  pullWarnings(token).forEach((warning) =>
    io.err(`warning: the token is more than a pull secret needs: ${warning}\n`),
  );
  return token;
}

/** kubelet takes `auth` where it stands (kubernetes/pkg/credentialprovider/config.go); people read the user name. */
function dockerConfig(host: string, { user, secret }: Credential): string {
  const auth = Buffer.from(`${user}:${secret}`).toString('base64');
  return jsonText({ auths: { [host]: { username: user, password: secret, auth } } });
}

function createCommand(name: string, namespace: string | undefined, file: string): string {
  const place = namespace === undefined ? '' : ` -n ${namespace}`;
  // What a shell would read as something else is left for the user to quote.
  const word = /^[\w./-]+$/.test(file) ? file : 'FILE';
  return `kubectl create secret generic ${name}${place} --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=${word}`;
}
