import { PULL_PROBES } from '../../../../src/doctor/cluster/pulls';
import { diagnoseCluster } from '../found';
import { added, coulombBut, edited, without } from '../table/edit';
import { SECRET, waits } from './waiting-pods';
import type { Change } from './waiting-pods';

const probes = PULL_PROBES.filter(({ code }) => code === 'REG545');

async function told(...changes: readonly Change[]): Promise<string[]> {
  const { results } = await diagnoseCluster(coulombBut(...changes)(), probes);
  return results.map(({ status, observed = '' }) => `${status} ${observed}`);
}

const external = (id: string, status: object = {}): ReturnType<typeof added> => {
  const [namespace, name] = id.split('/');
  return added({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace },
    spec: {
      target: {
        name,
        template: {
          type: 'kubernetes.io/dockerconfigjson',
          data: { '.dockerconfigjson': '{{ .config }}' },
        },
      },
      data: [{ secretKey: 'config', remoteRef: { key: 'gitea' } }],
    },
    status,
  });
};

const ready = (status: string, message = ''): object => ({
  conditions: [
    {
      type: 'Ready',
      status,
      reason: status === 'True' ? 'SecretSynced' : 'SecretSyncedError',
      message,
    },
  ],
});

describe('External Secrets of a registry', () => {
  it('are no matter where there are none', async () => {
    expect(await told()).toEqual([]);
  });

  it('hold when they are synced', async () => {
    expect(await told(external(SECRET, ready('True')))).toEqual([
      'pass the External Secret of the registry synced',
    ]);
  });

  it('fail when they are not ready, with what the operator says', async () => {
    expect(await told(external(SECRET, ready('False', 'no such key')))).toEqual([
      'fail ExternalSecret state-hub/gitea-pull is not synced: SecretSyncedError: no such key',
    ]);
  });

  it('fail when no operator looks after them', async () => {
    expect(await told(without('Secret', SECRET), external(SECRET))).toEqual([
      "fail ExternalSecret state-hub/gitea-pull has no status, and Secret 'gitea-pull' is not there: nothing looks after it",
    ]);
  });

  it('of others are left alone', async () => {
    expect(await told(external('shop/stripe', ready('False')))).toEqual([]);
  });

  it('make the secret the forge reads', async () => {
    expect((await told(external('default/gitea-admin', ready('False')))).join()).toMatch(
      /^fail ExternalSecret default\/gitea-admin/,
    );
  });

  it('for many namespaces name one that failed', async () => {
    const found = await told(
      added({
        apiVersion: 'external-secrets.io/v1',
        kind: 'ClusterExternalSecret',
        metadata: { name: 'gitea-pull' },
        spec: { externalSecretSpec: { target: { name: 'gitea-pull' } } },
        status: { failedNamespaces: [{ namespace: 'shop', reason: 'exists' }] },
      }),
      waits('shop/app'),
    );
    expect(found.join()).toContain(
      "ClusterExternalSecret gitea-pull failed in 1 of its namespaces, 'shop' first",
    );
  });

  it('declared by label are looked at although no pod names their secret yet', async () => {
    const declared = edited('ConfigMap', 'default/gitea-registry', (map) => {
      const declaration = JSON.parse(map.data['registry.json']);
      declaration.pullSecrets = [
        {
          id: 'Teams',
          secretName: 'teams-pull',
          source: 'cluster-external-secret',
          namespaceLabels: { 'registry-pull': 'gitea' },
        },
      ];
      map.data['registry.json'] = JSON.stringify(declaration);
    });
    const spread = added({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ClusterExternalSecret',
      metadata: { name: 'teams-pull' },
      spec: { externalSecretSpec: {} },
      status: { failedNamespaces: [{ namespace: 'shop', reason: 'exists' }] },
    });
    expect((await told(spread)).join()).not.toContain('teams-pull');
    expect((await told(declared, spread)).join()).toContain(
      "ClusterExternalSecret teams-pull failed in 1 of its namespaces, 'shop' first",
    );
  });
});
