import { quote } from '../../declaration/problem';
import { controllerOf } from '../read/controller';
import { decisiveSettings } from '../read/decisive-settings';
import { hasUnseenConfig } from '../read/hidden-values';
import { annotation } from '../read/ingress';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import type { ForgeBackend } from './forge-backend';

/** The proxy speaks http to a forge that listens for https, or the other way round. */
export function backendProtocolFaults(backend: ForgeBackend, registry: RegistryView): Violation[] {
  const protocol = protocolOf(registry);
  const spoken = spokenTo(backend, registry);
  if (protocol === undefined || spoken === undefined || protocol === spoken) {
    return [];
  }
  return [
    {
      at: backend.portAt,
      observed: `${spoken} is spoken to Service ${quote(backend.backend.name)}, which has PROTOCOL '${protocol}'`,
      expected: `${protocol} to the backend, or PROTOCOL '${spoken}'`,
      fix:
        protocol === 'https'
          ? '`gitea.config.server.PROTOCOL: http`; TLS ends at the proxy, and ROOT_URL sets the public scheme'
          : 'drop the scheme of the backend',
    },
  ];
}

type Protocol = 'http' | 'https';

/** `[server] PROTOCOL`; http where it is written nowhere, and nothing is hidden. */
function protocolOf(registry: RegistryView): Protocol | undefined {
  const written = decisiveSettings(registry.settingsOf('server', 'PROTOCOL'));
  const [first, ...others] = new Set(written.map(({ text }) => text?.toLowerCase()));
  if (first === undefined) {
    const known = written.length === 0 && registry.values.length > 0 && !hasUnseenConfig(registry);
    return known ? 'http' : undefined;
  }
  return others.length === 0 && (first === 'http' || first === 'https') ? first : undefined;
}

/** Services F5's controller speaks https to. */
const F5_SCHEME = 'nginx.org/ssl-services';

/** What the controller speaks to the backend; undefined where an object that would tell is not rendered. */
function spokenTo(backend: ForgeBackend, { estate }: RegistryView): Protocol | undefined {
  const { route, service } = backend;
  const written = backend.backend.scheme;
  switch (controllerOf(route, estate)) {
    case 'nginx':
      return route.kind === 'Ingress' && !annotation(route.manifest, F5_SCHEME).exists
        ? schemeOf(written ?? 'http')
        : undefined;
    case 'traefik':
      break;
    default:
      return undefined;
  }
  if (route.kind === 'IngressRoute') {
    return written === undefined ? byPort(backend) : schemeOf(written);
  }
  // Here the Service says it, by an annotation or `appProtocol`.
  return service && estate.ofKind('BackendTLSPolicy').length === 0 ? byService(backend) : undefined;
}

function byService(backend: ForgeBackend): Protocol {
  const { service, servicePort } = backend;
  const scheme = annotation(service!, 'traefik.ingress.kubernetes.io/service.serversscheme').text;
  const appProtocol = servicePort?.get('appProtocol').text;
  return schemeOf(scheme ?? appProtocol) ?? byPort(backend);
}

/** Traefik takes port 443, and a port whose name begins with `https`, for https. */
function byPort({ backend, servicePort }: ForgeBackend): Protocol {
  const number = servicePort?.get('port').scalar ?? backend.port;
  const name = servicePort?.get('name').text ?? backend.port ?? '';
  return number === '443' || name.startsWith('https') ? 'https' : 'http';
}

function schemeOf(text: string | undefined): Protocol | undefined {
  const lower = text?.toLowerCase();
  return lower === 'http' || lower === 'https' ? lower : undefined;
}
