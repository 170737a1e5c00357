import type { Probe } from '../../probe';
import { byRule, ofCluster } from '../of-cluster';
import type * as gatewayStatus from './gateway-status';
import type * as giteaReady from './gitea-ready';
import { LIVE_RULES } from './live-rules';
import type * as rollout from './rollout';
import type * as subchartPods from './subchart-pods';
import type * as v2Route from './v2-route';
import type * as wrapperStatus from './wrapper-status';

const rule = (code: string): Probe => byRule('P0', LIVE_RULES[code]);

/**
 * Step P0: what stands in the cluster. Why pods cannot run comes before that they do not, and that before routes to
 * them; a bad version goes on.
 */
export const P0: readonly Probe[] = [
  rule('REG630'),
  rule('REG621'),
  rule('REG711'),
  rule('REG640'),
  rule('REG644'),
  ofCluster('P0', 'REG631', 'deployments, pods, events', (sight) =>
    (require('./rollout') as typeof rollout).volumeFight(sight),
  ),
  ofCluster('P0', 'REG634', 'pods', (sight) =>
    (require('./subchart-pods') as typeof subchartPods).subchartPods(sight),
  ),
  ofCluster('P0', 'REG560', 'pods, services, endpointslices', (sight) =>
    (require('./gitea-ready') as typeof giteaReady).giteaReady(sight),
  ),
  rule('REG110'),
  rule('REG216'),
  ofCluster('P0', 'REG221', 'httproutes, gateways', (sight) =>
    (require('./gateway-status') as typeof gatewayStatus).gatewayStatus(sight),
  ),
  rule('REG214'),
  ofCluster(
    'P0',
    'REG211',
    'ingresses, ingressroutes, httproutes',
    (sight) => (require('./v2-route') as typeof v2Route).liveV2Route(sight),
    ['REG220'],
  ),
  rule('REG250'),
  rule('REG440'),
  rule('REG441'),
  rule('REG641'),
  rule('REG643'),
  rule('REG642'),
  rule('REG650'),
  ofCluster('P0', 'REG651', 'helmcharts, helmreleases, applications', (sight) =>
    (require('./wrapper-status') as typeof wrapperStatus).wrapperStatus(sight),
  ),
  rule('REG712'),
  rule('REG710'),
];
