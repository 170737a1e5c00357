import type { Manifest } from '../../../rules/manifest';
import type { RegistryView } from '../../../rules/registry-view';
import type { LiveRule } from '../rule-outcomes';

const ROUTES = ['ingresses', 'ingressroutes', 'httproutes'] as const;
const RUNNING = ['pods', 'deployments', 'statefulsets'] as const;

/** Rules of `check` that say the truth of live objects as it stands. */
const ROWS: readonly LiveRule[] = [
  {
    code: 'REG110',
    reads: [...ROUTES, 'certificates', 'releases'],
    holds: 'routes, certificates and images know the registry by one name',
  },
  { code: 'REG214', reads: ROUTES, holds: 'one route owns /v2', isThere: hasRoutes },
  {
    code: 'REG216',
    reads: ['ingresses', 'ingressclasses'],
    holds: 'its class is known',
    isThere: hasRoutes,
  },
  {
    code: 'REG250',
    reads: ['deployments', 'daemonsets', 'middlewares'],
    holds: 'nothing in the cluster decodes or refuses %2F',
  },
  // Whether an upload is cut there `doctor --limits` measures.
  { code: 'REG440', reads: ['deployments', 'daemonsets'], severity: 'warning' },
  { code: 'REG441', reads: ['ingresses', 'deployments'] },
  { code: 'REG621', reads: ['releases'] },
  { code: 'REG630', reads: ['releases'], holds: 'one release serves the host' },
  {
    code: 'REG640',
    reads: ['releases', ...RUNNING],
    holds: 'chart and image fit each other',
    isThere: runs,
  },
  { code: 'REG641', reads: ['releases'] },
  {
    code: 'REG642',
    reads: RUNNING,
    holds: 'the image is of a release that is supported',
    isThere: runs,
  },
  {
    code: 'REG643',
    reads: RUNNING,
    holds: 'the image is of no release with a known defect',
    isThere: runs,
  },
  // A declaration that is ahead of the cluster: what is applied next would swap the product.
  { code: 'REG644', reads: RUNNING },
  {
    code: 'REG650',
    reads: ['helmcharts', 'helmchartconfigs'],
    isTrue: ({ at }) => !isPackaged(at.manifest),
    // What is lost with Traefik for a minute comes back by itself.
    severity: ({ at }) => (/traefik/.test(at.manifest.name) ? 'warning' : 'error'),
  },
  { code: 'REG710', reads: ['persistentvolumeclaims'] },
  { code: 'REG711', reads: ['releases'] },
  { code: 'REG712', reads: ['releases'] },
];

function hasRoutes({ v2Routes }: RegistryView): boolean {
  return v2Routes.length > 0;
}

function runs({ forges }: RegistryView): boolean {
  return forges.length > 0;
}

/** k3s and RKE2 bring charts of their own along, by their own address or embedded, and look after them themselves. */
function isPackaged({ kind, root }: Manifest): boolean {
  const chart = root.get('spec', 'chart').text ?? '';
  return kind === 'HelmChart' && (chart === '' || chart.includes('/static/charts/'));
}

/** By code. */
export const LIVE_RULES: { readonly [code: string]: LiveRule } = Object.fromEntries(
  ROWS.map((row) => [row.code, row]),
);
