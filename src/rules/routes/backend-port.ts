import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import type { ForgeBackend } from './forge-backend';
import { portsOf } from './forge-backend';

/** What is wrong with name and port of a backend. */
export function backendPortFaults(backend: ForgeBackend, registry: RegistryView): Violation[] {
  const wrong =
    wrongService(backend, registry) ??
    missingPort(backend) ??
    unknownPort(backend) ??
    undeclaredPort(backend, registry) ??
    wrongTarget(backend, registry);
  return wrong ? [wrong] : [];
}

/** Another Service than the declared one, unless it can be seen to select the same pods. */
function wrongService(
  { route, backend, service }: ForgeBackend,
  registry: RegistryView,
): Violation | undefined {
  const { service: declared, namespace } = registry.facts;
  // Without a namespace the route lands where the tool that applies it decides.
  const isNear = route.manifest.namespace === undefined || backend.namespace === namespace;
  const isDeclared = backend.name === declared?.name && isNear;
  if (!declared || isDeclared || (service && selectsForge(service, registry))) {
    return undefined;
  }
  return {
    at: backend.at,
    observed: `'/v2' leads to Service ${quote(`${backend.namespace}/${backend.name}`)}`,
    expected: `the HTTP Service of the release, '${namespace}/${declared.name}'`,
  };
}

function selectsForge({ root }: Manifest, { forges, facts }: RegistryView): boolean {
  const selector = root.get('spec', 'selector').entries();
  if (forges.length > 0) {
    return forges.some(({ podMetadata }) =>
      selector.every(([label, { text }]) => podMetadata.get('labels', label).text === text),
    );
  }
  const words = [facts.releaseName, 'gitea', 'forgejo'];
  return selector.some(([, { text }]) => words.includes(text));
}

/** Gateways demand the port of a Service. */
function missingPort({ route, backend }: ForgeBackend): Violation | undefined {
  return route.kind === 'HTTPRoute' && backend.port === undefined
    ? {
        at: backend.at,
        observed: `Service ${quote(backend.name)} without a port`,
        expected: 'the port of the Service, as a number',
      }
    : undefined;
}

function unknownPort({
  backend,
  service,
  servicePort,
  portAt,
}: ForgeBackend): Violation | undefined {
  const ports = portsOf(service);
  return backend.port === undefined || servicePort || ports.length === 0
    ? undefined
    : {
        at: portAt,
        observed: `port ${quote(backend.port)}, which Service ${quote(backend.name)} does not have`,
        expected: `one of its ports: ${ports.map(portName).join(', ')}`,
      };
}

function portName(port: Cursor): string {
  const name = port.get('name').text;
  const number = port.get('port').scalar ?? '?';
  return name === undefined ? number : `${number} (${quote(name)})`;
}

/** The Service is not rendered here; its number is declared, and both charts call its port `http`. */
function undeclaredPort(
  { backend, service, portAt }: ForgeBackend,
  { facts }: RegistryView,
): Violation | undefined {
  const { service: declared } = facts;
  const { port = '' } = backend;
  return service || !declared || !/^\d+$/.test(port) || Number(port) === declared.port
    ? undefined
    : {
        at: portAt,
        observed: `port ${quote(port)} of Service ${quote(backend.name)}`,
        expected: `its declared port, ${declared.port}`,
      };
}

/** The rendered Service leads past the port the forge listens on. */
function wrongTarget(
  { servicePort }: ForgeBackend,
  { facts }: RegistryView,
): Violation | undefined {
  const written = servicePort?.get('targetPort');
  const target = written?.exists ? written : servicePort?.get('port');
  const appPort = facts.service?.appPort;
  return target?.number === undefined || appPort === undefined || target.number === appPort
    ? undefined
    : {
        at: target,
        observed: `the Service leads to port ${target.number} of the pod`,
        expected: `the declared port of the app, ${appPort}`,
        fix: `\`gitea.config.server.HTTP_PORT: "${appPort}"\`: the chart renders it as targetPort`,
      };
}
