import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { toJson_CertificateSpec } from '../../imports/cert-manager.io';
import { toJson_ExternalSecretSpec } from '../../imports/external-secrets.io';
import { expectGolden } from 'cdk8s-gitea-registry/testing/golden';
import { golden } from '../support/golden-text';
import type { Manifest } from '../support/registries';
import { emptyChart, manifests, REGISTRIES } from '../support/registries';
import { MISSING_SCHEMAS, SCHEMA_FOLDER, StrictSchemas } from '../support/strict-schema';

const named = (object: Manifest): string =>
  `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;

const KINDS = ['Certificate', 'ConfigMap', 'ExternalSecret', 'Ingress', 'ServiceAccount'];

it('is one of five kinds, and the list of registries below has each', () => {
  expect([...new Set(REGISTRIES.flatMap(({ kinds }) => kinds))].sort()).toEqual(KINDS);
});

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
      expect(metadata.labels).toEqual({
        'app.kubernetes.io/part-of': 'gitea-registry',
        'app.kubernetes.io/managed-by': 'cdk8s-gitea-registry',
      });
    }
  });

  it('puts route, certificate and declaration beside the release, pull secrets into their own namespace', () => {
    const { release, pullSecrets } = JSON.parse(registry.declaration);
    const consumers = pullSecrets.map(({ namespace }: { namespace: string }) => namespace);
    for (const { kind, metadata } of objects) {
      if (['ConfigMap', 'Ingress', 'Certificate'].includes(kind)) {
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
      if (kind === 'Certificate') {
        expect(toJson_CertificateSpec(spec as never)).toEqual(spec);
      }
      if (kind === 'ExternalSecret') {
        expect(toJson_ExternalSecretSpec(spec as never)).toEqual(spec);
      }
    }
  });

  it('has core objects that Kubernetes accepts', () => {
    const models = { ConfigMap, Ingress, ServiceAccount };
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
  strictly('accept every object of every registry', () => {
    const schemas = new StrictSchemas();
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
    const schemas = new StrictSchemas();
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
