import type { Cursor } from '../cursor';
import type { RegistryView } from '../registry-view';

/** An image of a registry, as a workload or the declaration names it. */
export interface HostedReference {
  /** What follows the host, without tag and digest. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly at: Cursor;
}

/** Images of this registry: of workloads, then the declared verified ones. */
export function hostedReferences(registry: RegistryView): readonly HostedReference[] {
  return registry.remember('hosted references', () => {
    const { host, workloads, declaration } = registry;
    const used = workloads
      .flatMap(({ images }) => images)
      .filter((image) => image.host === host)
      .map(({ text, at }) => ({ ...partsOf(text.slice(`${host}/`.length)), at }));
    const verified = (declaration?.handoff.verifiedImages ?? []).map((image, index) => ({
      repository: image.repository,
      tag: image.tag,
      digest: image.digest,
      at: registry.declared('handoff', 'verifiedImages', index),
    }));
    return [...used, ...verified];
  });
}

/** Takes `owner/image:tag@digest` apart, whatever its parts hold. */
export function partsOf(path: string): Omit<HostedReference, 'at'> {
  const [name, digest] = splitAt(path, path.indexOf('@'));
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const [repository, tag] = splitAt(name, colon);
  return {
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

function splitAt(text: string, index: number): [before: string, after?: string] {
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
