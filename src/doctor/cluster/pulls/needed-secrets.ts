import { declaredPlaces } from '../../../declaration/pull-secret-reach';
import { releaseTls } from '../../../declaration/route';
import { Cursor } from '../../../rules';
import type { Observation } from '../../sight';
import { forgeSources } from '../forge-sources';
import { ownRelease } from '../own-release';
import { pullingPods } from './pulling-pods';

/** Secrets the registry and its users cannot do without, as `namespace/name`. */
export const neededSecrets: Observation<ReadonlySet<string>> = async (sight) => {
  const { cluster, declaration } = sight.request;
  const [{ pods }, sources, release, accounts] = await Promise.all([
    sight.see(pullingPods),
    sight.see(forgeSources),
    sight.see(ownRelease),
    cluster?.objects('serviceaccounts'),
  ]);
  const users = new Set(pods.map((pod) => `${pod.namespace}/${pod.serviceAccount}`));
  const listed = (accounts?.objects ?? [])
    .filter(({ metadata }) => users.has(`${metadata.namespace}/${metadata.name}`))
    .flatMap((account) =>
      new Cursor(account)
        .get('imagePullSecrets')
        .items()
        .map((entry) => `${account.metadata.namespace}/${entry.get('name').text}`),
    );
  const tls = releaseTls(declaration?.route)?.secretName;
  return new Set([
    ...(declaration ? declaredPlaces(declaration) : []).map(
      ({ namespace, name }) => `${namespace}/${name}`,
    ),
    ...pods.flatMap(({ namespace, pullSecrets }) =>
      pullSecrets.map((one) => `${namespace}/${one}`),
    ),
    ...listed,
    ...sources
      .filter(({ kind }) => kind === 'Secret')
      .map(({ namespace, name }) => `${namespace}/${name}`),
    ...(release && tls !== undefined ? [`${release.namespace}/${tls}`] : []),
  ]);
};
