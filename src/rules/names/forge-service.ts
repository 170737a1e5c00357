import type { RegistryView } from '../registry-view';

/** An HTTP Service of a registry's release, by name. */
export interface ServiceName {
  readonly name: string;
  readonly namespace: string;
}

/** The HTTP Services of the release: the declared one, else those its routes for `/v2` lead to. */
export function forgeServices(registry: RegistryView): readonly ServiceName[] {
  return registry.remember('services', () => {
    const { declaration, v2Routes } = registry;
    if (declaration) {
      const { namespace, httpService } = declaration.release;
      return [{ name: httpService.name, namespace }];
    }
    const backends = v2Routes
      .flatMap((route) => route.backends)
      .filter(({ kind }) => kind === 'Service');
    const byName = new Map(backends.map((one) => [`${one.namespace}/${one.name}`, one]));
    return [...byName.values()];
  });
}

/** Names of a Service that the DNS of the cluster resolves from any namespace (Kubernetes, DNS for Services). */
export function clusterNames({ name, namespace }: ServiceName): readonly string[] {
  const short = `${name}.${namespace}`;
  return [short, `${short}.svc`, `${short}.svc.cluster.local`];
}

/** Ports at which a port-forward, a tunnel, a node or the Service itself answers as this registry. */
export function localPorts(registry: RegistryView): ReadonlySet<string> {
  return registry.remember('local ports', () => {
    const { declaration, v2Routes } = registry;
    if (!declaration) {
      const backends = v2Routes.flatMap((route) => route.backends);
      return new Set(backends.flatMap(({ port }) => port ?? []));
    }
    const { port, appPort, nodePort } = declaration.release.httpService;
    const tunnels = declaration.tunnels.flatMap(({ url }) => /:(\d+)$/.exec(url)?.[1] ?? []);
    return new Set([...[port, appPort, nodePort ?? port].map(String), ...tunnels]);
  });
}

/** Declared owners in lower case, as they stand in image references. */
export function ownerNames(registry: RegistryView): ReadonlySet<string> {
  return registry.remember('names of the owners', () => {
    const owners = registry.declaration?.owners ?? [];
    return new Set(owners.map(({ name }) => name.toLowerCase()));
  });
}
