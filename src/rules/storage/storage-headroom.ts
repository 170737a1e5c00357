import { quote } from '../../declaration/problem';
import { formatSize, giteaSize } from '../../declaration/size';
import type { Cursor } from '../cursor';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { AppIniView } from './app-ini-view';
import { dataVolumes } from './data-volume';
import { packageStore } from './package-store';
import { quantityValue } from './quantity';

/** REG710: each layer is written twice before it is final, beside git, LFS and everything else. */
export const storageHeadroom: Rule = {
  code: 'REG710',
  slug: 'storage-headroom',
  title: 'the data volume has room for twice the largest layer and stays below 80 %',
  severity: 'warning',
  why: "an upload is written to a temporary folder and then once more into the store, on the same volume as git and LFS; the chart's default is 10Gi for all of it",
  shows: [
    'docker push: `500 Internal Server Error` on the PUT of a large layer',
    'Gitea log: `write /data/tmp/package-upload/…: no space left on device`',
  ],
  fix: 'expand the claim (`persistence.size` and the claim itself), or move packages to an object store',
  unseen:
    'the registry does not tell how full its volume is; an upload that fails for want of room shows as a failed step of `smoke`, and the volume itself only in the cluster',
  links: [
    'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
  ],
  judgeRegistry: (registry) => {
    const layer = registry.declaration?.limits.largestLayer;
    return layer === undefined ? [] : smallVolumes(registry, layer);
  },
};

function smallVolumes(registry: RegistryView, layer: string): Violation[] {
  const ini = new AppIniView(registry.settings);
  const store = packageStore(ini);
  const isElsewhere =
    registry.declaration?.objectStorage !== undefined ||
    (store.kind === 'store' && store.type !== 'local');
  // With an object store only the temporary copy lies on the volume.
  const copies = isElsewhere ? 1 : 2;
  const needed = copies * giteaSize(layer);
  return sizesOf(registry, ini)
    .filter((at) => (quantityValue(at.scalar ?? '') ?? needed) < needed)
    .map((at) => ({
      at,
      observed: `a volume of ${quote(at.scalar)} for layers of up to ${quote(layer)}`,
      expected: `at least ${formatSize(needed)}, ${copies === 2 ? 'twice' : 'once'} the largest layer, beside everything else on the volume`,
    }));
}

/** Where the size of the data volume stands: rendered claims before values before the declaration. */
function sizesOf(registry: RegistryView, ini: AppIniView): Cursor[] {
  const claims = claimSizes(registry, ini).filter(({ exists }) => exists);
  if (claims.length > 0) {
    return claims;
  }
  const sizes = registry.values.map(({ root }) => root.get('persistence', 'size'));
  return [sizes.findLast(({ exists }) => exists) ?? registry.declared('storage', 'size')];
}

function claimSizes(registry: RegistryView, ini: AppIniView): Cursor[] {
  const { estate, declaration } = registry;
  const volumes = dataVolumes(registry, ini);
  const named: readonly (readonly [namespace: string, claim: string | undefined])[] = [
    [declaration?.release.namespace ?? '', declaration?.storage?.claim],
    ...volumes.map(({ workload, claim }) => [workload.namespace, claim] as const),
  ];
  const claims = named.flatMap(([namespace, claim]) =>
    claim === undefined
      ? []
      : (estate.object('PersistentVolumeClaim', namespace, claim)?.root ?? []),
  );
  return [...claims, ...volumes.map(({ at }) => at)].map((claim) =>
    claim.get('spec', 'resources', 'requests', 'storage'),
  );
}
