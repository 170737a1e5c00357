import type { KubeObject } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules';
import type { Outcome } from '../../outcome';
import { broken } from '../../outcome';
import type { Sight } from '../../sight';
import { ownRelease } from '../own-release';

/**
 * Applications of Argo CD that make the release, and whose state is not what Git says. That a tool could not do its
 * last work is REG651.
 */
export async function unsyncedApplications(sight: Sight): Promise<Outcome[]> {
  const { cluster } = sight.request;
  const release = await sight.see(ownRelease);
  if (cluster === undefined || release === undefined) {
    return [];
  }
  const { objects } = await cluster.objects('applications');
  return objects
    .filter((object) => {
      const spec = new Cursor(object).get('spec');
      const sources = [spec.get('source'), ...spec.get('sources').items()];
      const names = sources.map((source) => source.get('helm', 'releaseName').text);
      const name = names.find((one) => one !== undefined) ?? object.metadata.name;
      return (
        name === release.name && spec.get('destination', 'namespace').text === release.namespace
      );
    })
    .flatMap(unsynced);
}

function unsynced(object: KubeObject): Outcome[] {
  const status = new Cursor(object).get('status');
  const [sync, health] = [status.get('sync', 'status').text, status.get('health', 'status').text];
  const faults = [
    ...(sync === 'OutOfSync' ? ['OutOfSync'] : []),
    ...(health === 'Degraded' || health === 'Missing' ? [health] : []),
  ];
  const { namespace, name } = object.metadata;
  return faults.length === 0
    ? []
    : [
        broken('REG635', {
          severity: 'warning',
          observed: serverText(`Application ${namespace}/${name} is ${faults.join(' and ')}`),
          expected: 'Synced and Healthy',
          fix: { kind: 'command', text: serverText(`argocd app diff ${name}`) },
        }),
      ];
}
