import { COULOMB_POD } from '../../../cluster/fixtures/coulomb';
import { coulombBut, coulombWhere, edited, upgraded } from './edit';
import type { ClusterScenario } from './scenario';

const line = (from: RegExp, to: string) => (text: string) => {
  if (!from.test(text)) {
    throw new Error(`${String(from)} is not in the app.ini of the fixture`);
  }
  return text.replace(from, to);
};

/** Step P13: what Gitea runs with, beside what is declared. */
export const DRIFT: readonly ClusterScenario[] = [
  {
    name: 'app.ini still has the ROOT_URL from before the change',
    code: 'REG611',
    find: coulombWhere({
      appIni: line(/^ROOT_URL = .*$/m, 'ROOT_URL = http://gitea.coulomb.social'),
    }),
  },
  {
    name: 'app.ini holds a limit that nobody declares any more',
    code: 'REG622',
    find: coulombWhere({
      appIni: line(/^\[packages\]$/m, '[packages]\nLIMIT_TOTAL_OWNER_COUNT = 500'),
    }),
  },
  {
    name: 'app.ini lacks a section that is declared',
    code: 'REG622',
    find: coulombWhere({ appIni: line(/^DISABLED_REPO_UNITS = *\n/m, '') }),
  },
  {
    name: 'a number of the values came out in scientific notation',
    code: 'REG620',
    find: coulombWhere({
      appIni: line(/^LIMIT_SIZE_CONTAINER = .*$/m, 'LIMIT_SIZE_CONTAINER = 1e+09'),
    }),
  },
  {
    name: 'app.ini has a limit whose refusal deletes blobs',
    code: 'REG462',
    find: coulombWhere({
      appIni: line(/^LIMIT_SIZE_CONTAINER = .*$/m, 'LIMIT_SIZE_CONTAINER = 2 GiB'),
    }),
  },
  {
    name: 'packages are off in app.ini',
    code: 'REG610',
    find: coulombWhere({
      appIni: line(/^\[packages\]\nENABLED = true$/m, '[packages]\nENABLED = false'),
    }),
  },
  {
    name: 'the live values are not the ones that are declared',
    code: 'REG635',
    find: coulombBut(
      upgraded((values) => {
        values.gitea.config.repository.DISABLED_REPO_UNITS = 'repo.packages';
      }),
    ),
  },
  {
    name: 'the pod is older than the secret it takes its settings from',
    code: 'REG623',
    find: coulombBut(
      edited('Pod', `default/${COULOMB_POD.after.name}`, (pod) => {
        pod.status.startTime = '2025-11-01T09:00:20Z';
        pod.metadata.creationTimestamp = '2025-11-01T09:00:20Z';
        pod.status.containerStatuses[0].state.running.startedAt = '2025-11-01T09:00:52Z';
      }),
      edited('Secret', 'default/gitea-inline-config', (secret) => {
        secret.metadata.creationTimestamp = '2025-11-03T14:01:00Z';
      }),
    ),
  },
];
