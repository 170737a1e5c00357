import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { ChartValues } from '../read/chart-values';
import { covers, V2 } from '../read/route';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import { routesOfAnyHost } from './router';

/** Values that show the chart renders no route for `/v2`, where the declaration leaves the route to others. */
export function unservedByChart(registry: RegistryView): Violation[] {
  const { declaration, v2Routes, estate, values, hostName } = registry;
  const isServed =
    v2Routes.length > 0 ||
    routesOfAnyHost(estate).some((route) => covers(route, `${V2}/`)) ||
    values.some((one) => hasOtherWay(one)) ||
    declaration?.release.httpService.nodePort !== undefined;
  if (declaration?.route?.kind !== 'none' || hostName === undefined || isServed) {
    return [];
  }
  const ingresses = values.map(({ root }) => root.get('ingress')).filter(({ isMap }) => isMap);
  return ingresses.some((ingress) => serves(ingress, hostName))
    ? []
    : ingresses.flatMap((ingress) => fault(ingress, hostName));
}

/** Charts of both products: a Service others reach, an HTTPRoute or Route of OpenShift, objects written by hand. */
function hasOtherWay({ root }: ChartValues): boolean {
  return (
    ['NodePort', 'LoadBalancer'].includes(root.get('service', 'http', 'type').text ?? '') ||
    ['httpRoute', 'route'].some((key) => root.get(key, 'enabled').value === true) ||
    ['extraDeploy', 'extraManifests'].some((key) => root.get(key).items().length > 0)
  );
}

function serves(ingress: Cursor, host: string): boolean {
  return (
    ingress.get('enabled').value !== false &&
    ingress
      .get('hosts')
      .items()
      .some((entry) => nameOf(entry) === host && pathsOf(entry).some(takesV2))
  );
}

/** A host with its paths, or the bare name of one. */
function nameOf(entry: Cursor): string | undefined {
  return (entry.isMap ? entry.get('host') : entry).text?.toLowerCase();
}

/** The charts take `/` where an entry has no paths. */
function pathsOf(entry: Cursor): readonly string[] {
  const paths = entry
    .get('paths')
    .items()
    .map((path) => (path.isMap ? path.get('path') : path).text ?? '/');
  return paths.length > 0 ? paths : ['/'];
}

function takesV2(path: string): boolean {
  return path === '/' || path === V2 || path === `${V2}/`;
}

/** What one layer says; a layer that speaks of neither says nothing. */
function fault(ingress: Cursor, host: string): Violation[] {
  const enabled = ingress.get('enabled');
  const hosts = ingress.get('hosts');
  const fix =
    'enable the ingress of the chart for the host with path `/`, or let this package render the route';
  if (enabled.value === false) {
    return [
      {
        at: enabled,
        observed: `the chart renders no ingress, and nothing else here routes ${quote(host)}`,
        expected: `a route for '${V2}' of somebody else, as the declaration says`,
        fix,
      },
    ];
  }
  return enabled.value === true && hosts.items().length > 0
    ? [
        {
          at: hosts,
          observed: `the ingress of the chart does not route '${V2}' of ${quote(host)}`,
          expected: `an entry with host ${quote(host)} and path '/' or '${V2}'`,
          fix,
        },
      ]
    : [];
}
