import { isReady } from './conditions';
import type { KubeObject, Listing } from '../../cluster';
import { Cursor } from '../../rules/cursor';
import { forgeOfImage } from '../../rules/read/forge-image';
import type { Observation } from '../sight';
import { ownRelease } from './own-release';

/** The pods Gitea or Forgejo runs in. */
export interface ForgePods {
  /** The one to look into comes first: ready before others, then the youngest. */
  readonly pods: readonly KubeObject[];
  /** Why pods may be missing. */
  readonly missing?: Listing['missing'];
}

/** Pods of the registry's own release; without a known release those of any forge, when all are in one namespace. */
export const forgePods: Observation<ForgePods> = async (sight) => {
  const { cluster } = sight.request;
  if (cluster === undefined) {
    return { pods: [] };
  }
  const [release, { objects, missing }] = await Promise.all([
    sight.see(ownRelease),
    cluster.objects('pods'),
  ]);
  const forges = objects.filter(runsForge);
  const namespaces = new Set(forges.map(({ metadata }) => metadata.namespace));
  const pods = release
    ? ofRelease(forges, release.namespace, release.name)
    : namespaces.size === 1
      ? forges
      : [];
  return { pods: pods.sort(byUse), ...(missing && { missing }) };
};

function ofRelease(pods: readonly KubeObject[], namespace: string, name: string): KubeObject[] {
  const near = pods.filter(({ metadata }) => metadata.namespace === namespace);
  const instance = ({ metadata }: KubeObject): string | undefined =>
    metadata.labels?.['app.kubernetes.io/instance'];
  const own = near.filter((pod) => instance(pod) === name);
  return own.length > 0 ? own : near.filter((pod) => instance(pod) === undefined);
}

/** A Job may have the same image: it makes a dump, and ends. */
function runsForge(pod: KubeObject): boolean {
  const root = new Cursor(pod);
  const isOfJob = root
    .get('metadata', 'ownerReferences')
    .items()
    .some((owner) => owner.get('kind').text === 'Job');
  return (
    !isOfJob &&
    root
      .get('spec', 'containers')
      .items()
      .some(
        (container) =>
          forgeOfImage(container.get('image').text ?? '') !== undefined ||
          container
            .get('env')
            .items()
            .some((variable) => variable.get('name').text === 'GITEA_APP_INI'),
      )
  );
}

function byUse(one: KubeObject, other: KubeObject): number {
  return (
    Number(isReady(other)) - Number(isReady(one)) ||
    `${other.metadata.creationTimestamp}`.localeCompare(`${one.metadata.creationTimestamp}`)
  );
}
