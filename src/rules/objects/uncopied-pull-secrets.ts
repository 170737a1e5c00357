import type { ReflectedPullSecretDeclaration } from '../../declaration/model';
import type { SecretSource } from '../read/pull-secret';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import { sourcesOf } from './pull-secrets';

/** Kinds of which it is known how annotations come to their Secret. */
const ANNOTATED = ['Secret', 'ExternalSecret', 'SealedSecret'];

/** Pull secrets declared as copies whose source is rendered and asks for no copy in that namespace. */
export function uncopiedPullSecrets(registry: RegistryView): Violation[] {
  const { estate, declaration } = registry;
  return (declaration?.pullSecrets ?? [])
    .filter((secret) => secret.source === 'reflected')
    .flatMap((copy) => {
      const sources = sourcesOf(estate, { namespace: copy.fromNamespace, name: copy.secretName });
      return sources.length > 0 && sources.every((source) => keepsFrom(source, copy))
        ? [uncopied(sources[0], copy)]
        : [];
    });
}

function keepsFrom(
  { manifest, reaches }: SecretSource,
  { namespace }: ReflectedPullSecretDeclaration,
): boolean {
  return ANNOTATED.includes(manifest.kind) && reaches(namespace) === false;
}

function uncopied(
  { manifest }: SecretSource,
  { namespace, secretName, by }: ReflectedPullSecretDeclaration,
): Violation {
  return {
    at: manifest.root,
    observed: `nothing on Secret '${secretName}' lets ${by} copy it to namespace '${namespace}', where it is declared`,
    expected: `annotations of ${by} that name '${namespace}'`,
    fix: `put the annotations on what makes the Secret; the handoff page has them`,
  };
}
