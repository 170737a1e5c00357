import type {
  LinkDeclaration,
  OwnerDeclaration,
  OwnerVisibility,
  RegistryDeclaration,
  RouteDeclaration,
} from '../../../src/declaration/model';

/** What differs between the declarations of the table. */
export interface Declared {
  readonly owners: readonly OwnerDeclaration[];
  readonly links?: readonly LinkDeclaration[];
  readonly flavor?: 'gitea' | 'forgejo';
  readonly route?: RouteDeclaration;
  /** Host of the web pages, which leads the token endpoint to the release. */
  readonly uiHost?: string;
}

/** The one Ingress, which leads `/v2` and nothing else of the host to the release. */
export const V2_ROUTE: RouteDeclaration = {
  kind: 'traefik-ingress',
  name: 'gitea-v2',
  ingressClassName: 'traefik',
  entryPoints: ['websecure'],
  tls: { source: 'existing-secret', secretName: 'gitea-tls', producer: 'the platform team' },
};

/** An organization as it is declared. */
export function organization(
  name: string,
  visibility: OwnerVisibility = 'public',
): OwnerDeclaration {
  return { kind: 'organization', name, visibility };
}

/** A declaration of the registry at `host`. */
export function declarationOf(
  host: string,
  { owners, links, flavor = 'gitea', route, uiHost }: Declared,
): RegistryDeclaration {
  return {
    apiVersion: 'gitea-registry/v1',
    kind: 'RegistryDeclaration',
    host,
    ...(uiHost !== undefined && { uiHost, uiServesRealm: true }),
    sshDomain: host,
    release: {
      flavor,
      name: 'gitea',
      namespace: 'default',
      chart: 'gitea-charts/gitea',
      chartVersion: '12.5.0',
      appVersion: '1.25.4',
      valuesFiles: [],
      httpService: { name: 'gitea', port: 3000, appPort: 3000, nodePort: 32166 },
      liveConfig: {},
    },
    ...(route && { route }),
    tunnels: [],
    owners: [...owners],
    ...(links && { links: [...links] }),
    limits: { perType: { container: '-1' }, pushBudget: '1h' },
    pullSecrets: [],
    config: { added: [], reset: [] },
    handoff: { verifiedImages: [], references: [] },
  };
}
