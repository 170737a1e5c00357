import type { KubeObject } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules/cursor';
import { selectorMatches } from '../../../rules/read/label-selector';
import { LABELS } from '../../../declaration/labels';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import type { OwnRelease } from '../own-release';
import { ownRelease } from '../own-release';
import { noteOf } from '../missing';

/** REG811: each ServiceMonitor of the registry finds a Service, and its port. */
export async function scrapeTarget(sight: Sight): Promise<readonly Outcome[]> {
  const code = 'REG811';
  const { cluster } = sight.request;
  if (cluster === undefined) {
    return [];
  }
  const [monitors, services, release] = await Promise.all([
    cluster.objects('servicemonitors'),
    cluster.objects('services'),
    sight.see(ownRelease),
  ]);
  const own = monitors.objects.filter((monitor) => isOwn(monitor, release));
  if (own.length === 0) {
    const { missing } = monitors;
    const isUnread = missing !== undefined && missing.reason !== 'no-kind';
    return [skipped(code, isUnread ? noteOf(missing) : 'no ServiceMonitor of the registry')];
  }
  if (services.missing) {
    return [skipped(code, noteOf(services.missing))];
  }
  const expected = 'a Service with the labels and the port it asks for';
  return own.map((monitor) => {
    const { fault, target } = judged(monitor, services.objects);
    const observed = serverText(`ServiceMonitor ${nameOf(monitor)} ${fault ?? target}`);
    return fault === undefined
      ? passed(code, observed)
      : broken(code, { severity: 'warning', observed, expected });
  });
}

/** REG813: some rule speaks of the registry. */
export async function alertsPresent(sight: Sight): Promise<readonly Outcome[]> {
  const code = 'REG813';
  const { cluster } = sight.request;
  if (cluster === undefined) {
    return [];
  }
  const [{ objects, missing }, release] = await Promise.all([
    cluster.objects('prometheusrules'),
    sight.see(ownRelease),
  ]);
  const own = objects.filter((rule) => isOwn(rule, release) || speaksOfForge(rule));
  if (own.length > 0) {
    return [passed(code, serverText(own.map((one) => `PrometheusRule ${nameOf(one)}`).join(', ')))];
  }
  if (missing) {
    const note =
      missing.reason === 'no-kind' ? 'the cluster has no PrometheusRules' : noteOf(missing);
    return [skipped(code, note)];
  }
  return [
    broken(code, { severity: 'info', observed: 'no PrometheusRule speaks of Gitea or Forgejo' }),
  ];
}

/** Whether it was made for this registry: by this package, or by the chart of the release. */
function isOwn({ metadata }: KubeObject, release: OwnRelease | undefined): boolean {
  const part = 'app.kubernetes.io/part-of';
  return (
    metadata.labels?.[part] === LABELS[part] ||
    (release !== undefined &&
      metadata.namespace === release.namespace &&
      metadata.labels?.['app.kubernetes.io/instance'] === release.name)
  );
}

function speaksOfForge(rule: KubeObject): boolean {
  return new Cursor(rule)
    .get('spec', 'groups')
    .items()
    .flatMap((group) => group.get('rules').items())
    .some((one) => /gitea|forgejo/i.test(one.get('expr').text ?? ''));
}

function judged(
  monitor: KubeObject,
  services: readonly KubeObject[],
): { readonly fault?: string; readonly target?: string } {
  const spec = new Cursor(monitor).get('spec');
  const found = services.filter(
    (service) =>
      isReached(service, monitor) &&
      selectorMatches(spec.get('selector'), (label) => service.metadata.labels?.[label]),
  );
  if (found.length === 0) {
    return { fault: 'selects no Service' };
  }
  const ports = new Set(found.flatMap(portsOf));
  const lost = spec
    .get('endpoints')
    .items()
    .flatMap((endpoint) => endpoint.get('port').text ?? [])
    .find((port) => !ports.has(port));
  const list = found.map((service) => `Service ${nameOf(service)}`).join(', ');
  return lost === undefined
    ? { target: `selects ${list}` }
    : { fault: `asks for port '${lost}', which ${list} does not have` };
}

/** Namespaces it looks into: all, those it names, else its own (Prometheus operator, NamespaceSelector). */
function isReached(service: KubeObject, monitor: KubeObject): boolean {
  const selector = new Cursor(monitor).get('spec', 'namespaceSelector');
  const named = selector.get('matchNames').items();
  return (
    selector.get('any').value === true ||
    (named.length > 0
      ? named.some(({ text }) => text === service.metadata.namespace)
      : service.metadata.namespace === monitor.metadata.namespace)
  );
}

function portsOf(service: KubeObject): string[] {
  return new Cursor(service)
    .get('spec', 'ports')
    .items()
    .flatMap((port) => port.get('name').text ?? []);
}

function nameOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
