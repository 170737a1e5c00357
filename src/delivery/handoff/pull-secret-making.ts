import type {
  NamespacedPullSecretDeclaration,
  NodePullSecretDeclaration,
  ReflectedPullSecretDeclaration,
  RegistryDeclaration,
  SealedPullSecretDeclaration,
  SopsPullSecretDeclaration,
} from '../../declaration/model';
import { copiesOf, copyAnnotations } from '../../declaration/pull-secret-copies';
import type { SecretPlace } from '../../declaration/pull-secret-reach';
import { isNamespaced, nodeCredentials } from '../../declaration/pull-secret-reach';
import { shellWord } from '../../declaration/shell-word';
import { code, shell } from './markdown';

/** What people do beside this package so that the declared pull secrets come about, by strategy; paragraphs of the page. */
export function makingPullSecrets(declaration: RegistryDeclaration): string[] {
  return [
    ...labelling(declaration),
    ...sealing(declaration),
    ...encrypting(declaration),
    ...copying(declaration),
    ...nodeCredentials(declaration).flatMap((node) => writingOnNodes(declaration, node)),
  ];
}

function labelling({ pullSecrets }: RegistryDeclaration): string[] {
  const commands = pullSecrets.flatMap((secret) =>
    secret.source === 'cluster-external-secret' && secret.namespaceLabels
      ? [labelCommand(secret.namespaceLabels)]
      : [],
  );
  return block(
    ['A namespace gets the Secret of a ClusterExternalSecret with its label:'],
    shellOf(commands),
  );
}

function labelCommand(labels: { readonly [label: string]: string }): string {
  const words = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return `kubectl label namespace NAMESPACE ${words.join(' ')}`;
}

/** Makes the secret once the registry took the token; no token stands in an argument. */
function makingCommand(
  { host }: RegistryDeclaration,
  { secretName, namespace }: NamespacedPullSecretDeclaration,
): string {
  return `gitea-registry pull-secret --registry ${host} --user USER --token-file token.txt --name ${secretName} --namespace ${namespace}`;
}

function sealing(declaration: RegistryDeclaration): string[] {
  const sealed = declaration.pullSecrets.filter(
    (secret): secret is SealedPullSecretDeclaration => secret.source === 'sealed-secret',
  );
  return block(
    [
      'Sealed files are committed; `kubeseal --fetch-cert > cert.pem` gives the public certificate of the cluster. To make',
      'one, or renew it with a new token:',
    ],
    shellOf(
      sealed.map(
        (secret) =>
          `${makingCommand(declaration, secret)} --seal cert.pem --output-file ${secret.file}`,
      ),
    ),
  );
}

function encrypting(declaration: RegistryDeclaration): string[] {
  const encrypted = declaration.pullSecrets.filter(
    (secret): secret is SopsPullSecretDeclaration => secret.source === 'sops-file',
  );
  return block(
    [
      'SOPS files are committed; the keys come from the `creation_rules` of the repository (`.sops.yaml`). To make one, or',
      'renew it with a new token:',
    ],
    shellOf(
      encrypted.map(
        (secret) =>
          `${makingCommand(declaration, secret)} --output yaml | sops encrypt --encrypted-regex '^(data|stringData)$' --filename-override ${secret.file} --output ${secret.file} /dev/stdin`,
      ),
    ),
  );
}

/** A Secret that is copied, with what asks for the copies. */
interface CopySource extends SecretPlace {
  readonly annotations: { readonly [annotation: string]: string };
  /** What makes the Secret, where that is declared. */
  readonly maker?: NamespacedPullSecretDeclaration;
}

function sourceOf({ fromNamespace, secretName }: ReflectedPullSecretDeclaration): SecretPlace {
  return { namespace: fromNamespace, name: secretName };
}

function copySources(declaration: RegistryDeclaration): CopySource[] {
  const places = new Map(
    declaration.pullSecrets.flatMap((secret) =>
      secret.source === 'reflected'
        ? [[`${secret.fromNamespace}/${secret.secretName}`, sourceOf(secret)] as const]
        : [],
    ),
  );
  return [...places.values()].map((place) => {
    const maker = declaration.pullSecrets
      .filter(isNamespaced)
      .find(
        ({ namespace, secretName }) => namespace === place.namespace && secretName === place.name,
      );
    return {
      ...place,
      annotations: copyAnnotations(copiesOf(declaration, place)),
      ...(maker && { maker }),
    };
  });
}

/** An ExternalSecret of ours carries the annotations itself. */
function copying(declaration: RegistryDeclaration): string[] {
  return copySources(declaration).flatMap((source) => {
    const { namespace, name, annotations, maker } = source;
    const secret = code(`${namespace}/${name}`);
    if (maker?.source === 'external-secret') {
      return [];
    }
    return maker && 'file' in maker
      ? block(
          [`Copies of ${secret} are asked for by ${annotationPlace(maker)}:`],
          yaml(Object.entries(annotations).map(([key, value]) => `${key}: "${value}"`)),
        )
      : block(
          [
            `Copies of ${secret} are asked for by annotations. Where something makes that Secret, they belong there:`,
          ],
          shell(annotateCommand(source)),
        );
  });
}

function annotationPlace(maker: SealedPullSecretDeclaration | SopsPullSecretDeclaration): string {
  return maker.source === 'sealed-secret'
    ? `\`spec.template.metadata.annotations\` of ${code(maker.file)}`
    : `\`metadata.annotations\` of ${code(maker.file)} (edit it with \`sops\`, which signs the whole file)`;
}

function annotateCommand({ namespace, name, annotations }: CopySource): string {
  const words = Object.entries(annotations).map(([key, value]) => shellWord(`${key}=${value}`));
  return `kubectl annotate secret ${name} -n ${namespace} --overwrite ${words.join(' ')}`;
}

/** k3s and RKE2 read the file when they start. */
function writingOnNodes(
  { host }: RegistryDeclaration,
  { distribution }: NodePullSecretDeclaration,
): string[] {
  const [server, agent] =
    distribution === 'k3s' ? ['k3s', 'k3s-agent'] : ['rke2-server', 'rke2-agent'];
  return block(
    [
      `Each node has the credential in ${code(`/etc/rancher/${distribution}/registries.yaml`)} (owner root, mode 0600), in the clear; all pods of`,
      'the node pull with it, whatever their namespace. USER and TOKEN are those of an account that reads packages only:',
    ],
    yaml([
      'configs:',
      `  "${host}":`,
      '    auth:',
      '      username: USER',
      '      password: TOKEN',
    ]),
    ['', 'It is read at the start:', ''],
    shell(`systemctl restart ${server}  # on agents: ${agent}`),
  );
}

function shellOf(commands: readonly string[]): string[] {
  return commands.length === 0 ? [] : shell(...commands);
}

function yaml(lines: readonly string[]): string[] {
  return ['```yaml', ...lines, '```'];
}

/** A paragraph with what follows it; nothing where nothing follows. */
function block(
  words: readonly string[],
  body: readonly string[],
  ...more: readonly (readonly string[])[]
): string[] {
  return body.length === 0 ? [] : ['', ...words, '', ...body, ...more.flat()];
}
