import type { PullSecretDeclaration, RegistryDeclaration } from '../../declaration/model';
import type { Section } from './markdown';
import { code, shell, table } from './markdown';

/** The command that makes a pull secret from a docker `config.json`; no token stands in an argument. */
function createCommand(name: string, namespace: string): string {
  return `kubectl create secret generic ${name} -n ${namespace} --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=FILE`;
}

/** A strategic merge patch: the list is merged by name, so other pull secrets stay. */
function patchCommand(account: string, { namespace, secretName }: PullSecretDeclaration): string {
  return `kubectl patch serviceaccount ${account} -n ${namespace} -p '{"imagePullSecrets":[{"name":"${secretName}"}]}'`;
}

function made({ source }: PullSecretDeclaration): string {
  return source === 'external-secret' ? 'External Secrets Operator' : 'by hand, see below';
}

function carried({ serviceAccount }: PullSecretDeclaration): string {
  if (!serviceAccount) {
    return '`imagePullSecrets` of the pod';
  }
  return `ServiceAccount ${code(serviceAccount.name)}${serviceAccount.create ? ' (rendered)' : ' (patch below)'}`;
}

/** Pull secrets: what is declared, how to make one, which ServiceAccounts to patch. */
export function pullSecretsSection({ host, pullSecrets }: RegistryDeclaration): Section {
  const manual = pullSecrets.filter((secret) => secret.source === 'existing');
  const commands = manual.map(({ secretName, namespace }) => createCommand(secretName, namespace));
  const patches = pullSecrets.flatMap((secret) =>
    secret.serviceAccount && !secret.serviceAccount.create
      ? [patchCommand(secret.serviceAccount.name, secret)]
      : [],
  );
  return {
    title: 'Pull secrets',
    lines: [
      ...(pullSecrets.length === 0
        ? ['None is declared. A namespace that pulls images of a non-public owner needs one.']
        : table(
            ['Consumer', 'Namespace', 'Secret', 'Made', 'Used through'],
            pullSecrets.map((secret) => [
              secret.id,
              code(secret.namespace),
              code(secret.secretName),
              made(secret),
              carried(secret),
            ]),
          )),
      '',
      'FILE is the docker `config.json` the first command writes; run it in a folder outside any repository:',
      '',
      ...shell(
        `docker --config ./pull login ${host} --username USER --password-stdin < token.txt  # FILE is ./pull/config.json`,
        ...(commands.length > 0 ? commands : [createCommand('NAME', 'NAMESPACE')]),
      ),
      '',
      `Its \`auths\` must hold an \`auth\` below exactly \`${host}\` (where docker uses a credential helper the file is`,
      'empty: configure none for that folder). Pods made before the secret do not get it; recreate them.',
      ...(patches.length === 0
        ? []
        : [
            '',
            'ServiceAccounts that exist already and are not ours to render:',
            '',
            ...shell(...patches),
          ]),
    ],
  };
}
