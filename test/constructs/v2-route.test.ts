import { ApiObject, JsonPatch } from 'cdk8s';
import type { TraefikIngressProps } from 'cdk8s-gitea-registry';
import { GiteaRegistry, RegistryTls, V2Route } from 'cdk8s-gitea-registry';
import { expectGolden } from 'cdk8s-gitea-registry/testing/golden';
import { golden } from '../support/golden-text';
import { emptyChart, manifest, minimalProps, registryCase } from '../support/registries';

const tls = RegistryTls.existingSecret({ secretName: 'wildcard', producer: 'platform' });

function routed(props: Partial<TraefikIngressProps> = {}, id = 'Registry') {
  const chart = emptyChart();
  const registry = new GiteaRegistry(chart, id, minimalProps());
  registry.exposeV2(V2Route.traefikIngress({ tls, ...props }));
  return { chart, registry };
}

it('has the Ingress as default child', () => {
  const route = routed().registry.node.findChild('V2Route');
  expect(ApiObject.of(route).kind).toBe('Ingress');
  expect(route.node.defaultChild).toBe(ApiObject.of(route));
});

it('defaults', () => {
  expectGolden(registryCase('tls-existing-secret').chart, golden('tls-existing-secret.yaml'));
});

it('all the props', () => {
  const props: Required<TraefikIngressProps> = {
    tls,
    name: 'live-ingress',
    ingressClassName: 'traefik-public',
    entryPoints: ['websecure', 'internal'],
  };
  const { chart, registry } = routed(props);
  const ingress = manifest(chart, 'Ingress');
  expect(ingress.metadata.name).toBe('live-ingress');
  expect(ingress.metadata.annotations).toEqual({
    'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure,internal',
    'traefik.ingress.kubernetes.io/router.tls': 'true',
  });
  expect(ingress.spec).toMatchObject({ ingressClassName: 'traefik-public' });
  expect(JSON.parse(registry.declaration).route).toEqual({
    kind: 'traefik-ingress',
    name: 'live-ingress',
    ingressClassName: 'traefik-public',
    entryPoints: ['websecure', 'internal'],
    tls: { source: 'existing-secret', secretName: 'wildcard', producer: 'platform' },
  });
});

it('routes exactly /v2 of the host, nothing else, and no middleware stands before it', () => {
  const { spec, metadata } = manifest(routed().chart, 'Ingress');
  expect(spec).toMatchObject({
    rules: [
      {
        host: 'git.example.org',
        http: { paths: [{ path: '/v2', pathType: 'Prefix' }] },
      },
    ],
  });
  expect(JSON.stringify(metadata)).not.toContain('middlewares');
});

it('does not see a list that the caller changes afterwards', () => {
  const entryPoints = ['websecure'];
  const { registry } = routed({ entryPoints });
  const before = registry.declaration;
  entryPoints.push('web');
  expect(registry.declaration).toBe(before);
});

it.each<[string, Partial<TraefikIngressProps>, RegExp]>([
  ['the name is none', { name: 'A' }, /^route\.name 'A' .*\(REG660\)$/],
  ['the name is empty', { name: '' }, /^route\.name '' .*\(REG660\)$/],
  ['the class is none', { ingressClassName: 'A' }, /^route\.ingressClassName 'A' .*\(REG660\)$/],
  [
    'there is no entry point',
    { entryPoints: [] },
    /entryPoints a list of 0 must have 1 .*REG660\)$/,
  ],
  ['an entry point is two', { entryPoints: ['a,b'] }, /entryPoints\[0\] 'a,b' .*\(REG660\)$/],
  ['tls is missing', { tls: undefined as never }, /^route\.tls is missing.*\(REG660\)$/],
])('throws when %s', (_why, props, message) => {
  expect(() => routed(props)).toThrow(message);
});

it('keeps its names: the Ingress follows the release, not the construct', () => {
  expect(manifest(routed({}, 'Moved').chart, 'Ingress').metadata.name).toBe('gitea-registry-v2');
});

it('honours a patch it does not know', () => {
  const { chart, registry } = routed();
  ApiObject.of(registry.node.findChild('V2Route')).addJsonPatch(
    JsonPatch.add('/spec/unknownField', 'kept'),
    JsonPatch.add('/metadata/annotations/example.org~1note', 'kept'),
  );
  const ingress = manifest(chart, 'Ingress');
  expect(ingress.spec).toMatchObject({ unknownField: 'kept', ingressClassName: 'traefik' });
  expect(ingress.metadata.annotations).toMatchObject({ 'example.org/note': 'kept' });
});
