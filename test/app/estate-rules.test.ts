import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { GiteaRegistry, IssuerRef, RegistryApp, RegistryTls, V2Route } from 'cdk8s-gitea-registry';
import { minimalProps } from '../support/registries';
import { temporaryFolder } from '../support/temporary';
import { messageOf } from '../support/thrown';

const folder = temporaryFolder();
const before = process.cwd();
beforeEach(() => process.chdir(folder()));
afterEach(() => process.chdir(before));

interface Built {
  readonly app: App;
  readonly chart: Chart;
  readonly registry: GiteaRegistry;
}

function build(app: App): Built {
  const chart = new Chart(app, 'registry');
  const registry = new GiteaRegistry(chart, 'Registry', minimalProps());
  return { app, chart, registry };
}

const outdir = (): string => join(folder(), 'dist');

const ours = (): Built =>
  build(new RegistryApp({ outdir: outdir(), sideFiles: { root: folder() } }));

const stock = (): Built => build(new App({ outdir: outdir() }));

const route = (): V2Route =>
  V2Route.traefikIngress({
    tls: RegistryTls.certificate({
      secretName: 'tls',
      issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
    }),
  });

/** A chart of somebody else that breaks REG650. */
function badChart(scope: Chart | App, policy = 'reinstall'): void {
  const chart = scope instanceof App ? new Chart(scope, 'other') : scope;
  new ApiObject(chart, 'Gitea', {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChart',
    metadata: { name: 'gitea', namespace: 'git' },
    spec: {
      chart: 'gitea',
      version: '12.5.0',
      failurePolicy: policy,
      values: { gitea: { admin: { existingSecret: 'gitea-admin' } } },
    },
  });
}

describe('a RegistryApp', () => {
  test('judges what other constructs render, and writes nothing', () => {
    const { app } = ours();
    badChart(app);
    const message = messageOf(() => app.synth());
    expect(message).toContain(
      "[] other/Gitea: HelmChart git/gitea at spec.failurePolicy: failurePolicy 'reinstall'; expected `abort` or `retry`",
    );
    expect(message).toMatch(/\(REG650\)$/);
    expect(readdirSync(outdir())).toEqual([]);
    expect(existsSync(join(folder(), 'helm'))).toBe(false);
  });

  test('renders the same bytes as a stock App', () => {
    const first = ours();
    first.registry.exposeV2(route());
    badChart(first.app, 'abort');
    first.app.synth();
    const files = readdirSync(outdir());
    const texts = files.map((file) => readFileSync(join(outdir(), file), 'utf8'));
    const second = stock();
    second.registry.exposeV2(route());
    badChart(second.app, 'abort');
    second.app.synth();
    expect(files.map((file) => readFileSync(join(outdir(), file), 'utf8'))).toEqual(texts);
  });

  test('renders each object once', () => {
    const { app, chart } = ours();
    let rendered = 0;
    new ApiObject(chart, 'Counted', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { count: Lazy.any({ produce: () => `${++rendered}` }) },
    });
    app.synth();
    expect(rendered).toBe(1);
    app.synth();
    expect(rendered).toBe(2);
  });

  test('names a broken rule once, however many charts it has', () => {
    const { app } = ours();
    badChart(app);
    for (let index = 0; index < 5; index++) {
      new Chart(app, `more-${index}`);
    }
    expect(messageOf(() => app.synth()).match(/REG650/g)).toHaveLength(1);
  });

  test('accepts what gitea-registry.yaml accepts, whatever the day', () => {
    writeFileSync(
      'gitea-registry.yaml',
      'suppress: [{ code: REG650, object: HelmChart git/gitea, reason: moves, until: "2001-01-01" }]\n',
    );
    const { app } = ours();
    badChart(app);
    expect(() => app.synth()).not.toThrow();
  });

  test('refuses a gitea-registry.yaml that is wrong', () => {
    writeFileSync('gitea-registry.yaml', 'suppress: [{ code: REG650 }]\n');
    const { app } = ours();
    badChart(app);
    expect(messageOf(() => app.synth())).toContain('suppress[0].reason is missing');
  });

  test('leaves it to cdk8s to name an object that cannot be rendered', () => {
    const { app, chart } = ours();
    const broken = (): never => {
      throw new Error('no such thing');
    };
    new ApiObject(chart, 'Broken', {
      apiVersion: 'v1',
      kind: 'X',
      spec: Lazy.any({ produce: broken }),
    });
    expect(messageOf(() => app.synth())).toContain('no such thing');
  });

  test('without a registry judges nothing', () => {
    const app = new RegistryApp({ outdir: outdir() });
    badChart(app);
    expect(() => app.synth()).not.toThrow();
  });
});

describe('a registry in a stock App', () => {
  test('judges its own objects when somebody patched them', () => {
    mkdirSync('x');
    const { app, registry } = stock();
    registry.exposeV2(route());
    const ingress = registry.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .find(({ kind }) => kind === 'Ingress')!;
    expect(() => app.synth()).not.toThrow();
    ingress.addJsonPatch(JsonPatch.replace('/spec/rules/0/http/paths/0/pathType', 'Exact'));
    const message = messageOf(() => app.synth());
    expect(message).toContain('[registry/Registry] Ingress git/gitea-registry-v2 at spec.rules[0]');
    expect(message).toContain('(REG211)');
  });

  test('judges the values of addConfig', () => {
    const { app, registry } = stock();
    expect(() => app.synth()).not.toThrow();
    registry.addConfig('cron.cleanup_packages', 'SCHEDULE', 'whenever');
    expect(messageOf(() => app.synth())).toContain('(REG621)');
  });

  test('leaves what other constructs render to the plugin', () => {
    const { app } = stock();
    badChart(app);
    expect(() => app.synth()).not.toThrow();
  });
});
