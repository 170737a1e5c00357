import type { Probe } from '../../probe';
import { ofCluster } from '../of-cluster';
import type * as valuesDriftModule from './values-drift';
import type * as iniScalarsModule from './ini-scalars';
import type * as iniStickyModule from './ini-sticky';
import type * as restartModule from './restart';
import type * as verdictModule from './ini-verdict';

const APP_INI = 'pods, secrets; cat of app.ini in the pod';

/** A code that rules judge, of app.ini as it is. */
const ofAppIni = (code: string): Probe =>
  ofCluster('P13', code, APP_INI, (sight) =>
    (require('./ini-verdict') as typeof verdictModule).iniVerdict(sight, code),
  );

/** Step P13: what is declared, what Helm released, and what app.ini holds. What stops clients comes first. */
export const DRIFT_PROBES: readonly Probe[] = [
  ofAppIni('REG611'),
  ofCluster('P13', 'REG620', APP_INI, (sight) =>
    (require('./ini-scalars') as typeof iniScalarsModule).iniScalars(sight),
  ),
  ofAppIni('REG621'),
  ofAppIni('REG610'),
  ofAppIni('REG711'),
  ofAppIni('REG462'),
  ofCluster('P13', 'REG622', APP_INI, (sight) =>
    (require('./ini-sticky') as typeof iniStickyModule).iniSticky(sight),
  ),
  ofCluster('P13', 'REG623', 'pods, deployments, secrets, configmaps', (sight) =>
    (require('./restart') as typeof restartModule).restartAfterChange(sight),
  ),
  ofCluster('P13', 'REG635', 'secrets, configmaps, applications', (sight) =>
    (require('./values-drift') as typeof valuesDriftModule).valuesDrift(sight),
  ),
];
