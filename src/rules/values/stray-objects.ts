import { releaseTls } from '../../declaration/route';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import type { Backend } from '../read/route';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';

/** Objects of a declared registry that stand in another namespace than its release. */
export function strayObjects(registry: RegistryView): Violation[] {
  return registry.declaration === undefined
    ? []
    : [...strayBackends(registry), ...strayCertificates(registry)];
}

/** Routes of the host to a Service of the release's name in a namespace the release is not in. */
function strayBackends({ declaration, routes }: RegistryView): Violation[] {
  const { namespace, httpService } = declaration!.release;
  const backends = routes.flatMap((route) =>
    route.backends.filter(
      (backend) =>
        backend.name === httpService.name &&
        backend.namespace !== namespace &&
        isPlaced(backend, route.manifest),
    ),
  );
  return backends.map((backend) => ({
    at: backend.at,
    observed: `the route leads to Service '${backend.name}' of namespace '${backend.namespace}'`,
    expected: `namespace '${namespace}', where the release is`,
    why: 'the release has no Service there: the controller finds none of that name, or the one of another install',
    fix: `put the route into namespace '${namespace}', or name that namespace in it`,
  }));
}

/** Whether the namespace is written: without one a manifest goes where the tool that applies it says. */
function isPlaced({ at }: Backend, manifest: Manifest): boolean {
  return manifest.namespace !== undefined || at.get('namespace').exists;
}

/** Certificates that write the declared TLS secret of the host somewhere else. */
function strayCertificates({ declaration, hostName, estate }: RegistryView): Violation[] {
  const { release, route } = declaration!;
  const bySecret = estate.remember('certificates by secret name', () =>
    indexed(estate.certificates, ({ secretName }) => secretName),
  );
  return (bySecret.get(releaseTls(route)?.secretName ?? '') ?? [])
    .filter(
      ({ source, dnsNames, manifest }) =>
        source === 'certificate' &&
        dnsNames.includes(hostName!) &&
        manifest.namespace !== undefined &&
        manifest.namespace !== release.namespace,
    )
    .map(({ at, secretName, namespace }) => ({
      at,
      observed: `secret '${secretName}' is written to namespace '${namespace}'`,
      expected: `namespace '${release.namespace}', where the route of '${hostName}' reads it`,
      why: 'a TLS secret is read in the namespace of the route: the proxy falls back to its default certificate',
      fix: `put the Certificate into namespace '${release.namespace}'`,
    }));
}
