import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import type { GiteaRegistryProps } from 'cdk8s-gitea-registry';
import {
  ForgeRelease,
  GiteaRegistry,
  IssuerRef,
  PackageOwner,
  PullSecret,
  RegistryTls,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';
import { DeclarationError, parseDeclaration } from 'cdk8s-gitea-registry/declaration';
import { expectGolden } from 'cdk8s-gitea-registry/testing/golden';
import { golden } from '../support/golden-text';
import {
  emptyChart,
  fullProps,
  manifest,
  manifests,
  minimalProps,
  registryCase,
  RELEASE,
} from '../support/registries';
import { messageOf, thrown } from '../support/thrown';

function registry(props: Partial<GiteaRegistryProps> = {}, chart = emptyChart()): GiteaRegistry {
  return new GiteaRegistry(chart, 'Registry', { ...minimalProps(), ...props });
}

const route = (name?: string): V2Route =>
  V2Route.traefikIngress({
    tls: RegistryTls.certificate({ secretName: 'tls', issuer: IssuerRef.issuer('ca') }),
    name,
  });

const pullSecret = (namespace = 'apps', name = 'gitea-pull'): PullSecret =>
  PullSecret.fromSecretName(namespace, name);

it('has the ConfigMap as default child of its declaration', () => {
  const declaration = registry().node.findChild('Declaration');
  expect(ApiObject.of(declaration).kind).toBe('ConfigMap');
  expect(declaration.node.defaultChild).toBe(ApiObject.of(declaration));
});

it('defaults', () => {
  expectGolden(registryCase('minimal').chart, golden('minimal.yaml'));
});

it('gives what is no manifest as text by path, for apps that write it themselves', () => {
  const minimal = registryCase('minimal').registry;
  expect(minimal.sideFiles).toEqual({
    'helm/gitea-registry-values.yaml': minimal.values,
    'docs/gitea-container-registry.md': minimal.handoff,
  });
});

it('all the props', () => {
  const props = fullProps();
  const full = registry(props);
  const declaration = JSON.parse(full.declaration);
  expect(declaration).toMatchObject({
    host: 'git.example.org',
    sshDomain: 'ssh.example.org',
    tunnels: props.tunnels,
    backup: props.backup,
    handoff: props.handoff,
    storage: { claim: 'gitea-shared-storage', size: '50Gi', path: '/data/blobs' },
  });
  expect(declaration.owners.map(({ name }: { name: string }) => name)).toEqual([
    'Platform',
    'mosaic',
    'dana',
  ]);
  expectGolden(registryCase('full').chart, golden('full.yaml'));
});

it('can be asked for its host', () => {
  expect(registry({ host: 'git.example.org:8443' }).host).toBe('git.example.org:8443');
});

it('can stand in a stock App, which leaves the texts to be asked for', () => {
  const app = new App();
  const stock = registry({}, new Chart(app, 'chart', { namespace: 'git' }));
  expect(stock.values).toContain('ROOT_URL: "https://git.example.org/"');
  expect(stock.handoff).toContain('# Container registry git.example.org');
  expect(JSON.parse(stock.declaration).kind).toBe('RegistryDeclaration');
});

it('can keep its declaration out of the cluster', () => {
  const chart = emptyChart();
  const unpublished = registry({ publishDeclaration: false, declarationName: 'unused' }, chart);
  expect(manifests(chart)).toEqual([]);
  expect(unpublished.declaration).toBe(registry().declaration);
});

it('publishes the very text that `declaration` gives, whatever was added last', () => {
  const chart = emptyChart();
  const late = registry({}, chart);
  late.addConfig('ui', 'THEMES', 'gitea-auto');
  late.exposeV2(route());
  late.addPullSecret('Apps', pullSecret());
  expect(manifest(chart, 'ConfigMap').data).toEqual({ 'registry.json': late.declaration });
});

it('gives a declaration that is read back as the same', () => {
  const { registry: full } = registryCase('full');
  const read = parseDeclaration(full.declaration);
  expect(read).toEqual(JSON.parse(full.declaration));
  expect(read.config.added).toEqual([
    { section: 'cron.cleanup_packages', key: 'OLDER_THAN' },
    { section: 'ui', key: 'REACTIONS' },
  ]);
});

it('never renders what others own: Services, existing Secrets and ServiceAccounts', () => {
  const chart = emptyChart();
  const plain = registry({ publishDeclaration: false }, chart);
  plain.addPullSecret(
    'Apps',
    PullSecret.fromSecretName('apps', 'gitea-pull', { serviceAccount: { name: 'app' } }),
  );
  plain.addPullSecret(
    'Hub',
    PullSecret.fromSecretName('hub', 'gitea-pull', {
      serviceAccount: { name: 'default', create: false },
    }),
  );
  expect(manifests(chart)).toEqual([]);
  expect(JSON.parse(plain.declaration).pullSecrets).toHaveLength(2);
});

it('can describe several releases in one app', () => {
  const chart = emptyChart();
  registry({}, chart);
  new GiteaRegistry(chart, 'Other', {
    host: 'other.example.org',
    release: ForgeRelease.gitea({ ...RELEASE, name: 'other' }),
  });
  const names = manifests(chart).map(({ metadata }) => metadata.name);
  expect(names).toEqual(['gitea-registry', 'other-registry']);
});

it('can describe the same release in two apps', () => {
  expect(registry().values).toBe(registry().values);
});

it('does not see a list that the caller changes afterwards', () => {
  const props = {
    ...minimalProps(),
    tunnels: [{ name: 'vpn', url: 'http://10.0.0.1' }],
    owners: [],
  };
  const early = registry(props);
  const before = early.declaration;
  props.tunnels.push({ name: 'late', url: 'http://10.0.0.2' });
  expect(early.declaration).toBe(before);
});

describe('throws when', () => {
  it('the host is none, with value, form and code', () => {
    expect(() => registry({ host: 'https://git.example.org/' })).toThrow(
      /^host 'https:\/\/git\.example\.org\/' must be a host name such as 'git\.example\.org'.*\(REG111\)$/s,
    );
  });

  it('the release is missing', () => {
    const error = thrown(() => registry({ release: undefined as never }));
    expect(error.message).toMatch(/^release is missing: .*ForgeRelease\.gitea.*\(REG660\)$/);
  });

  it('the release is a plain object instead of a ForgeRelease', () => {
    expect(() => registry({ release: RELEASE as never })).toThrow(/ForgeRelease\.gitea.*REG660/);
  });

  it('the ssh domain is none', () => {
    expect(() => registry({ sshDomain: 'ssh://x' })).toThrow(
      /^sshDomain 'ssh:\/\/x' .*\(REG611\)$/,
    );
  });

  it('tunnels are wrong, naming each', () => {
    const message = messageOf(() =>
      registry({
        tunnels: [
          { name: 'a b', url: 'http://10.0.0.1/path' },
          { name: 'vpn', url: '' },
        ],
      }),
    );
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/^tunnels\[0\]\.name 'a b' .*\(REG660\)$/),
      expect.stringMatching(/^tunnels\[0\]\.url 'http:\/\/10\.0\.0\.1\/path' .*\(REG660\)$/),
      expect.stringMatching(/^tunnels\[1\]\.url '' .*\(REG660\)$/),
    ]);
  });

  it('a tunnel takes the name of another path', () => {
    expect(() => registry({ tunnels: [{ name: 'ingress', url: 'http://10.0.0.1' }] })).toThrow(
      /tunnels\[0\]\.name 'ingress' is taken.*\(REG660\)/,
    );
  });

  it('the backup line is empty or has several lines', () => {
    expect(() => registry({ backup: '' })).toThrow(/^backup ''.*\(REG660\)$/);
    expect(() => registry({ backup: 'a\nb' })).toThrow(/^backup 'a\\u000ab'.*\(REG660\)$/);
  });

  it('the name of the ConfigMap is none', () => {
    expect(() => registry({ declarationName: 'Not_A_Name' })).toThrow(
      /^declarationName 'Not_A_Name'.*\(REG660\)$/,
    );
    expect(() => registry({ declarationName: '' })).toThrow(/^declarationName ''.*\(REG660\)$/);
  });

  it('the chart has another namespace than the release', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'elsewhere' });
    expect(() => registry({}, chart)).toThrow(
      /^chart\.namespace 'elsewhere' must be the namespace of the release, 'git', or unset.*\(REG630\)$/,
    );
  });

  it('a release is described twice in one app, naming both constructs', () => {
    const app = new App();
    registry({}, new Chart(app, 'first'));
    const message = messageOf(() => registry({ host: 'b.example.org' }, new Chart(app, 'second')));
    expect(message).toBe(
      "release 'git/gitea' is declared by 'first/Registry' and again by 'second/Registry': only one can have it (REG630)",
    );
  });

  it('two registries route /v2 of one host, or make a certificate for one secret', () => {
    const app = new App();
    const second = (host: string, name: string) =>
      registry({ host, release: ForgeRelease.gitea({ ...RELEASE, name }) }, new Chart(app, name));
    const [a, b, c] = [
      second('a.example.org', 'a'),
      second('a.example.org', 'b'),
      second('c.example.org', 'c'),
    ];
    a.exposeV2(route());
    expect(() => b.exposeV2(route('b'))).toThrow(
      /^route of \/v2 on 'a\.example\.org'.*\(REG214\)$/,
    );
    expect(() => c.exposeV2(route('c'))).toThrow(/^certificate for 'git\/.*\(REG550\)$/);
  });

  it('two registries route /v2 of one host on two ports: an Ingress knows no port', () => {
    const app = new App();
    const second = (host: string, name: string) =>
      registry({ host, release: ForgeRelease.gitea({ ...RELEASE, name }) }, new Chart(app, name));
    const [a, b] = [second('a.example.org', 'a'), second('a.example.org:8443', 'b')];
    a.exposeV2(route());
    expect(() => b.exposeV2(route('b'))).toThrow(
      /^route of \/v2 on 'a\.example\.org'.*\(REG214\)$/,
    );
  });

  it('two registries render one object, naming both constructs', () => {
    const app = new App();
    registry({ declarationName: 'registry' }, new Chart(app, 'first'));
    const release = ForgeRelease.gitea({ ...RELEASE, name: 'other' });
    const props = { host: 'b.example.org', release, declarationName: 'registry' };
    expect(() => registry(props, new Chart(app, 'second'))).toThrow(
      /^object 'ConfigMap git\/registry' is declared by 'first\/Registry\/.*' and again by 'second\/Registry\/.*\(REG660\)$/,
    );
  });

  it('exposeV2 is called twice, and the first route stays', () => {
    const chart = emptyChart();
    const exposed = registry({}, chart);
    exposed.exposeV2(route());
    const before = manifests(chart);
    expect(() => exposed.exposeV2(route('other'))).toThrow(
      /^exposeV2 'gitea-registry-v2' already routes \/v2.*\(REG214\)$/,
    );
    expect(manifests(chart)).toEqual(before);
  });

  it('a route is refused, and another one can be exposed afterwards', () => {
    const chart = emptyChart();
    const exposed = registry({ publishDeclaration: false }, chart);
    expect(() => exposed.exposeV2(route('Not_A_Name'))).toThrow(/^route\.name 'Not_A_Name'/);
    expect(manifests(chart)).toEqual([]);
    exposed.exposeV2(route());
    expect(manifests(chart)).toHaveLength(2);
  });

  it.each([
    [
      'its id is used',
      'Apps',
      pullSecret('other'),
      /pullSecrets\[1\]\.id 'Apps' is used twice.*REG660/,
    ],
    [
      'its secret is declared for another consumer',
      'Again',
      pullSecret(),
      /pullSecrets\[1\]\.secretName 'gitea-pull' is declared twice in namespace 'apps'.*REG540/,
    ],
    ['its id is no short name', 'a b', pullSecret('other'), /pullSecret\.id 'a b'.*REG660/],
  ])('a pull secret is added and %s, and nothing is added', (_why, id, secret, message) => {
    const chart = emptyChart();
    const pulled = registry({}, chart);
    pulled.addPullSecret('Apps', pullSecret());
    const before = [pulled.declaration, pulled.handoff, manifests(chart)];
    expect(() => pulled.addPullSecret(id, secret)).toThrow(message);
    expect([pulled.declaration, pulled.handoff, manifests(chart)]).toEqual(before);
  });

  it('two pull secrets create one ServiceAccount', () => {
    const serviceAccount = { name: 'puller', create: true };
    const pulled = registry();
    const make = (name: string, namespace = 'apps') =>
      PullSecret.fromSecretName(namespace, name, { serviceAccount });
    pulled.addPullSecret('A', make('a'));
    pulled.addPullSecret('B', make('b', 'other'));
    expect(() => pulled.addPullSecret('C', make('c'))).toThrow(
      /^pullSecrets\[2\]\.serviceAccount\.name 'puller' is created twice in namespace 'apps'.*REG541/,
    );
  });

  it('a verified image repeats the host', () => {
    const image = { tag: '1', digest: `sha256:${'a'.repeat(64)}` };
    expect(() =>
      registry({
        handoff: { verifiedImages: [{ ...image, repository: 'git.example.org/platform/app' }] },
      }),
    ).toThrow(/verifiedImages\[0\]\.repository 'git\.example\.org\/platform\/app'.*REG470/);
  });

  it('has more owners than can be read back', () => {
    const owners = Array.from({ length: 201 }, (_, index) =>
      PackageOwner.user(`u${index}`, { visibility: Visibility.PUBLIC }),
    );
    expect(() => registry({ owners })).toThrow(/^owners a list of 201.*REG660/);
  });

  it('an external pull secret is refused as a duplicate, rendering nothing', () => {
    const { chart, registry: external } = registryCase('pull-secret-access-token');
    const before = manifests(chart);
    expect(() => external.addPullSecret('Consumer', pullSecret('x'))).toThrow(DeclarationError);
    expect(() => external.addPullSecret('Second', pullSecret())).toThrow(/REG540/);
    expect(manifests(chart)).toEqual(before);
  });

  it.each<[string, (target: GiteaRegistry, index: number) => void, number]>([
    ['settings', (target, index) => target.addConfig('ui', `KEY_A${index}`, 'x'), 200],
    ['resets', (target, index) => target.resetConfig('ui', `KEY_A${index}`, 'x'), 50],
    [
      'pull secrets',
      (target, index) => target.addPullSecret(`Id${index}`, pullSecret(`ns-${index}`)),
      500,
    ],
  ])('more %s are added than a declaration that is read back may have', (_what, add, most) => {
    const chart = emptyChart();
    const crowded = registry({}, chart);
    for (let index = 0; index < most; index += 1) {
      add(crowded, index);
    }
    expect(manifests(chart)).toHaveLength(1);
    parseDeclaration(crowded.declaration);
    expect(() => add(crowded, most)).toThrow(
      new RegExp(`is one more than the ${most} .*allowed \\(REG660\\)$`),
    );
  });
});

it('keeps the name of the ConfigMap when the construct is renamed, and takes another when told', () => {
  const chart = emptyChart();
  new GiteaRegistry(chart, 'SomethingElse', minimalProps());
  expect(manifest(chart, 'ConfigMap').metadata.name).toBe('gitea-registry');
  const adopted = emptyChart();
  registry({ declarationName: 'live-name' }, adopted);
  expect(manifest(adopted, 'ConfigMap').metadata.name).toBe('live-name');
});

it('honours a patch it does not know, on the ConfigMap', () => {
  const chart = emptyChart();
  const patched = registry({}, chart);
  const object = ApiObject.of(patched.node.findChild('Declaration'));
  object.addJsonPatch(JsonPatch.add('/data/other', 'kept'), JsonPatch.add('/immutable', true));
  expect(manifest(chart, 'ConfigMap')).toMatchObject({
    immutable: true,
    data: { other: 'kept', 'registry.json': patched.declaration },
  });
});
