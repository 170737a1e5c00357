import type { RegistryDeclaration } from './model';

/** One way on which a client can reach the registry. */
export interface AccessPath {
  /** `ingress`, `service`, `nodePort`, or the declared name of a tunnel. */
  readonly name: string;
  readonly kind: 'ingress' | 'service' | 'nodePort' | 'tunnel';
  /** Origin, without a path. Absent for `nodePort`: any node's address will do. */
  readonly origin?: string;
  /** Port on every node, for `nodePort`. */
  readonly nodePort?: number;
  /** True when only something inside the cluster, or a port-forward, gets there. */
  readonly insideCluster: boolean;
}

/** The access paths of a registry in the order of reports: outside first. */
export function accessPaths(declaration: RegistryDeclaration): AccessPath[] {
  const { host, release, tunnels } = declaration;
  const { name, port, nodePort } = release.httpService;
  return [
    { name: 'ingress', kind: 'ingress', origin: `https://${host}`, insideCluster: false },
    {
      name: 'service',
      kind: 'service',
      origin: `http://${name}.${release.namespace}.svc:${port}`,
      insideCluster: true,
    },
    ...(nodePort === undefined
      ? []
      : [{ name: 'nodePort', kind: 'nodePort', nodePort, insideCluster: true } as const]),
    ...tunnels.map((tunnel) => ({
      name: tunnel.name,
      kind: 'tunnel' as const,
      origin: tunnel.url,
      insideCluster: false,
    })),
  ];
}
