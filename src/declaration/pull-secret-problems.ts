import { isEncrypted } from './encrypted-file';
import type {
  ClusterPullSecretDeclaration,
  ReflectedPullSecretDeclaration,
  PullSecretDeclaration,
  RegistryDeclaration,
} from './model';
import type { Problem } from './problem';
import { isNamed, isNamespaced, namespacesOf } from './pull-secret-reach';
import { repeated } from './repeated';

/** What no single field of the pull secrets can say: names used twice, selections of all or nothing, files, copies. */
export function pullSecretProblems({ pullSecrets }: RegistryDeclaration): Problem[] {
  return [
    ...repeatedIds(pullSecrets),
    ...secondProducers(pullSecrets),
    ...repeatedAccounts(pullSecrets),
    ...tooManyClusterWide(pullSecrets),
    ...tooLong(pullSecrets),
    ...pullSecrets.flatMap((secret, index) => ownProblems(secret, index, pullSecrets)),
  ];
}

function repeatedIds(pullSecrets: readonly PullSecretDeclaration[]): Problem[] {
  return repeated(pullSecrets, (secret) => secret.id).map((index) => ({
    path: `pullSecrets[${index}].id`,
    value: pullSecrets[index].id,
    allowed: 'is used twice; give each pull secret its own id',
    code: 'REG660',
  }));
}

/** One producer makes one secret: by namespace and name, a cluster-wide one in every namespace it names. */
function secondProducers(pullSecrets: readonly PullSecretDeclaration[]): Problem[] {
  const places = pullSecrets.flatMap((secret, index) =>
    isNamed(secret)
      ? [
          ...(isNamespaced(secret) ? [] : [`every namespace`]),
          ...new Set(namespacesOf(secret).map((namespace) => `namespace '${namespace}'`)),
        ].map((place) => ({ index, place, value: secret.secretName }))
      : [],
  );
  return repeated(places, ({ place, value }) => `${place} ${value}`).map((at) => ({
    path: `pullSecrets[${places[at].index}].secretName`,
    value: places[at].value,
    allowed: `is declared twice in ${places[at].place}; one producer makes one secret`,
    code: 'REG540',
  }));
}

function repeatedAccounts(pullSecrets: readonly PullSecretDeclaration[]): Problem[] {
  const created = pullSecrets.flatMap((secret, index) =>
    isNamespaced(secret) && secret.serviceAccount?.create
      ? [{ index, namespace: secret.namespace, name: secret.serviceAccount.name }]
      : [],
  );
  return repeated(created, ({ namespace, name }) => `${namespace}/${name}`).map((at) => ({
    path: `pullSecrets[${created[at].index}].serviceAccount.name`,
    value: created[at].name,
    allowed: `is created twice in namespace '${created[at].namespace}'; give each pull secret its own ServiceAccount`,
    code: 'REG541',
  }));
}

/** Characters all pull secrets may hold as JSON, so that the whole fits a ConfigMap. */
const MOST_CHARACTERS = 200_000;

function tooLong(pullSecrets: readonly PullSecretDeclaration[]): Problem[] {
  const { length } = JSON.stringify(pullSecrets);
  return length > MOST_CHARACTERS
    ? [
        {
          path: 'pullSecrets',
          allowed: `hold ${length} characters; at most ${MOST_CHARACTERS} fit a ConfigMap beside the rest`,
          code: 'REG660',
        },
      ]
    : [];
}

const MOST_CLUSTER_WIDE = 5;

function tooManyClusterWide(pullSecrets: readonly PullSecretDeclaration[]): Problem[] {
  const { length } = pullSecrets.filter(({ source }) => source === 'cluster-external-secret');
  return length > MOST_CLUSTER_WIDE
    ? [
        {
          path: 'pullSecrets',
          allowed: `hold ${length} cluster-wide ones; at most ${MOST_CLUSTER_WIDE} are allowed: one serves every namespace with its label`,
          code: 'REG660',
        },
      ]
    : [];
}

function ownProblems(
  secret: PullSecretDeclaration,
  index: number,
  all: readonly PullSecretDeclaration[],
): Problem[] {
  const path = `pullSecrets[${index}]`;
  switch (secret.source) {
    case 'cluster-external-secret':
      return selectionProblems(secret, path);
    case 'sops-file':
      return isEncrypted(secret.file)
        ? []
        : [
            {
              path: `${path}.file`,
              value: secret.file,
              allowed:
                "must end with '.sops.yaml': tools decrypt by that name, and one without it may be committed in the clear",
              code: 'REG544',
            },
          ];
    case 'reflected':
      return copyProblems(secret, path, all);
    default:
      return [];
  }
}

/** An empty label selector takes every namespace (meta/v1 LabelSelector), and nothing at all takes none. */
function selectionProblems(
  { namespaceLabels, namespaces = [] }: ClusterPullSecretDeclaration,
  path: string,
): Problem[] {
  if (namespaceLabels && Object.keys(namespaceLabels).length === 0) {
    return [
      {
        path: `${path}.namespaceLabels`,
        allowed:
          "is empty and would give the credential to every namespace: name a label, such as 'registry-pull'",
        code: 'REG545',
      },
    ];
  }
  return namespaceLabels || namespaces.length > 0
    ? []
    : [
        {
          path: `${path}.namespaces`,
          allowed: 'selects no namespace: name some, or a label they have in namespaceLabels',
          code: 'REG545',
        },
      ];
}

/** The controllers copy into other namespaces only, and copy no copies. */
function copyProblems(
  { namespace, secretName, fromNamespace }: ReflectedPullSecretDeclaration,
  path: string,
  all: readonly PullSecretDeclaration[],
): Problem[] {
  const problem = (allowed: string): Problem[] => [
    { path: `${path}.fromNamespace`, value: fromNamespace, allowed, code: 'REG540' },
  ];
  if (namespace === fromNamespace) {
    return problem(
      'is the namespace of the copy: name the Secret itself with PullSecret.fromSecretName',
    );
  }
  const isSource = (secret: PullSecretDeclaration): boolean =>
    isNamed(secret) &&
    secret.secretName === secretName &&
    namespacesOf(secret).includes(fromNamespace);
  const source = all.find(isSource)?.source;
  if (source === 'reflected') {
    return problem('holds a copy: name the namespace of the Secret it is made of');
  }
  return source === 'cluster-external-secret'
    ? problem(
        'holds one of many Secrets of a ClusterExternalSecret: let that one select this namespace',
      )
    : [];
}
