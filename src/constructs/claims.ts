import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { PullSecretDeclaration } from '../declaration/model';
import { refuse } from '../declaration/problem';

/** What only one registry, or one object, of an app can have, with the code of the truth a second one would break. */
const CODES = {
  /** `Kind namespace/name` of an object it renders: of two with one name, the last one applied wins. */
  object: 'REG660',
  /** `namespace/name` of the release it describes. */
  release: 'REG630',
  /** Public name whose `/v2` it routes. */
  'route of /v2 on': 'REG214',
  /** `namespace/name` of the TLS secret it makes a certificate for. */
  'certificate for': 'REG550',
  /** `namespace/name` of the HelmChartConfig it writes whole. */
  HelmChartConfig: 'REG651',
  /** `namespace/name` of the pull secret it makes. */
  'pull secret': 'REG540',
  /** Name of the pull secret it makes in many namespaces. */
  'cluster-wide pull secret': 'REG540',
} as const;

/** Registries of each app, by what they have. */
const claims = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Remembers what a registry has. It may claim the same again: a call that was refused later can be repeated.
 *
 * @throws DeclarationError when another registry of the same app has it already; both are named
 */
export function claim(registry: IConstruct, what: keyof typeof CODES, value: string): void {
  const { root } = registry.node;
  const known = claims.get(root) ?? new Map<string, IConstruct>();
  claims.set(root, known);
  const key = `${what} ${value}`;
  const first = known.get(key);
  if (first && first !== registry) {
    refuse(
      what,
      value,
      `is declared by '${first.node.path}' and again by '${registry.node.path}': only one can have it`,
      CODES[what],
    );
  }
  known.set(key, registry);
}

/**
 * Remembers the names of what was rendered below a construct.
 *
 * @throws DeclarationError REG660 when a registry of the same app renders an object of that kind and name already
 */
export function claimObjects(scope: IConstruct): void {
  for (const object of scope.node.findAll().filter(ApiObject.isApiObject)) {
    const { namespace } = object.metadata;
    claim(object, 'object', `${object.kind} ${namespace ? `${namespace}/` : ''}${object.name}`);
  }
}

/**
 * Remembers the pull secret a registry renders something for. Secrets that others make may hold the credentials of
 * several registries.
 *
 * @throws DeclarationError when another registry of the same app makes it already
 */
export function claimPullSecret(registry: IConstruct, secret: PullSecretDeclaration): void {
  if (secret.source === 'external-secret') {
    claim(registry, 'pull secret', `${secret.namespace}/${secret.secretName}`);
  }
  if (secret.source === 'cluster-external-secret') {
    claim(registry, 'cluster-wide pull secret', secret.secretName);
  }
}
