import type { PullSecretOptions } from './namespaced-pull-secret';
import { NamespacedPullSecret } from './namespaced-pull-secret';

/** A pull secret that stands encrypted in a repository. */
export interface CommittedPullSecretProps extends PullSecretOptions {
  /** Namespace of the pods that pull. */
  readonly namespace: string;

  /** Name of the Secret the file makes. */
  readonly name: string;

  /** Path of the file in its repository, as the handoff page shall name it. */
  readonly file: string;
}

/** A reference of a file: encryption differs from run to run, so a file is written by a command and never at synth. */
export function committedPullSecret(
  source: 'sealed-secret' | 'sops-file',
  props: CommittedPullSecretProps,
): NamespacedPullSecret {
  const { namespace, name, file } = props;
  const facts = { source, namespace, secretName: name, file };
  return new NamespacedPullSecret(facts, props);
}
