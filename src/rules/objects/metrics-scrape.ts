import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { objectName } from '../manifest';
import type { KnownLabels } from '../read/known-labels';
import { NAMESPACE_NAME, renderedLabels, someLabels, surelyMatches } from '../read/known-labels';
import type { PolicySource } from '../read/network-policy';
import type { RegistryView } from '../registry-view';
import type { PolicedPods } from './policed-pods';

/** What makes a Prometheus ask the forge for metrics, in words: `ServiceMonitor git/gitea`. */
export function metricsScrape(registry: RegistryView, pods: PolicedPods): string | undefined {
  const monitor = registry.estate
    .ofKind('ServiceMonitor')
    .find((one) => scrapes(one, registry, pods));
  const made = registry.values.find(({ root }) => {
    const metrics = root.get('gitea', 'metrics');
    return [metrics, metrics.get('serviceMonitor')].every(
      (one) => one.get('enabled').value === true,
    );
  });
  return monitor ? objectName(monitor) : made && 'the ServiceMonitor of the chart';
}

/** Whether a ServiceMonitor selects the http port of the forge's Service. */
function scrapes(
  { root, namespace }: Manifest,
  registry: RegistryView,
  pods: PolicedPods,
): boolean {
  const spec = root.get('spec');
  const selector = spec.get('selector');
  return (
    namespace === pods.namespace &&
    !spec.get('namespaceSelector').exists &&
    serviceLabels(registry, pods).some((labels) => surelyMatches(selector, labels)) &&
    spec
      .get('endpoints')
      .items()
      .some((endpoint) => endpoint.get('port').text === 'http')
  );
}

/** Labels of the forge's Services; the charts give theirs the labels of the pods. */
function serviceLabels({ estate }: RegistryView, pods: PolicedPods): KnownLabels[] {
  const services = estate
    .ofKind('Service')
    .filter(({ namespace, root }) => {
      const selector = root.get('spec', 'selector').entries();
      return (
        namespace === pods.namespace &&
        selector.length > 0 &&
        selector.every(([name, { text }]) => pods.labels.of(name) === text)
      );
    })
    .map(({ root }) => renderedLabels(root.get('metadata', 'labels')));
  return services.length > 0 ? services : [pods.labels];
}

/** The Prometheus pods of the operator's objects. */
export function prometheusPods({ estate }: RegistryView): PolicySource[] {
  return estate
    .ofKind('Prometheus', 'PrometheusAgent')
    .flatMap(({ namespace }) =>
      namespace === undefined ? [] : [{ namespace, labels: someLabels({}) }],
    );
}

/** What namespaces and pods of ingress controllers are called. */
const CONTROLLER = /traefik|ingress|nginx/;

/** Whether a rule admits an ingress controller and nobody else, by the names it selects. */
export function isForControllerOnly(rule: Cursor): boolean {
  const peers = rule.get('from').items();
  return (
    peers.length > 0 &&
    peers.every(
      (peer) =>
        isController(pinned(peer.get('namespaceSelector'), NAMESPACE_NAME)) ||
        isController(pinned(peer.get('podSelector'), 'app.kubernetes.io/name')),
    )
  );
}

function isController(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => CONTROLLER.test(name));
}

/** The values of a label a selector demands; none where it may have any. */
function pinned(selector: Cursor, label: string): string[] {
  const listed = selector
    .get('matchExpressions')
    .items()
    .filter((one) => one.get('key').text === label && one.get('operator').text === 'In')
    .flatMap((one) => one.get('values').items());
  return [selector.get('matchLabels', label), ...listed].flatMap(({ text }) => text ?? []);
}
