import { SecretStoreRef } from 'cdk8s-gitea-registry';

it('can be a store for all namespaces or of one', () => {
  expect(SecretStoreRef.clusterSecretStore('openbao')).toMatchObject({
    kind: 'ClusterSecretStore',
    name: 'openbao',
  });
  expect(SecretStoreRef.secretStore('vault')).toMatchObject({ kind: 'SecretStore', name: 'vault' });
});

it('throws when the name is none', () => {
  for (const make of [SecretStoreRef.clusterSecretStore, SecretStoreRef.secretStore]) {
    expect(() => make('Open_Bao')).toThrow(/^store\.name 'Open_Bao' .*\(REG660\)$/);
  }
});
