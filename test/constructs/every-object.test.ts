import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { toJson_ApplicationSpec } from '../../imports/argoproj.io';
import { toJson_CertificateSpec } from '../../imports/cert-manager.io';
import {
  toJson_ClusterExternalSecretSpec,
  toJson_ExternalSecretSpec,
} from '../../imports/external-secrets.io';
import {
  toJson_HttpRouteSpec,
  toJson_ReferenceGrantSpec,
} from '../../imports/gateway.networking.k8s.io';
import { toJson_HelmChartConfigSpec, toJson_HelmChartSpec } from '../../imports/helm.cattle.io';
import { toJson_HelmReleaseSpec } from '../../imports/helm.toolkit.fluxcd.io';
import {
  toJson_HelmRepositorySpec,
  toJson_OciRepositorySpec,
} from '../../imports/source.toolkit.fluxcd.io';
import { toJson_IngressRouteSpec, toJson_MiddlewareSpec } from '../../imports/traefik.io';
import { expectGolden } from 'cdk8s-gitea-registry/testing/golden';
import { golden } from '../support/golden-text';
import type { Manifest } from '../support/registries';
import { emptyChart, manifests, REGISTRIES } from '../support/registries';
import { MISSING_SCHEMAS, SCHEMA_FOLDER, StrictSchemas } from '../support/strict-schema';

const named = (object: Manifest): string =>
  `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;

const KINDS = [
  'Application',
  'Certificate',
  'ClusterExternalSecret',
  'ConfigMap',
  'ExternalSecret',
  'HTTPRoute',
  'HelmChart',
  'HelmChartConfig',
  'HelmRelease',
  'HelmRepository',
  'Ingress',
  'IngressRoute',
  'Middleware',
  'NetworkPolicy',
  'OCIRepository',
  'ReferenceGrant',
  'ServiceAccount',
];

/** Kinds that go beside the release, wherever the pull secrets are. */
const BESIDE_RELEASE = [
  'Certificate',
  'ConfigMap',
  'HTTPRoute',
  'Ingress',
  'IngressRoute',
  'Middleware',
  'NetworkPolicy',
  'ReferenceGrant',
];

it('is one of these kinds, and the list of registries below has each', () => {
  expect([...new Set(REGISTRIES.flatMap(({ kinds }) => kinds))].sort()).toEqual(KINDS);
});

/** The generated mapper of each kind that has one. */
const MAPPERS: { readonly [kind: string]: (spec: never) => object | undefined } = {
  Application: toJson_ApplicationSpec,
  Certificate: toJson_CertificateSpec,
  ClusterExternalSecret: toJson_ClusterExternalSecretSpec,
  ExternalSecret: toJson_ExternalSecretSpec,
  HTTPRoute: toJson_HttpRouteSpec,
  HelmChart: toJson_HelmChartSpec,
  HelmChartConfig: toJson_HelmChartConfigSpec,
  HelmRelease: toJson_HelmReleaseSpec,
  HelmRepository: toJson_HelmRepositorySpec,
  IngressRoute: toJson_IngressRouteSpec,
  Middleware: toJson_MiddlewareSpec,
  OCIRepository: toJson_OciRepositorySpec,
  ReferenceGrant: toJson_ReferenceGrantSpec,
};

/**
 * A spec as its mapper takes it: a port of an IngressRoute, number or name, is a value of its own, and a field with capitals
 * has another name.
 */
function typed(kind: string, spec: unknown): never {
  const json = JSON.stringify(spec).replaceAll('"repoURL":', '"repoUrl":');
  return JSON.parse(
    kind === 'IngressRoute' ? json.replace(/"port":(\d+)/g, '"port":{"value":$1}') : json,
  ) as never;
}

describe.each(REGISTRIES)('$name', ({ name, kinds, build }) => {
  const chart = emptyChart();
  const registry = build(chart, (id) => id);
  const objects = manifests(chart);

  it('renders exactly the kinds it is made of', () => {
    expect(objects.map(({ kind }) => kind).sort()).toEqual(kinds);
  });

  if (kinds.length > 0) {
    it('renders what people reviewed', () => {
      expectGolden(chart, golden(`${name}.yaml`));
    });
  }

  it('keeps its names when chart and constructs are renamed and moved', () => {
    const platform = new Construct(new App(), 'Platform');
    const moved = new Chart(platform, 'moved', { disableResourceNameHashes: true });
    build(moved, (id) => `Renamed${id}`);
    expect(manifests(moved).map(named)).toEqual(objects.map(named));
  });

  it('keeps its names below a chart that has the namespace of the release', () => {
    const { release } = JSON.parse(registry.declaration);
    const same = new Chart(new App(), 'same', { namespace: release.namespace });
    build(same, (id) => id);
    expect(manifests(same)).toEqual(objects);
  });

  it('gives every object the two labels of this package', () => {
    for (const { metadata } of objects) {
      const { 'reconcile.fluxcd.io/watch': watch, ...labels } = metadata.labels;
      expect(labels).toEqual({
        'app.kubernetes.io/part-of': 'gitea-registry',
        'app.kubernetes.io/managed-by': 'cdk8s-gitea-registry',
      });
      expect(watch).toBe(/-registry-values$/.test(metadata.name) ? 'Enabled' : undefined);
    }
  });

  it('puts route, certificate and declaration beside the release, pull secrets into their own namespace', () => {
    const { release, pullSecrets, delivery } = JSON.parse(registry.declaration);
    const consumers = pullSecrets.map(({ namespace }: { namespace: string }) => namespace);
    for (const { kind, metadata } of objects) {
      if (kind === 'ClusterExternalSecret') {
        expect(metadata).not.toHaveProperty('namespace');
      } else if (delivery) {
        expect(metadata.namespace).toBe(delivery.namespace);
      } else if (BESIDE_RELEASE.includes(kind)) {
        expect(metadata.namespace).toBe(release.namespace);
      } else {
        expect(consumers).toContain(metadata.namespace);
        expect(metadata.namespace).not.toBe(release.namespace);
      }
    }
  });

  it('honours a patch it does not know, on every object', () => {
    const patched = emptyChart();
    build(patched, (id) => id);
    const rendered = patched.node.findAll().filter(ApiObject.isApiObject);
    expect(rendered).toHaveLength(objects.length);
    for (const object of rendered) {
      object.addJsonPatch(JsonPatch.add('/unknownMember', 'kept'));
      const inside = { ConfigMap: '/data/x', ServiceAccount: '/x' }[object.kind];
      object.addJsonPatch(JsonPatch.add(inside ?? '/spec/unknownField', { nested: ['kept'] }));
    }
    for (const object of manifests(patched)) {
      const { spec, data } = object as { spec?: object; data?: object };
      expect(object).toHaveProperty('unknownMember', 'kept');
      expect({ ...object, ...spec, ...data }).toEqual(
        expect.objectContaining({
          [{ ConfigMap: 'x', ServiceAccount: 'x' }[object.kind] ?? 'unknownField']: {
            nested: ['kept'],
          },
        }),
      );
    }
  });

  it('has specs that the generated mappers pass on without dropping a field', () => {
    for (const { kind, spec } of objects) {
      const mapper = MAPPERS[kind];
      if (mapper) {
        expect(mapper(typed(kind, spec))).toEqual(spec);
      }
    }
  });

  it('has core objects that Kubernetes accepts', () => {
    const models = { ConfigMap, Ingress, NetworkPolicy, ServiceAccount };
    for (const object of objects) {
      const Model = models[object.kind as keyof typeof models];
      if (Model) {
        expect(object.apiVersion).toBe(Model.apiVersion);
        expect(() => new Model(object as never).validate()).not.toThrow();
      }
    }
  });
});

const strictly = MISSING_SCHEMAS.length === 0 ? it : it.skip;
const absent =
  MISSING_SCHEMAS.length === 0
    ? ''
    : ` (SKIPPED: ${MISSING_SCHEMAS.join(', ')} not found in ${SCHEMA_FOLDER})`;

describe(`the closed schemas of the API server${absent}`, () => {
  let schemas: StrictSchemas;
  beforeAll(() => {
    schemas = new StrictSchemas();
  });

  strictly('accept every object of every registry', () => {
    for (const { name, build } of REGISTRIES) {
      const chart = emptyChart();
      build(chart, (id) => id);
      const problems = manifests(chart).flatMap((object) =>
        schemas.problems(object).map((problem) => `${name}: ${named(object)}: ${problem}`),
      );
      expect(problems).toEqual([]);
    }
  });

  strictly('refuse an unknown field, a missing one and a wrong type in each kind', () => {
    const chart = emptyChart();
    REGISTRIES.find(({ name }) => name === 'full')!.build(chart, (id) => id);
    for (const object of manifests(chart)) {
      expect(schemas.problems(object)).toEqual([]);
      expect(schemas.problems({ ...object, unknown: 1 } as never)).not.toEqual([]);
      if (object.spec) {
        expect(
          schemas.problems({ ...object, spec: { ...object.spec, unknown: 1 } } as never),
        ).toEqual([expect.stringContaining('/spec must NOT have additional properties unknown')]);
        expect(schemas.problems({ ...object, spec: 'text' } as never)).not.toEqual([]);
      }
    }
  });
});
