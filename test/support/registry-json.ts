type Json = { readonly [name: string]: unknown };

/** The smallest declaration: Gitea 1.25.4 by chart 12.5.0, release `gitea` in namespace `git`. */
const SMALLEST: Json = {
  apiVersion: 'gitea-registry/v1',
  kind: 'RegistryDeclaration',
  host: 'git.example.org',
  sshDomain: 'git.example.org',
  release: {
    flavor: 'gitea',
    name: 'gitea',
    namespace: 'git',
    chart: 'oci://docker.gitea.com/charts/gitea',
    chartVersion: '12.5.0',
    appVersion: '1.25.4',
    valuesFiles: [],
    httpService: { name: 'gitea-http', port: 3000, appPort: 3000 },
    liveConfig: {},
  },
  tunnels: [],
  owners: [],
  limits: { perType: { container: '-1' }, pushBudget: '1h' },
  pullSecrets: [],
  config: { added: [], reset: [] },
  handoff: { verifiedImages: [], references: [] },
};

/** A declaration as JSON from the parts that matter; maps are merged over the smallest one, lists replaced. */
export function registryJson(parts: Json): Json {
  return merged(SMALLEST, parts);
}

function merged(base: Json, parts: Json): Json {
  return Object.entries(parts).reduce<Json>(
    (result, [key, value]) => ({
      ...result,
      [key]: isMap(value) && isMap(base[key]) ? merged(base[key] as Json, value as Json) : value,
    }),
    base,
  );
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
