import type { Grammar } from './grammar';
import { OBJECT_NAME } from './kubernetes-name';
import type { RegistryDeclaration } from './model';
import type { Problem } from './problem';
import { repeated } from './repeated';
import { list, object, oneOf, optional, text, yesOrNo } from './schema';

/** What restarts the pods when a source of settings changes: they read it once, at their start. */
export interface RestartDeclaration {
  /** Text that changes with the source; it stands among the annotations of the pods. */
  readonly hash?: string;
  /** Whether Reloader watches the source. */
  readonly reloader?: boolean;
}

/** A Secret with sections of app.ini in its keys; never a value of it. */
export interface ConfigSecretDeclaration extends RestartDeclaration {
  readonly name: string;
}

/** An entry of `gitea.additionalConfigSources` (both charts). */
export interface ConfigSourceDeclaration extends ConfigSecretDeclaration {
  readonly kind: 'Secret' | 'ConfigMap';
}

/** What a Secret of the declaration must hold: a data key called after the section, its lines `KEY=value`. */
export interface SecretContent {
  readonly secret: string;
  readonly section: string;
  readonly keys: readonly string[];
}

const HASH: Grammar = {
  allowed:
    "must be a text that changes with the Secret, such as its version in the store: letters, digits, '.', '_', ':' and '-', at most 128",
  code: 'REG623',
  pattern: /^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$/,
  maxLength: 128,
  holdsRevision: true,
};

/** A name that fits `checksum/NAME` (Kubernetes, "Annotations: Syntax and character set"). */
const SOURCE_NAME: Grammar = {
  ...OBJECT_NAME,
  allowed:
    "must be the name of a Secret or ConfigMap: lower-case letters, digits, '-' and '.', at most 63, as many as an annotation 'checksum/NAME' takes",
  code: 'REG623',
  maxLength: 63,
};

const restart = { hash: optional(text(HASH)), reloader: optional(yesOrNo) };

/** A Secret with sections of app.ini. */
export const configSecretSchema = object<ConfigSecretDeclaration>({
  name: text(SOURCE_NAME),
  ...restart,
});

/** The entries the values below the overlay list already. */
export const configSourcesSchema = list(
  object<ConfigSourceDeclaration>({
    kind: oneOf<ConfigSourceDeclaration['kind']>('Secret', 'ConfigMap'),
    name: text(SOURCE_NAME),
    ...restart,
  }),
  20,
);

/** Name of a source among others: kind and name. */
function sourceName({ kind, name }: ConfigSourceDeclaration): string {
  return `${kind} ${name}`;
}

/** Secrets this declaration itself needs, with the path of each; one Secret may serve twice. */
function ownSecrets({
  objectStorage,
  replicas,
}: RegistryDeclaration): { readonly path: string; readonly source: ConfigSourceDeclaration }[] {
  const secrets = [
    ['objectStorage.credentialsSecret', objectStorage?.credentialsSecret],
    ['replicas.redisSecret', replicas?.redisSecret],
  ] as const;
  return secrets.flatMap(([path, secret]) =>
    secret ? [{ path, source: { kind: 'Secret' as const, ...secret } }] : [],
  );
}

/**
 * The complete list `gitea.additionalConfigSources`: what the values list already, then our own Secrets, each once. Helm
 * replaces lists whole, so that the overlay must hold all of it.
 */
export function configSources(declaration: RegistryDeclaration): ConfigSourceDeclaration[] {
  const all = [
    ...(declaration.configSources ?? []),
    ...ownSecrets(declaration).map(({ source }) => source),
  ];
  // Later entries of one name add their trigger: both uses of one Secret restart the pods.
  const merged = new Map<string, ConfigSourceDeclaration>();
  for (const source of all) {
    merged.set(sourceName(source), { ...merged.get(sourceName(source)), ...source });
  }
  return [...merged.values()];
}

/** What no single source can say: listed twice, two hashes of one Secret. */
export function configSourceProblems(declaration: RegistryDeclaration): Problem[] {
  return [...listedTwice(declaration), ...differingHashes(declaration)];
}

function listedTwice(declaration: RegistryDeclaration): Problem[] {
  const { configSources: others = [] } = declaration;
  const own = new Set(ownSecrets(declaration).map(({ source }) => sourceName(source)));
  const again = new Set(repeated(others, sourceName));
  return others.flatMap((source, index) =>
    again.has(index) || own.has(sourceName(source))
      ? [
          {
            path: `configSources[${index}].name`,
            value: source.name,
            allowed:
              'is listed twice: list each source of the values below the overlay once, and no Secret of objectStorage or replicas',
            code: 'REG636',
          },
        ]
      : [],
  );
}

function differingHashes(declaration: RegistryDeclaration): Problem[] {
  const [first, second] = ownSecrets(declaration).filter(({ source }) => source.hash !== undefined);
  return second &&
    first.source.name === second.source.name &&
    first.source.hash !== second.source.hash
    ? [
        {
          path: `${second.path}.hash`,
          value: second.source.hash,
          allowed: `is not ${first.path}.hash: one Secret has one hash`,
          code: 'REG623',
        },
      ]
    : [];
}
