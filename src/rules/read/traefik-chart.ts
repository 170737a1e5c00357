import type { Cursor } from '../cursor';
import type { EntryPoint, StaticOption } from './traefik-options';
import { leaf } from './traefik-options';

/** `ports` of the chart's values.yaml (majors 28 to 41). */
const ENTRY_POINTS: readonly EntryPoint[] = [
  { name: 'web', port: 8000, tls: false },
  { name: 'websecure', port: 8443, tls: true },
  { name: 'traefik', port: 8080, tls: false },
  { name: 'metrics', port: 9100, tls: false },
];

/** Providers the chart's values.yaml switches on. */
export const CHART_PROVIDERS: readonly string[] = ['kubernetescrd', 'kubernetesingress'];

/** Traefik by chart, where the chart's default matters to a rule (its Chart.yaml, appVersion). */
export const VERSION_OF_CHART: { readonly [chartVersion: string]: string } = {
  '38.0.0': '3.6.5',
  '38.0.1': '3.6.5',
  '38.0.2': '3.6.6',
};

/** The entry points the chart brings; a port set to null is none (Helm removes the key). */
export function chartEntryPoints(root: Cursor): EntryPoint[] {
  return ENTRY_POINTS.filter(({ name }) => root.get('ports', name).value !== null);
}

/** What the chart makes of `ports` and `providers`. */
export function chartOptions(root: Cursor): StaticOption[] {
  return [
    ...root
      .get('ports')
      .entries()
      .flatMap(([name, port]) => portOptions(name, port)),
    ...providerOptions(root.get('providers')),
    // Up to chart 29 under the shorter name.
    ...['certificatesResolvers', 'certResolvers'].flatMap((key) =>
      optionsBelow(root.get(key), 'certificatesresolvers'),
    ),
  ];
}

/** Keys of a port that are Traefik's own, name by name. */
const TRAEFIK_KEYS: readonly string[] = [
  'allowACMEByPass',
  'asDefault',
  'forwardedHeaders',
  'http',
  'http2',
  'http3',
  'observability',
  'proxyProtocol',
  'transport',
];

function portOptions(name: string, port: Cursor): StaticOption[] {
  const prefix = `entrypoints.${name}`.toLowerCase();
  return [
    ...addressOptions(port.get('port'), `${prefix}.address`),
    ...olderOptions(port, `${prefix}.http`),
    ...TRAEFIK_KEYS.flatMap((key) => optionsBelow(port.get(key), `${prefix}.${key.toLowerCase()}`)),
  ];
}

function addressOptions(port: Cursor, name: string): StaticOption[] {
  return port.scalar === undefined ? [] : [{ name, text: `:${port.scalar}`, at: port }];
}

/** What stands below `http` since chart 39 stood beside `port` before. */
function olderOptions(port: Cursor, http: string): StaticOption[] {
  // Up to 33: the name of an entry point, later a map with it.
  const redirectTo = port.get('redirectTo');
  const target = redirectTo.isMap ? redirectTo.get('port') : redirectTo;
  return [
    ...optionsBelow(port.get('tls'), `${http}.tls`),
    ...optionsBelow(port.get('middlewares'), `${http}.middlewares`),
    ...optionsBelow(port.get('redirections'), `${http}.redirections`),
    ...optionsBelow(target, `${http}.redirections.entrypoint.to`),
    ...optionsBelow(redirectTo.get('priority'), `${http}.redirections.entrypoint.priority`),
  ];
}

/** A provider without `enabled` stays as the chart has it. */
function providerOptions(providers: Cursor): StaticOption[] {
  return providers.entries().flatMap(([key, at]) => {
    const provider = key.toLowerCase();
    const name = `providers.${provider}`;
    const isOff = at.isMap && !at.get('enabled').exists && !CHART_PROVIDERS.includes(provider);
    return isOff ? [{ name, text: 'false', at }] : optionsBelow(at, name);
  });
}

/** The chart writes `x.enabled` for Traefik's `x`, and passes nothing empty on. */
function optionsBelow(at: Cursor, name: string): StaticOption[] {
  const enabled = at.get('enabled');
  if (enabled.value === false) {
    return [{ name, text: 'false', at: enabled }];
  }
  return at.isMap
    ? at
        .entries()
        .flatMap(([key, below]) =>
          optionsBelow(below, key === 'enabled' ? name : `${name}.${key.toLowerCase()}`),
        )
    : leaf(at, name);
}
