import type { Cursor } from '../cursor';
import { forgeOfImage } from '../read/forge-image';
import type { Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';

/** Whether pods on several nodes can mount a volume at once. */
export type Access = 'single' | 'shared';

/** Access modes as a list in an object or in values tells; undefined where it tells nothing. */
export function accessOf(modes: Cursor): Access | undefined {
  const texts = modes.items().map(({ text }) => text);
  if (texts.length === 0) {
    return undefined;
  }
  return texts.includes('ReadWriteMany') ? 'shared' : 'single';
}

/** A claim a forge's pod mounts. */
export interface MountedClaim {
  readonly claim: string;
  /** `persistentVolumeClaim` of the volume. */
  readonly at: Cursor;
  readonly access: Access | undefined;
  /** The list of access modes, where the claim is rendered. */
  readonly modes?: Cursor;
}

/** Claims among the volumes a forge's containers mount, with what is known of their access. */
export function mountedClaims(registry: RegistryView, workload: Workload): MountedClaim[] {
  const mounted = new Set(
    workload.pod
      .get('containers')
      .items()
      .filter((container) => forgeOfImage(container.get('image').text ?? ''))
      .flatMap((container) => container.get('volumeMounts').items())
      .map((mount) => mount.get('name').text),
  );
  return workload.pod
    .get('volumes')
    .items()
    .filter((volume) => mounted.has(volume.get('name').text))
    .flatMap((volume) => {
      const at = volume.get('persistentVolumeClaim');
      const claim = at.get('claimName').text;
      return claim === undefined ? [] : [{ claim, at, ...knownAccess(registry, workload, claim) }];
    });
}

function knownAccess(
  { estate, declaration }: RegistryView,
  { namespace }: Workload,
  claim: string,
): Pick<MountedClaim, 'access' | 'modes'> {
  const rendered = estate.object('PersistentVolumeClaim', namespace, claim);
  const modes = rendered?.root.get('spec', 'accessModes');
  const declared = declaration?.storage;
  const byDeclaration = declared?.claim === claim ? accessOfMode(declared.accessMode) : undefined;
  return { access: (modes && accessOf(modes)) ?? byDeclaration, ...(modes && { modes }) };
}

function accessOfMode(mode: string): Access {
  return mode === 'ReadWriteMany' ? 'shared' : 'single';
}

/** Access of the data volume as values or the declaration tell. */
export function valuesAccess({ values, declaration }: RegistryView): Access | undefined {
  const told = values.flatMap(({ root }) => accessOf(root.get('persistence', 'accessModes')) ?? []);
  return told.at(-1) ?? (declaration?.storage && accessOfMode(declaration.storage.accessMode));
}
