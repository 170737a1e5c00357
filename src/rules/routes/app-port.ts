import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { ChartValues } from '../read/chart-values';
import { decisiveSettings } from '../read/decisive-settings';
import { tagOf } from '../read/forge-image';
import { hasUnseenConfig, hasUnseenLayers } from '../read/hidden-values';
import type { IniSetting } from '../read/ini-setting';
import { containersOf } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';

/** The port the forge listens on: bound without root, and the one the declaration names. */
export function appPortFaults(registry: RegistryView): Violation[] {
  const settings = decisiveSettings(registry.settingsOf('server', 'HTTP_PORT'));
  return [
    ...privilegedPort(registry, settings),
    ...(settings.length > 0 ? otherPort(registry, settings) : unsetPort(registry)),
  ];
}

/** Ports below are for root, unless the runtime or a capability opens them. */
const FIRST_UNPRIVILEGED = 1024;

function privilegedPort(registry: RegistryView, settings: readonly IniSetting[]): Violation[] {
  // Unset, HTTP_PORT follows the port of the Service (both charts).
  const followed = registry.values.map(({ root }) => root.get('service', 'http', 'port'));
  const places =
    settings.length > 0
      ? settings.map(({ text, at }) => ({ port: Number(text), at, key: 'HTTP_PORT' }))
      : followed.map((at) => ({ port: Number(at.scalar), at, key: 'service.http.port' }));
  const low = places.filter(({ port }) => port > 0 && port < FIRST_UNPRIVILEGED);
  return low.length === 0 || !isRootless(registry) || opensLowPorts(registry)
    ? []
    : low.map(({ port, at, key }) => ({
        at,
        severity: 'warning',
        observed: `the rootless image listens on port ${port}${key === 'HTTP_PORT' ? '' : `, which HTTP_PORT takes from ${key}`}`,
        expected: `HTTP_PORT of ${FIRST_UNPRIVILEGED} or above`,
        why: 'uid 1000 binds a port below 1024 only where the container runtime allows it (`net.ipv4.ip_unprivileged_port_start`); elsewhere the pod never gets ready: `listen tcp :80: bind: permission denied`',
        fix: '`gitea.config.server.HTTP_PORT: "3000"`; the Service keeps its port',
      }));
}

function isRootless({ values, forges }: RegistryView): boolean {
  return (
    values.some(isRootlessByValues) ||
    forges.some(({ images }) => images.some(({ text }) => isRootlessTag(tagOf(text))))
  );
}

function isRootlessByValues(values: ChartValues): boolean {
  const image = values.root.get('image');
  const full = image.get('fullOverride').text;
  const rootless = image.get('rootless');
  if (full) {
    return isRootlessTag(tagOf(full));
  }
  // Both charts take the rootless image unless told otherwise.
  return rootless.exists ? rootless.value === true : !hasUnseenLayers(values);
}

function isRootlessTag(tag: string | undefined): boolean {
  return tag?.endsWith('-rootless') ?? false;
}

/** Whether the pod is given what it needs to bind them: a capability, or the sysctl. */
function opensLowPorts({ values, forges }: RegistryView): boolean {
  const contexts = [
    ...values.flatMap(({ root }) => [
      root.get('containerSecurityContext'),
      root.get('securityContext'),
    ]),
    ...forges.flatMap(({ pod }) => containersOf(pod)).map((one) => one.get('securityContext')),
  ];
  const pods = [
    ...values.map(({ root }) => root.get('podSecurityContext')),
    ...forges.map(({ pod }) => pod.get('securityContext')),
  ];
  return contexts.some(bindsLowPorts) || pods.some(movesLowPorts);
}

function bindsLowPorts(context: Cursor): boolean {
  return context
    .get('capabilities', 'add')
    .items()
    .some(({ text }) => text === 'NET_BIND_SERVICE');
}

function movesLowPorts(context: Cursor): boolean {
  return context
    .get('sysctls')
    .items()
    .some((one) => one.get('name').text === 'net.ipv4.ip_unprivileged_port_start');
}

/** Every HTTP_PORT written is another than the declared one. */
function otherPort({ facts }: RegistryView, settings: readonly IniSetting[]): Violation[] {
  const appPort = facts.service?.appPort;
  return appPort === undefined || settings.some(({ text }) => isPort(text, appPort))
    ? []
    : settings.map(({ text, at }) => ({
        at,
        observed: `HTTP_PORT ${quote(text)}`,
        expected: `the declared port of the app, ${appPort}`,
        fix: 'write the same port into the values and as appPort of the declaration',
      }));
}

/** A template, or a reference to a Secret, may become any port. */
function isPort(text: string | undefined, port: number): boolean {
  return !/^\d+$/.test(text ?? '') || Number(text) === port;
}

/** The declaration tells two ports apart, and nothing in the values does. */
function unsetPort(registry: RegistryView): Violation[] {
  const { facts, values } = registry;
  const { service } = facts;
  return !service ||
    service.port === service.appPort ||
    values.length === 0 ||
    hasUnseenConfig(registry)
    ? []
    : [
        {
          at: registry.declared('release', 'httpService', 'appPort'),
          observed: `app port ${service.appPort} behind Service port ${service.port}, and no HTTP_PORT in the values`,
          expected: `HTTP_PORT '${service.appPort}'`,
          why: 'an unset HTTP_PORT follows service.http.port, and the chart renders the Service with an empty targetPort, which Kubernetes fills with the port',
          fix: `\`gitea.config.server.HTTP_PORT: "${service.appPort}"\` in the values`,
        },
      ];
}
