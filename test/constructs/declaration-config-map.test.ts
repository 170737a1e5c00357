import { ApiObject } from 'cdk8s';
import { DECLARATION_KEY, DeclarationConfigMap } from '../../src/constructs/declaration-config-map';
import { emptyChart, manifest, registryCase } from '../support/registries';

function facts() {
  return JSON.parse(registryCase('minimal').registry.declaration);
}

it('has the ConfigMap as default child', () => {
  const map = new DeclarationConfigMap(emptyChart(), 'Declaration', facts);
  expect(ApiObject.of(map)).toBe(map.node.findChild('Resource'));
});

it('defaults', () => {
  const chart = emptyChart();
  new DeclarationConfigMap(chart, 'Declaration', facts);
  expect(manifest(chart, 'ConfigMap')).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'gitea-registry',
      namespace: 'git',
      labels: {
        'app.kubernetes.io/part-of': 'gitea-registry',
        'app.kubernetes.io/managed-by': 'cdk8s-gitea-registry',
      },
    },
    data: { 'registry.json': `${JSON.stringify(facts(), null, 2)}\n` },
  });
  expect(DECLARATION_KEY).toBe('registry.json');
});

it('prints the declaration as it is at the end, not as it was at the start', () => {
  const chart = emptyChart();
  let backup = 'none';
  new DeclarationConfigMap(chart, 'Declaration', () => ({ ...facts(), backup }));
  backup = 'velero';
  expect(JSON.parse(manifest(chart, 'ConfigMap').data!['registry.json']).backup).toBe('velero');
});

it('can take the name of a live ConfigMap', () => {
  const chart = emptyChart();
  new DeclarationConfigMap(chart, 'Declaration', facts, 'live');
  expect(manifest(chart, 'ConfigMap').metadata.name).toBe('live');
});
