import { stringify } from 'yaml';
import type { Credential } from '../../client/http/credential';
import type { RegistryTarget } from '../../client/target';
import { NAMESPACE, OBJECT_NAME } from '../../declaration/kubernetes-name';
import { LABELS, TOKEN_SCOPES_ANNOTATION } from '../../declaration/labels';
import { checked } from '../../declaration/parse';
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

/** Options of `pull-secret`. */
export interface PullSecretOptions extends ServerOptions {
  /** `json`: the docker config alone; `yaml`: the Secret around it. */
  readonly output: 'json' | 'yaml';
  /** Name of the Secret. */
  readonly name: string;
  /** Its namespace. @default - the one kubectl uses */
  readonly namespace?: string;
  /** Whether the registry is asked if the token is good. @default true */
  readonly check?: boolean;
  readonly outputFile?: string;
}

/**
 * `gitea-registry pull-secret`: the docker config kubelet pulls with, once the registry took the token.
 *
 * @throws CommandError (exit 2) without a token, and where a terminal would show it
 */
export async function pullSecret(options: PullSecretOptions, io: Io): Promise<void> {
  const name = checked(text(OBJECT_NAME), options.name, '--name');
  const namespace =
    options.namespace === undefined
      ? undefined
      : checked(text(NAMESPACE), options.namespace, '--namespace');
  if (options.outputFile === undefined && io.outIsTerminal) {
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
    const result =
      options.output === 'yaml' ? secretYaml({ name, namespace, config, token }) : config;
    await giveResult(result, options.outputFile, io, { isSecret: true });
    if (options.output === 'json' && options.outputFile !== undefined) {
      io.err(`hint: ${createCommand(name, namespace, options.outputFile)}\n`);
    }
  });
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

interface SecretParts {
  readonly name: string;
  readonly namespace?: string;
  readonly config: string;
  readonly token: IssuedToken;
}

function secretYaml({ name, namespace, config, token: { scopes = [] } }: SecretParts): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: LABELS,
      ...(scopes.length > 0 && {
        annotations: { [TOKEN_SCOPES_ANNOTATION]: scopes.join(',') },
      }),
    },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(config).toString('base64') },
  });
}

function createCommand(name: string, namespace: string | undefined, file: string): string {
  const place = namespace === undefined ? '' : ` -n ${namespace}`;
  // What a shell would read as something else is left for the user to quote.
  const word = /^[\w./-]+$/.test(file) ? file : 'FILE';
  return `kubectl create secret generic ${name}${place} --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=${word}`;
}
