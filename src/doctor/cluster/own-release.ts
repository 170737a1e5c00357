import type { HelmRelease } from '../../cluster';
import { isMap } from '../../cluster/object';
import { hostOf } from '../../rules/registry-view';
import type { Observation } from '../sight';
import { liveReleases } from './live-releases';

/** The release the registry belongs to. */
export interface OwnRelease {
  readonly namespace: string;
  readonly name: string;
  /** As Helm keeps it. @default - it is only declared: Helm does not know it, or may not be asked */
  readonly helm?: HelmRelease;
}

/**
 * The declared release, else the one whose ROOT_URL or DOMAIN is the host that is looked at, else the only one of Gitea
 * or Forgejo; undefined when nothing tells.
 */
export const ownRelease: Observation<OwnRelease | undefined> = async (sight) => {
  const known = await sight.see(liveReleases);
  const { declaration, host } = sight.request;
  const forges = (known?.releases ?? []).filter(({ installs }) => installs !== 'traefik');
  if (declaration) {
    const { namespace, name } = declaration.release;
    const helm = forges.find((one) => one.namespace === namespace && one.name === name);
    return { namespace, name, ...(helm && { helm }) };
  }
  const helm =
    forges.find((release) => hostsOf(release).includes(host)) ??
    (forges.length === 1 ? forges[0] : undefined);
  return helm && { namespace: helm.namespace, name: helm.name, helm };
};

/** Values that go to the chart of the forge itself. */
export function ownValues({ values, subchart }: HelmRelease): HelmRelease['values'] {
  const own = subchart === undefined ? values : values[subchart];
  return isMap(own) ? own : {};
}

/** Hosts a release calls itself. */
export function hostsOf(release: HelmRelease): string[] {
  const { gitea } = ownValues(release);
  const config = isMap(gitea) ? gitea.config : undefined;
  const server = isMap(config) && isMap(config.server) ? config.server : {};
  return [server.ROOT_URL, server.DOMAIN].flatMap((value) =>
    typeof value === 'string' ? (hostOf(value) ?? []) : [],
  );
}
