import { quote } from '../../../declaration/problem';
import type { Estate } from '../../../rules/estate';
import type { SecretSource } from '../../../rules/read/pull-secret';
import type { Standing } from './keyring';
import { standingOf } from './keyring';
import type { PullingPod } from './pulling-pods';

/** The credential kubelet takes for an image, or why it has none. */
export type Choice =
  | { readonly kind: 'has'; readonly secret: string }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'none';
      readonly code: string;
      readonly words: string;
      readonly fix?: string;
    };

const none = (code: string, words: string, fix?: string): Choice => ({
  kind: 'none',
  code,
  words,
  ...(fix !== undefined && { fix }),
});

/**
 * Which Secret of a pod kubelet takes for an image. It looks at those the pod names, in the namespace of the pod, and
 * nowhere else: what a ServiceAccount lists was copied into the pod when it was created.
 */
export function chosenCredential(
  estate: Estate,
  { namespace, pullSecrets, serviceAccount }: PullingPod,
  image: string,
): Choice {
  const named = pullSecrets.map((name) => ({ name, ...look(estate, namespace, name, image) }));
  const of = (kind: Standing['kind']): (typeof named)[number] | undefined =>
    named.find(({ standing }) => standing?.kind === kind);
  const [served, broken, near] = [of('serves'), of('form'), of('key')];
  if (served || of('opaque')) {
    return served ? { kind: 'has', secret: served.name } : { kind: 'unknown' };
  }
  if (broken || near) {
    const { name, standing } = (broken ?? near)!;
    return none(broken ? 'REG542' : 'REG543', `Secret ${quote(name)}: ${wordsOf(standing)}`);
  }
  const others = servingIn(estate, namespace, image).filter((name) => !pullSecrets.includes(name));
  if (others.length > 0) {
    return unreferenced(estate, { namespace, pullSecrets, serviceAccount }, others);
  }
  const absent = named.find(({ standing }) => standing === undefined);
  const foreign = of('foreign');
  return absent
    ? missing(absent.name, absent.maker)
    : foreign
      ? none(
          'REG543',
          `Secret ${quote(foreign.name)} has no key for the image: ${wordsOf(foreign.standing)}`,
        )
      : none('REG540', 'the pod names no pull secret, and its namespace has none for the host');
}

function wordsOf(standing: Standing | undefined): string {
  return standing && 'words' in standing ? standing.words : '';
}

interface Looked {
  /** Undefined where there is no such Secret. */
  readonly standing?: Standing;
  /** What should make it. */
  readonly maker?: SecretSource;
}

function look(estate: Estate, namespace: string, name: string, image: string): Looked {
  const sources = estate.sourcesOfSecret(namespace, name);
  const secret = sources.find((source) => isSecretIn(source, namespace));
  const [maker] = sources.filter(({ manifest }) => manifest.kind !== 'Secret');
  return { ...(secret && { standing: standingOf(secret, image) }), ...(maker && { maker }) };
}

function isSecretIn({ manifest }: SecretSource, namespace: string): boolean {
  return manifest.kind === 'Secret' && (manifest.namespace ?? 'default') === namespace;
}

/** Names of the Secrets in a namespace that hold a credential for an image. */
function servingIn(estate: Estate, namespace: string, image: string): string[] {
  const byNamespace = estate.remember('live secrets by namespace', () => {
    const found = new Map<string, SecretSource[]>();
    for (const source of estate.secretSources) {
      const { kind, namespace: own = 'default' } = source.manifest;
      if (kind === 'Secret' && source.hasKey === true) {
        found.set(own, [...(found.get(own) ?? []), source]);
      }
    }
    return found;
  });
  return (byNamespace.get(namespace) ?? [])
    .filter((source) => standingOf(source, image).kind === 'serves')
    .map(({ name }) => name);
}

/** The namespace has the right Secret, and the pod names another or none. */
function unreferenced(
  estate: Estate,
  {
    namespace,
    pullSecrets,
    serviceAccount,
  }: Pick<PullingPod, 'namespace' | 'pullSecrets' | 'serviceAccount'>,
  [right]: readonly string[],
): Choice {
  const account = estate.object('ServiceAccount', namespace, serviceAccount);
  const isListed = account?.root
    .get('imagePullSecrets')
    .items()
    .some((entry) => entry.get('name').text === right);
  if (pullSecrets.length > 0) {
    const names = pullSecrets.map((name) => quote(name)).join(', ');
    return none('REG541', `the pod names ${names}, and the Secret for the host is ${quote(right)}`);
  }
  return isListed
    ? none(
        'REG541',
        `the pod names no pull secret: its ServiceAccount lists ${quote(right)} since after the pod was created`,
        'delete the pod: the list of a ServiceAccount is copied when a pod is created',
      )
    : none('REG541', `the pod names no pull secret, and Secret ${quote(right)} is there`);
}

/** kubelet goes on without a Secret that is not there. */
function missing(name: string, maker: SecretSource | undefined): Choice {
  if (maker === undefined) {
    return none('REG540', `Secret ${quote(name)} is not in the namespace of the pod`);
  }
  const { kind, name: made } = maker.manifest;
  const isExternal = /ExternalSecret$/.test(kind);
  return none(
    isExternal ? 'REG545' : 'REG540',
    `Secret ${quote(name)} is not there: ${kind} ${quote(made)} has not made it`,
    `read the events of ${kind} ${made}, and mend what they name`,
  );
}
