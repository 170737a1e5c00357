import type {
  ClusterPullSecretDeclaration,
  NamespacedPullSecretDeclaration,
  PullSecretDeclaration,
  RegistryDeclaration,
} from '../../declaration/model';
import { isNamespaced } from '../../declaration/pull-secret-reach';
import type { Section } from './markdown';
import { code, shell, table } from './markdown';
import { makingPullSecrets } from './pull-secret-making';

/** The command that makes a pull secret from a docker `config.json`; no token stands in an argument. */
function createCommand(name: string, namespace: string): string {
  return `kubectl create secret generic ${name} -n ${namespace} --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=FILE`;
}

/** A strategic merge patch: the list is merged by name, so other pull secrets stay. */
function patchCommand(
  account: string,
  { namespace, secretName }: NamespacedPullSecretDeclaration,
): string {
  return `kubectl patch serviceaccount ${account} -n ${namespace} -p '{"imagePullSecrets":[{"name":"${secretName}"}]}'`;
}

function row(secret: PullSecretDeclaration): string[] {
  return [secret.id, placed(secret), named(secret), made(secret), carried(secret)];
}

function placed(secret: PullSecretDeclaration): string {
  return isNamespaced(secret)
    ? code(secret.namespace)
    : secret.source === 'node-registries'
      ? 'all'
      : selected(secret);
}

function selected({ namespaceLabels = {}, namespaces = [] }: ClusterPullSecretDeclaration): string {
  const labels = Object.entries(namespaceLabels).map(([name, value]) => code(`${name}: ${value}`));
  return [
    ...(labels.length > 0 ? [`all with ${labels.join(' and ')}`] : []),
    ...namespaces.map(code),
  ].join(', ');
}

function named(secret: PullSecretDeclaration): string {
  return 'secretName' in secret ? code(secret.secretName) : 'none';
}

function made(secret: PullSecretDeclaration): string {
  switch (secret.source) {
    case 'existing':
      return 'by hand, see below';
    case 'external-secret':
    case 'cluster-external-secret':
      return 'External Secrets Operator';
    case 'sealed-secret':
      return `SealedSecret in ${code(secret.file)}`;
    case 'sops-file':
      return `SOPS file ${code(secret.file)}`;
    case 'reflected':
      return `copy of ${code(`${secret.fromNamespace}/${secret.secretName}`)} by ${secret.by}`;
    case 'node-registries':
      return 'on each node, see below';
  }
}

function carried(secret: PullSecretDeclaration): string {
  if (secret.source === 'node-registries') {
    return 'the container runtime';
  }
  const account = isNamespaced(secret) ? secret.serviceAccount : undefined;
  return account
    ? `ServiceAccount ${code(account.name)}${account.create ? ' (rendered)' : ' (patch below)'}`
    : '`imagePullSecrets` of the pod';
}

/** Pull secrets: what is declared, how to make one, which ServiceAccounts to patch. */
export function pullSecretsSection(declaration: RegistryDeclaration): Section {
  const { host, pullSecrets } = declaration;
  const commands = pullSecrets.flatMap((secret) =>
    secret.source === 'existing' ? [createCommand(secret.secretName, secret.namespace)] : [],
  );
  const patches = pullSecrets
    .filter(isNamespaced)
    .flatMap((secret) =>
      secret.serviceAccount && !secret.serviceAccount.create
        ? [patchCommand(secret.serviceAccount.name, secret)]
        : [],
    );
  return {
    title: 'Pull secrets',
    lines: [
      ...(pullSecrets.length === 0
        ? ['None is declared. A namespace that pulls images of a non-public owner needs one.']
        : table(['Consumer', 'Namespace', 'Secret', 'Made', 'Used through'], pullSecrets.map(row))),
      ...makingPullSecrets(declaration),
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
