import type { LiveAppIni } from '../../cluster';
import { ClusterError, readAppIni } from '../../cluster';
import { iniLines } from '../../rules/read/ini';
import type { Observation } from '../sight';
import { forgePods } from './forge-pod';
import { noteOf } from './missing';

/** app.ini of the running forge, or why it cannot be read, as the note of a skipped check. */
export type AppIniReading = LiveAppIni | { readonly unread: string };

/** Read once a run; secrets are hidden before anything is kept. Undefined without a cluster. */
export const liveAppIni: Observation<AppIniReading | undefined> = async (sight) => {
  const { cluster } = sight.request;
  if (cluster === undefined) {
    return undefined;
  }
  const { pods, missing } = await sight.see(forgePods);
  const [pod] = pods;
  if (pod === undefined) {
    return { unread: missing ? noteOf(missing) : 'no pod of Gitea or Forgejo was found' };
  }
  try {
    return await readAppIni(cluster, pod, iniLines);
  } catch (error) {
    if (!(error instanceof ClusterError)) {
      throw error;
    }
    return { unread: noteOf(error) };
  }
};
