import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ApiObject,
  App,
  Chart,
  Cron,
  Include,
  JsonPatch,
  Lazy,
  Testing,
  YamlOutputType,
} from 'cdk8s';
import { GiteaRegistry, PullSecret, RegistryApp } from 'cdk8s-gitea-registry';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import type { AttachPullSecretOptions } from '../../src/constructs/pull-secret-attachment';
import { PullSecretAttachment } from '../../src/constructs/pull-secret-attachment';
import { minimalProps } from '../support/registries';
import { temporaryFolder } from '../support/temporary';
import { messageOf } from '../support/thrown';

const folder = temporaryFolder();

const IMAGE = 'git.example.org/coulomb/state-hub:v1';

const POD = { containers: [{ name: 'main', image: IMAGE }] };

const NAMES = [{ name: 'gitea-pull' }];

const newApp = (): App => new App({ outdir: folder() });

const chartOf = (app: App, namespace?: string): Chart => new Chart(app, 'apps', { namespace });

function attach(scope: Construct, options?: AttachPullSecretOptions, secretName = 'gitea-pull') {
  const declared = { id: 'apps', namespace: 'apps', secretName, source: 'existing' } as const;
  return new PullSecretAttachment(scope, declared, options);
}

function workload(scope: Construct, kind: string, spec: object, apiVersion = 'apps/v1'): ApiObject {
  return new ApiObject(scope, kind, { apiVersion, kind, spec });
}

/** A construct of somebody else that holds a workload. */
class Service extends Construct {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    workload(new Construct(this, 'Inner'), 'DaemonSet', { template: { spec: POD } });
  }
}

/** Ten workloads, each made in another way. */
function addWorkloads(chart: Chart): void {
  const image = { image: IMAGE };
  new kplus.Deployment(chart, 'Deployment', { containers: [image] });
  new kplus.CronJob(chart, 'CronJob', { containers: [image], schedule: Cron.daily() });
  const service = new kplus.Service(chart, 'Service', { ports: [{ port: 80 }] });
  new kplus.StatefulSet(chart, 'StatefulSet', { containers: [image], service });
  new kplus.Job(chart, 'Job', { containers: [image] });
  workload(chart, 'Pod', POD, 'v1');
  workload(chart, 'ReplicaSet', Lazy.any({ produce: () => ({ template: { spec: POD } }) }));
  workload(chart, 'Rollout', { template: { spec: POD } }, 'argoproj.io/v1alpha1');
  new ApiObject(chart, 'PodTemplate', {
    apiVersion: 'v1',
    kind: 'PodTemplate',
    template: { spec: POD },
  });
  new Service(chart, 'Custom');
  const file = join(folder(), 'included.yaml');
  const included = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'included' } };
  writeFileSync(file, JSON.stringify({ ...included, spec: { template: { spec: POD } } }));
  new Include(chart, 'Included', { url: file });
}

/** Every pod spec in rendered objects: whatever has a list of containers. */
function podSpecs(value: unknown): { readonly imagePullSecrets?: unknown }[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return [
    ...('containers' in value ? [value as object] : []),
    ...Object.values(value).flatMap(podSpecs),
  ];
}

const rendered = (app: App): unknown[] =>
  parseAllDocuments(app.synthYaml()).map((document) => document.toJS());

/** The `imagePullSecrets` of all pods of an app. */
const lists = (app: App): unknown[] => podSpecs(rendered(app)).map((pod) => pod.imagePullSecrets);

const ofEach = (count: number, list: unknown): unknown[] =>
  Array.from({ length: count }, () => list);

it('reaches every pod of a chart of ten workloads, whoever made them', () => {
  const app = newApp();
  const chart = chartOf(app, 'apps');
  addWorkloads(chart);
  expect(lists(app)).toEqual(ofEach(10, undefined));
  attach(chart);
  expect(lists(app)).toEqual(ofEach(10, NAMES));
});

it('reaches workloads added after it, in charts of the app added after it', () => {
  const app = newApp();
  attach(app);
  addWorkloads(chartOf(app));
  workload(new Chart(app, 'late'), 'Pod', POD, 'v1');
  expect(lists(app)).toEqual(ofEach(11, NAMES));
});

it('reaches what is rendered for a test, and for one object', () => {
  const chart = Testing.chart();
  attach(chart);
  const pod = workload(chart, 'Pod', POD, 'v1');
  expect(pod.toJson().spec.imagePullSecrets).toEqual(NAMES);
  expect(Testing.synth(chart)[0].spec.imagePullSecrets).toEqual(NAMES);
});

it('reaches what app.synth() writes, in one file or in one for each object', () => {
  for (const yamlOutputType of Object.values(YamlOutputType).filter(Number.isInteger)) {
    const outdir = join(folder(), `${yamlOutputType}`);
    const app = new App({ outdir, yamlOutputType: yamlOutputType as YamlOutputType });
    const chart = chartOf(app, 'apps');
    attach(chart);
    workload(chart, 'Pod', POD, 'v1');
    app.synth();
    const [file] = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.yaml'),
    );
    expect(podSpecs(parse(readFileSync(join(outdir, file), 'utf8')))).toEqual([
      { ...POD, imagePullSecrets: NAMES },
    ]);
  }
});

it('reaches pods whose namespace is left to kubectl', () => {
  const chart = Testing.chart();
  attach(chart);
  workload(chart, 'Pod', POD, 'v1');
  const [pod] = Testing.synth(chart);
  expect(pod.metadata).not.toHaveProperty('namespace');
  expect(pod.spec.imagePullSecrets).toEqual(NAMES);
});

it('is in place when RegistryApp judges the manifests, and in what it then writes', () => {
  const build = (attached: boolean): RegistryApp => {
    const app = new RegistryApp({ outdir: folder() });
    const registry = new GiteaRegistry(new Chart(app, 'registry'), 'Registry', minimalProps());
    registry.addPullSecret('apps', PullSecret.fromSecretName('apps', 'gitea-pull'));
    const chart = chartOf(app, 'apps');
    workload(chart, 'Deployment', { template: { spec: POD } });
    if (attached) {
      attach(chart);
    }
    return app;
  };
  expect(messageOf(() => build(false).synth())).toContain('(REG541)');
  build(true).synth();
  expect(readFileSync(join(folder(), 'apps.k8s.yaml'), 'utf8')).toContain('gitea-pull');
});

it('takes one workload: an object, a construct around one, or one further down', () => {
  const app = newApp();
  const chart = chartOf(app, 'apps');
  attach(workload(chart, 'Pod', POD, 'v1'));
  attach(new kplus.Deployment(chart, 'Deployment', { containers: [{ image: IMAGE }] }));
  attach(new Service(chart, 'Custom'));
  workload(chart, 'Job', { template: { spec: POD } }, 'batch/v1');
  expect(lists(app)).toEqual([NAMES, NAMES, NAMES, undefined]);
});

it('keeps entries that stand there, in their order, and repeats none', () => {
  const name = fc.constantFrom('a', 'b', 'gitea-pull', 'other');
  const property = fc.property(fc.uniqueArray(name), fc.array(name), (present, attached) => {
    const chart = Testing.chart();
    const spec = { ...POD, imagePullSecrets: present.map((one) => ({ name: one })) };
    const pod = workload(chart, 'Pod', spec, 'v1');
    attached.forEach((one, index) => attach(index % 2 === 0 ? chart : pod, {}, one));
    Testing.synth(chart);
    const names = Testing.synth(chart)[0].spec.imagePullSecrets.map(
      (entry: { readonly name: string }) => entry.name,
    );
    expect(names.slice(0, present.length)).toEqual(present);
    expect([...names].sort()).toEqual([...new Set([...present, ...attached])].sort());
  });
  fc.assert(property, { numRuns: 50 });
});

it('comes after patches of the user, made before it or after it', () => {
  const app = newApp();
  const chart = chartOf(app, 'apps');
  const pod = workload(chart, 'Pod', POD, 'v1');
  attach(chart);
  const other = { name: 'other' };
  pod.addJsonPatch(JsonPatch.add('/spec/imagePullSecrets', [other]));
  expect(lists(app)).toEqual([[other, ...NAMES]]);
  pod.addJsonPatch(JsonPatch.replace('/spec', POD));
  expect(lists(app)).toEqual([NAMES]);
});

it('reaches each entry of a List', () => {
  const app = newApp();
  const chart = chartOf(app);
  const items = [{ kind: 'Pod', metadata: { name: 'a' }, spec: POD }, { kind: 'Secret' }];
  new ApiObject(chart, 'List', { apiVersion: 'v1', kind: 'List', items } as never);
  attach(chart);
  expect(lists(app)).toEqual([NAMES]);
});

it('refuses pods of another namespace, naming each and both namespaces, and gives them nothing', () => {
  const app = newApp();
  const chart = chartOf(app, 'shop');
  const metadata = { name: 'moved', namespace: 'bar' };
  const moved = { apiVersion: 'v1', kind: 'Pod', metadata, spec: POD };
  const object = new ApiObject(chart, 'Moved', moved);
  new ApiObject(chart, 'Web', { ...moved, metadata: { name: 'web' } });
  new ApiObject(chart, 'Right', { ...moved, metadata: { name: 'right', namespace: 'apps' } });
  attach(chart);
  expect(messageOf(() => app.synthYaml())).toBe(
    "Validation failed with the following errors:\n  [apps] attachPullSecret 'apps' gives secret 'gitea-pull', which only pods of namespace 'apps' can use, to Pod 'moved' of namespace 'bar', Pod 'web' of namespace 'shop': attach a pull secret of their namespace to them, and this one to a scope without them (REG540)",
  );
  expect(object.toJson()).toEqual(moved);
});

it('gives a secret of many namespaces to pods of those it is made for, or may be made for', () => {
  const places = (namespaceLabels?: { readonly [label: string]: string }) => {
    const chart = Testing.chart();
    for (const namespace of ['shop', 'bar']) {
      const metadata = { name: namespace, namespace };
      new ApiObject(chart, namespace, { apiVersion: 'v1', kind: 'Pod', metadata, spec: POD });
    }
    new PullSecretAttachment(chart, {
      id: 'teams',
      secretName: 'gitea-pull',
      source: 'cluster-external-secret',
      namespaces: ['apps', 'shop'],
      ...(namespaceLabels && { namespaceLabels }),
    });
    return chart;
  };
  expect(messageOf(() => Testing.synth(places()))).toContain(
    "which only pods of namespace 'apps', 'shop' can use, to Pod 'bar' of namespace 'bar': attach",
  );
  for (const { spec } of Testing.synth(places({ 'registry-pull': 'git' }))) {
    expect(spec.imagePullSecrets).toEqual(NAMES);
  }
});

it('names ten of many pods it refuses', () => {
  const chart = Testing.chart();
  for (let index = 0; index < 13; index++) {
    const metadata = { name: `pod-${index}`, namespace: 'bar' };
    new ApiObject(chart, `Pod${index}`, { apiVersion: 'v1', kind: 'Pod', metadata, spec: POD });
  }
  attach(chart);
  const message = messageOf(() => Testing.synth(chart));
  expect(message).toContain("Pod 'pod-9' of namespace 'bar' and 3 more: attach");
  expect(message).not.toContain('pod-10');
});

it('refuses a scope without pods, once they could have come', () => {
  const app = newApp();
  const chart = chartOf(app);
  attach(chart);
  new kplus.ConfigMap(chart, 'ConfigMap');
  workload(chart, 'Workflow', { templates: [{ container: {} }] }, 'argoproj.io/v1alpha1');
  expect(messageOf(() => app.synthYaml())).toMatch(
    /\[apps\] attachPullSecret 'apps' found no pods below 'apps': .*\(REG541\)$/,
  );
  workload(chart, 'Pod', POD, 'v1');
  expect(lists(app)).toEqual([NAMES]);
});

const account = (scope: Construct, id: string, namespace?: string): ApiObject =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace } });

it('gives it to ServiceAccounts where it is asked to', () => {
  const chart = Testing.chart();
  const alone = account(chart, 'Account');
  workload(chart, 'Pod', POD, 'v1');
  attach(chart);
  expect(alone.toJson()).not.toHaveProperty('imagePullSecrets');
  attach(chart, { serviceAccounts: true });
  expect(alone.toJson().imagePullSecrets).toEqual(NAMES);
});

it('gives it to a ServiceAccount that is its scope, a construct around one included', () => {
  const chart = Testing.chart();
  attach(account(chart, 'Account'));
  attach(new kplus.ServiceAccount(chart, 'Plus'));
  const accounts = Testing.synth(chart);
  expect(accounts.map(({ imagePullSecrets }) => imagePullSecrets)).toEqual([NAMES, NAMES]);
});

it('refuses a ServiceAccount of another namespace', () => {
  const chart = Testing.chart();
  attach(account(chart, 'Account', 'bar'));
  expect(messageOf(() => Testing.synth(chart))).toMatch(/of namespace 'bar'.*\(REG540\)$/);
});

it('leaves an object that cannot be rendered to cdk8s, which says why', () => {
  const chart = Testing.chart();
  attach(chart);
  new kplus.Deployment(chart, 'Empty');
  const message = messageOf(() => Testing.synth(chart));
  expect(message).toContain('PodSpec must have at least 1 container');
  expect(message).not.toContain('REG541');
});

it('renders an object no more often for many charts', () => {
  const renderings = (charts: number): number => {
    const app = newApp();
    let count = 0;
    const spec = Lazy.any({
      produce: () => {
        count++;
        return POD;
      },
    });
    workload(chartOf(app, 'apps'), 'Pod', spec, 'v1');
    Array.from({ length: charts }, (_, index) => new Chart(app, `chart-${index}`));
    attach(app);
    app.synthYaml();
    return count;
  };
  expect(renderings(20)).toBe(renderings(1));
});
