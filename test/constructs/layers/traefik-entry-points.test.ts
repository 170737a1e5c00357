import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import type { TraefikEntryPointsProps } from 'cdk8s-gitea-registry';
import {
  ForgeRelease,
  GiteaRegistry,
  RegistryApp,
  RegistryTls,
  TraefikEntryPoints,
  V2Route,
} from 'cdk8s-gitea-registry';
import { expectGolden } from 'cdk8s-gitea-registry/testing/golden';
import fc from 'fast-check';
import { parse } from 'yaml';
import { toJson_HelmChartConfigSpec } from '../../../imports/helm.cattle.io';
import { traefikValues } from '../../../src/delivery/traefik-values';
import { Estate, judge, RULES } from '../../../src/rules';
import { manifestsOf } from '../../rules/fixture';
import { golden } from '../../support/golden-text';
import type { Manifest } from '../../support/registries';
import { RELEASE } from '../../support/registries';
import { MISSING_SCHEMAS, StrictSchemas } from '../../support/strict-schema';

type Given = Omit<TraefikEntryPointsProps, 'registry'>;

const BUNDLED: Given = { chartVersion: '37.1.1+up37.1.0', existingValues: {} };

function registryIn(app: App): GiteaRegistry {
  const registry = new GiteaRegistry(new Chart(app, 'registry'), 'Registry', {
    host: 'git.example.org',
    release: ForgeRelease.gitea(RELEASE),
    limits: { pushBudget: Duration.minutes(90) },
  });
  registry.exposeV2(
    V2Route.traefikIngress({
      tls: RegistryTls.existingSecret({ secretName: 'git-tls', producer: 'platform team' }),
      entryPoints: ['websecure', 'internal'],
    }),
  );
  return registry;
}

/** The layer's chart with these props. */
function layer(given: Given = BUNDLED, app: App = new App()): Chart {
  const chart = new Chart(app, 'traefik');
  new TraefikEntryPoints(chart, 'EntryPoints', { registry: registryIn(app), ...given });
  return chart;
}

interface HelmChartConfig extends Omit<Manifest, 'spec'> {
  readonly spec: { readonly valuesContent: string; readonly failurePolicy: string };
}

function configOf(chart: Chart): HelmChartConfig {
  const [object, ...others] = Testing.synth(chart) as HelmChartConfig[];
  expect(others).toEqual([]);
  return object;
}

function valuesOf(given: Given): unknown {
  return parse(configOf(layer(given)).spec.valuesContent);
}

const transport = (readTimeout: unknown, more = {}) => ({
  transport: { respondingTimeouts: { readTimeout, ...more } },
});

it('defaults: the push budget for each entry point of the route, in the HelmChartConfig K3s has', () => {
  const chart = layer();
  expectGolden(chart, golden('traefik-entry-points.yaml'));
  const { kind, metadata, spec } = configOf(chart);
  expect([kind, metadata.name, metadata.namespace]).toEqual([
    'HelmChartConfig',
    'traefik',
    'kube-system',
  ]);
  expect(metadata.labels).toEqual({
    'app.kubernetes.io/part-of': 'gitea-registry',
    'app.kubernetes.io/managed-by': 'cdk8s-gitea-registry',
  });
  expect(spec.failurePolicy).toBe('abort');
  expect(parse(spec.valuesContent)).toEqual({
    ports: { websecure: transport('1h30m'), internal: transport('1h30m') },
  });
});

it('is passed on whole by the generated mapper', () => {
  const { spec } = configOf(layer());
  expect(toJson_HelmChartConfigSpec(spec as never)).toEqual(spec);
});

it('honours a patch it does not know', () => {
  const chart = layer();
  const object = chart.node.findAll().find((one) => ApiObject.isApiObject(one)) as ApiObject;
  object.addJsonPatch(
    JsonPatch.add('/spec/valuesSecrets', [{ name: 'dns', keys: ['token'] }]),
    JsonPatch.add('/spec/unknownField', { nested: ['kept'] }),
  );
  expect(configOf(chart).spec).toMatchObject({
    valuesSecrets: [{ name: 'dns', keys: ['token'] }],
    unknownField: { nested: ['kept'] },
  });
});

it('takes entry points of a route that is declared later', () => {
  const app = new App();
  const registry = new GiteaRegistry(new Chart(app, 'registry'), 'Registry', {
    host: 'git.example.org',
    release: ForgeRelease.gitea(RELEASE),
  });
  const chart = new Chart(app, 'traefik');
  new TraefikEntryPoints(chart, 'EntryPoints', { registry, ...BUNDLED });
  const tls = RegistryTls.existingSecret({ secretName: 'git-tls', producer: 'platform team' });
  registry.exposeV2(V2Route.traefikIngress({ tls, entryPoints: ['packages'] }));
  const { ports } = parse(configOf(chart).spec.valuesContent) as { readonly ports: object };
  expect(Object.keys(ports)).toEqual(['packages']);
});

describe('the keys of each line of the chart', () => {
  const given = {
    existingValues: {},
    entryPoints: ['websecure'],
    idleTimeout: Duration.minutes(5),
    trustedIps: ['10.0.0.1/32'],
  };

  it.each(['28.0.0', '34.2.1+up34.2.0', '39.0.8', '41.3.0'])(
    '%s: ports.<name>.transport',
    (one) => {
      expect(valuesOf({ ...given, chartVersion: one })).toEqual({
        ports: {
          websecure: {
            ...transport('1h30m', { idleTimeout: '5m' }),
            forwardedHeaders: { trustedIPs: ['10.0.0.1/32'] },
          },
        },
      });
    },
  );

  it.each(['25.0.3+up25.0.0', '27.0.2'])('%s: arguments of Traefik', (chartVersion) => {
    expect(valuesOf({ ...given, chartVersion })).toEqual({
      additionalArguments: [
        '--entryPoints.websecure.transport.respondingTimeouts.readTimeout=1h30m',
        '--entryPoints.websecure.transport.respondingTimeouts.idleTimeout=5m',
      ],
      ports: { websecure: { forwardedHeaders: { trustedIPs: ['10.0.0.1/32'] } } },
    });
  });

  it.each(['24.0.0', '42.0.0'])('refuses %s, which nobody tried', (chartVersion) => {
    expect(() => layer({ ...given, chartVersion })).toThrow(
      `chartVersion '${chartVersion}' is of a line of the Traefik chart nobody tried; tried: 25.x to 41.x. Helm would drop keys it does not know, or refuse them all (REG641)`,
    );
  });

  it.each(['v37.1.1', '37', '>=37', ''])("refuses '%s', which is no exact version", (one) => {
    expect(() => layer({ ...given, chartVersion: one })).toThrow(/REG641/);
  });
});

describe('what the HelmChartConfig holds today', () => {
  const wide = { chartVersion: '37.1.1', entryPoints: ['websecure'] };

  it('stays, scalars and null among it', () => {
    const existingValues = {
      deployment: { replicas: 2, podAnnotations: null },
      ports: { web: { port: 8000 }, websecure: { hostPort: 443 } },
      additionalArguments: ['--log.level=DEBUG'],
    };
    expect(valuesOf({ ...wide, existingValues })).toEqual({
      ...existingValues,
      ports: { web: { port: 8000 }, websecure: { hostPort: 443, ...transport('1h30m') } },
    });
  });

  it.each([
    [0, 0],
    ['0', '0'],
    ['0s', '0s'],
    [7200, 7200],
    ['2h', '2h'],
    [60, '1h30m'],
    ['60s', '1h30m'],
    ['', '1h30m'],
    [null, '1h30m'],
    ['soon', '1h30m'],
  ])('keeps a readTimeout that is long enough for others: %j becomes %j', (before, after) => {
    const existingValues = { ports: { websecure: transport(before) } };
    expect(valuesOf({ ...wide, existingValues })).toEqual({
      ports: { websecure: transport(after) },
    });
  });

  it('keeps the other arguments, and one timeout of each entry point', () => {
    const option = '--entrypoints.websecure.transport.respondingTimeouts.readTimeout';
    const read = '--entryPoints.websecure.transport.respondingTimeouts.readTimeout';
    const given = (argument: string): Given => ({
      ...wide,
      chartVersion: '27.0.2',
      existingValues: { additionalArguments: ['--log.level=DEBUG', argument] },
    });
    expect(valuesOf(given(`${option}=60s`))).toEqual({
      additionalArguments: ['--log.level=DEBUG', `${read}=1h30m`],
    });
    expect(valuesOf(given(`${option}=0`))).toEqual({
      additionalArguments: ['--log.level=DEBUG', `${read}=0`],
    });
  });

  it('keeps the proxies that are trusted already', () => {
    const existingValues = {
      ports: { websecure: { forwardedHeaders: { trustedIPs: ['10.0.0.1/32', '10.0.0.2/32'] } } },
    };
    expect(
      valuesOf({ ...wide, existingValues, trustedIps: ['10.0.0.2/32', 'fd00::1/128'] }),
    ).toMatchObject({
      ports: {
        websecure: {
          forwardedHeaders: { trustedIPs: ['10.0.0.1/32', '10.0.0.2/32', 'fd00::1/128'] },
        },
      },
    });
  });

  it.each([
    [undefined, 'existingValues'],
    [[], 'existingValues a list must be what the HelmChartConfig holds today'],
    ['ports: {}', 'existingValues'],
    [{ ports: { web: { port: Number.NaN } } }, 'existingValues.ports.web.port NaN must be text'],
    [{ list: [() => 1] }, 'existingValues.list[0] a function must be text'],
  ])('refuses %j', (existingValues, message) => {
    expect(() => layer({ ...wide, existingValues: existingValues as never })).toThrow(message);
  });

  it('refuses a loop, and a credential without showing it', () => {
    const loop: { [key: string]: unknown } = {};
    loop.again = loop;
    expect(() => layer({ ...wide, existingValues: loop })).toThrow(/REG636/);
    const token = '0123456789abcdef'.repeat(3).slice(0, 40);
    const secret = { ...wide, existingValues: { env: [{ name: 'T', value: token }] } };
    expect(() => layer(secret)).toThrow(/existingValues\.env\[0\]\.value .*REG544/);
    expect(() => layer(secret)).not.toThrow(token);
  });

  it('is found again with every value that is no timeout, whatever it is', () => {
    const values = fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<never>,
    );
    const settings = { entryPoints: ['websecure'], readTimeout: 3600, trustedIps: [] };
    fc.assert(
      fc.property(values, fc.constantFrom(27, 37), (existing, line) => {
        const written = traefikValues(settings, line, existing);
        const changed = line < 28 ? 'additionalArguments' : 'ports';
        expect(written).toEqual({ ...(existing as object), [changed]: written[changed] });
        expect(JSON.stringify(written[changed])).toMatch(/readTimeout/);
      }),
    );
  });
});

describe('refuses', () => {
  it('a readTimeout below the push budget, and takes zero and more', () => {
    expect(() => layer({ ...BUNDLED, readTimeout: Duration.minutes(1) })).toThrow(
      "readTimeout '1 minute' must be at least the push budget, '1h30m', or zero for no limit: an upload that takes longer is cut (REG440)",
    );
    const ports = (readTimeout: Duration): unknown =>
      valuesOf({ ...BUNDLED, entryPoints: ['websecure'], readTimeout });
    expect(ports(Duration.seconds(0))).toEqual({ ports: { websecure: transport('0s') } });
    expect(ports(Duration.hours(3))).toEqual({ ports: { websecure: transport('3h') } });
  });

  it.each(['0.0.0.0/0', '::/0', '10.0.0.1', '10.0.0.0/33', 'proxy.example.org'])(
    'to trust %s',
    (range) => {
      expect(() => layer({ ...BUNDLED, trustedIps: [range] })).toThrow(
        new RegExp(`trustedIps\\[0\\] '${range}' must be a range .*\\(REG240\\)`),
      );
    },
  );

  it('a place in the chart of the registry', () => {
    const registry = registryIn(new App());
    expect(
      () => new TraefikEntryPoints(Chart.of(registry), 'Traefik', { registry, ...BUNDLED }),
    ).toThrow(
      "TraefikEntryPoints 'registry/Traefik' is in the chart of the registry: Traefik is another layer's. Put it into a chart of its own, which its owners apply (REG630)",
    );
  });

  it('a chart of another namespace, where the controller would not find the object', () => {
    const app = new App();
    const chart = new Chart(app, 'ingress', { namespace: 'ingress' });
    const props = { registry: registryIn(app), ...BUNDLED };
    expect(() => new TraefikEntryPoints(chart, 'Traefik', props)).toThrow(
      /chart\.namespace 'ingress' must be the namespace of the HelmChart, 'kube-system'.*\(REG651\)/,
    );
    new TraefikEntryPoints(chart, 'Own', { ...props, name: 'edge', namespace: 'ingress' });
    expect(configOf(chart).metadata).toMatchObject({ name: 'edge', namespace: 'ingress' });
  });

  it('a second one for the same HelmChart: the last one applied would win', () => {
    const app = new App();
    layer(BUNDLED, app);
    const registry = app.node.findAll().find((one) => one instanceof GiteaRegistry)!;
    expect(
      () => new TraefikEntryPoints(new Chart(app, 'more'), 'EntryPoints', { registry, ...BUNDLED }),
    ).toThrow(/HelmChartConfig 'kube-system\/traefik' is declared by .*\(REG651\)/);
  });
});

it('is clean under all rules, and without it the rules see what it mends', () => {
  const app = new App();
  const charts = [layer(BUNDLED, app), ...app.charts.filter(({ node }) => node.id === 'registry')];
  const objects = charts.flatMap((chart) => Testing.synth(chart) as { readonly kind: string }[]);
  const findings = (all: readonly object[]): string[] => {
    const text = all.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
    const estate = new Estate(manifestsOf(text, 'all.yaml'), { readYaml: (one) => parse(one) });
    return judge(estate, RULES).findings.map(({ code }) => code);
  };
  expect(findings(objects)).toEqual([]);
  const short = objects.map((object) =>
    object.kind === 'HelmChartConfig'
      ? { ...object, spec: { failurePolicy: 'abort', valuesContent: 'ports: {}' } }
      : object,
  );
  expect(findings(short)).toContain('REG440');
});

it('passes the rules of an app that judges all', () => {
  const outdir = Testing.app().outdir;
  const app = new RegistryApp({ outdir });
  layer(BUNDLED, app);
  expect(() => app.synth()).not.toThrow();
});

const SCHEMA = resolve(__dirname, '../../../../shared/charts/traefik-values-41.3.0.schema.json');
const charts = existsSync(SCHEMA) ? it : it.skip;
const absent = existsSync(SCHEMA) ? '' : ` (SKIPPED: ${SCHEMA} not found)`;

charts(`fits the closed schema of Traefik chart 41.3.0${absent}`, () => {
  const validate = new Ajv2020({ strict: false }).compile(
    JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
  );
  const given = {
    chartVersion: '41.3.0',
    existingValues: { deployment: { replicas: 2 }, ports: { websecure: { hostPort: 443 } } },
    idleTimeout: Duration.minutes(5),
    trustedIps: ['10.0.0.1/32'],
  };
  validate(valuesOf(given));
  expect(validate.errors).toBeNull();
  expect(validate(valuesOf({ ...given, existingValues: { logs: {} } }))).toBe(false);
});

const strictly = MISSING_SCHEMAS.length === 0 ? it : it.skip;

strictly('is what the API server of K3s accepts', () => {
  expect(new StrictSchemas().problems(configOf(layer()) as never)).toEqual([]);
});
