import { quote } from '../../declaration/problem';
import type { Estate } from '../estate';
import { gatewayController } from '../read/controller';
import type { Listener } from '../read/gateway';
import { publicEntryPoints } from '../read/taken-entry-points';
import type { EntryPoint } from '../read/traefik-static';
import type { Violation } from '../rule';

/**
 * Traefik maps a listener to the entry point that has its port inside the pod, and one of protocol HTTP only to an
 * entry point without TLS of its own.
 *
 * @returns undefined where an entry point fits, or none is known
 */
export function listenerPort(listener: Listener, estate: Estate): Violation | undefined {
  const known = knownEntryPoints(estate);
  if (
    gatewayController(listener.gateway, estate) !== 'traefik' ||
    known.length === 0 ||
    known.some((entryPoint) => fits(entryPoint, listener))
  ) {
    return undefined;
  }
  const { at, port, protocol } = listener;
  const served = known.some((entryPoint) => entryPoint.port === port);
  return {
    at: at.get('port'),
    observed: served
      ? `protocol ${protocol} on port ${port}, whose entry point speaks TLS`
      : `port ${port}, which no entry point of Traefik has inside the pod`,
    expected: `the port of ${alternatives(protocol, estate)}`,
    fix: 'name the port of the container, not the one the Service exposes: 8443 for `websecure`, 8000 for `web`',
  };
}

/** Entry points with TLS for https, those without for http, as far as there are such. */
function alternatives(protocol: string, estate: Estate): string {
  const known = estate.traefiks.flatMap(publicEntryPoints);
  const alike = known.filter(({ tls }) => tls === (protocol === 'HTTPS'));
  const names = (alike.length > 0 ? alike : known).map(
    ({ name, port }) => `${quote(name)} (${port})`,
  );
  return [...new Set(names)].join(' or ');
}

function fits({ port, tls }: EntryPoint, listener: Listener): boolean {
  return port === listener.port && (listener.protocol !== 'HTTP' || !tls);
}

/** The entry points of every Traefik here; none where one of them may have more, or a port nobody sees. */
function knownEntryPoints(estate: Estate): readonly EntryPoint[] {
  return estate.remember('entry points with ports', () => {
    const all = estate.traefiks.flatMap(({ entryPoints }) => entryPoints);
    const isWhole =
      estate.traefiks.some(({ complete }) => complete) &&
      all.every(({ port }) => port !== undefined);
    return isWhole ? all : [];
  });
}
