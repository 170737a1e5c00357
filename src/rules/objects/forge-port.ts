import { decisiveSettings } from '../read/decisive-settings';
import type { PolicyPort } from '../read/network-policy';
import type { Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import { forgeBackends } from '../routes/forge-backend';

/** Port of both charts, and of Gitea itself where HTTP_PORT is not set. */
const DEFAULT_PORT = 3000;

/** Name of the http port in the pods of both charts. */
const HTTP = 'http';

/** The http port of the forge's pods: not the Service's, which a policy never sees. */
export function forgePort(registry: RegistryView): PolicyPort {
  const numbers = portNumbers(registry);
  const named = new Map(registry.forges.flatMap(portNames));
  return {
    numbers,
    mayBe: (name) =>
      named.size === 0 ? name !== 'ssh' : numbers.has(named.get(name) ?? Number.NaN),
  };
}

function portNumbers(registry: RegistryView): ReadonlySet<number> {
  const { facts, forges, values } = registry;
  const written = [
    facts.service?.appPort,
    ...decisiveSettings(registry.settingsOf('server', 'HTTP_PORT')).map(({ text }) => Number(text)),
    ...forges.flatMap(portNames).flatMap(([name, number]) => (name === HTTP ? number : [])),
    ...forgeBackends(registry).map(({ servicePort }) => servicePort?.get('targetPort').number),
  ].filter(isPort);
  // Unset, HTTP_PORT follows the port of the Service (both charts).
  const followed = values.map(({ root }) => Number(root.get('service', 'http', 'port').scalar));
  const known = written.length > 0 ? written : followed.filter(isPort);
  return new Set(known.length > 0 ? known : [DEFAULT_PORT]);
}

function isPort(number: number | undefined): number is number {
  return number !== undefined && number > 0;
}

function portNames({ pod }: Workload): (readonly [name: string, number: number])[] {
  return pod
    .get('containers')
    .items()
    .flatMap((container) => container.get('ports').items())
    .flatMap((port) => {
      const name = port.get('name').text;
      const number = port.get('containerPort').number;
      return name === undefined || number === undefined ? [] : [[name, number] as const];
    });
}
