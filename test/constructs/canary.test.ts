import { inspect } from 'node:util';
import { App, Chart, Size } from 'cdk8s';
import type { GiteaRegistryProps } from 'cdk8s-gitea-registry';
import {
  ConfigSource,
  ForgeRelease,
  GiteaRegistry,
  IssuerRef,
  ObjectStorage,
  PackageOwner,
  PackageSize,
  PullSecret,
  RegistryApp,
  RegistryTls,
  RemoteCredential,
  SecretStoreRef,
  StorageAccessMode,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';
import fc from 'fast-check';
import { emptyChart, manifests, minimalProps, REGISTRIES, RELEASE } from '../support/registries';
import { environmentVariable } from '../support/temporary';
import { thrown } from '../support/thrown';

/** A made-up credential, and what of it nobody may ever read. */
interface Canary {
  readonly text: string;
  readonly secret: string;
}

const alphanumeric = (length: number) =>
  fc.stringMatching(new RegExp(`^[A-Za-z0-9]{${length}}$`)).filter((text) => /\D/.test(text));

const hex = fc.stringMatching(/^[0-9a-f]{40}$/).map((secret): Canary => ({ text: secret, secret }));

const jwt = fc
  .tuple(alphanumeric(24), alphanumeric(32), alphanumeric(43))
  .map(([head, body, signature]): Canary => {
    const secret = `eyJ${head}.eyJ${body}.${signature}`;
    return { text: secret, secret };
  });

const inUrl = alphanumeric(24).map((secret): Canary => ({
  text: `https://user:${secret}@host`,
  secret,
}));

const assigned = alphanumeric(24).map((secret): Canary => ({ text: `password=${secret}`, secret }));

/** Where in a longer text the credential stands. */
const surrounded = (canary: fc.Arbitrary<Canary>): fc.Arbitrary<Canary> =>
  fc
    .tuple(canary, fc.constantFrom('@', 'git @', '@ x', `${'long '.repeat(30)}@`, 'a\n@\n'))
    .map(([{ text, secret }, frame]) => ({ text: frame.replace('@', () => text), secret }));

const anyShape = surrounded(fc.oneof(hex, jwt, inUrl, assigned));
const noRevision = surrounded(fc.oneof(jwt, inUrl, assigned));

function expectHidden({ secret }: Canary, shown: string): void {
  const half = Math.ceil(secret.length / 2);
  for (const part of [secret, secret.slice(0, half), secret.slice(half)]) {
    expect(shown).not.toContain(part);
  }
}

function registry(props: Partial<GiteaRegistryProps> = {}, chart?: Chart): GiteaRegistry {
  return new GiteaRegistry(chart ?? emptyChart(), 'Registry', { ...minimalProps(), ...props });
}

const issuer = IssuerRef.issuer('ca');
const tls = RegistryTls.existingSecret({ secretName: 'tls', producer: 'platform' });
const store = SecretStoreRef.secretStore('vault');
const credential = RemoteCredential.dockerConfig({ key: 'apps' });
const image = { repository: 'a/b', tag: 'v1', digest: `sha256:${'0'.repeat(64)}` };
const storage = {
  claim: 'claim',
  size: Size.gibibytes(1),
  accessMode: StorageAccessMode.READ_WRITE_ONCE,
};
const s3 = { endpoint: 's3.example.net', bucket: 'packages', credentialsSecret: { name: 's3' } };
const azure = {
  endpoint: 'https://account.blob.core.windows.net',
  accountName: 'account',
  container: 'packages',
  credentialsSecret: { name: 'azure' },
};
const visibility = Visibility.PUBLIC;
const gib = PackageSize.gibibytes(1);

type Use = (text: string) => unknown;

/** Every string the public API takes, by the name of its prop or parameter. */
const PLACES: { readonly [place: string]: Use } = {
  host: (text) => registry({ host: text }),
  sshDomain: (text) => registry({ sshDomain: text }),
  backup: (text) => registry({ backup: text }),
  declarationName: (text) => registry({ declarationName: text }),
  'tunnels.name': (name) => registry({ tunnels: [{ name, url: 'http://10.0.0.1' }] }),
  'tunnels.url': (url) => registry({ tunnels: [{ name: 'vpn', url }] }),
  'tunnels.url, with a port': (text) =>
    registry({ tunnels: [{ name: 'vpn', url: `http://${text}:3000` }] }),
  'storage.claim': (claim) => registry({ storage: { ...storage, claim } }),
  'storage.storageClass': (storageClass) => registry({ storage: { ...storage, storageClass } }),
  'storage.path': (path) => registry({ storage: { ...storage, path } }),
  'storage.accessMode': (text) => registry({ storage: { ...storage, accessMode: text as never } }),
  'objectStorage.s3, the endpoint': (endpoint) => ObjectStorage.s3({ ...s3, endpoint }),
  'objectStorage.s3, the bucket': (bucket) => ObjectStorage.s3({ ...s3, bucket }),
  'objectStorage.s3, the region': (region) => ObjectStorage.s3({ ...s3, region }),
  'objectStorage.s3, the folder': (basePath) => ObjectStorage.s3({ ...s3, basePath }),
  'objectStorage.s3, the checksum': (text) =>
    ObjectStorage.s3({ ...s3, checksumAlgorithm: text as never }),
  'objectStorage.s3, the lookup': (text) =>
    ObjectStorage.s3({ ...s3, bucketLookup: text as never }),
  'objectStorage.s3, the Secret': (name) =>
    ObjectStorage.s3({ ...s3, credentialsSecret: { name } }),
  'objectStorage.azureBlob, the endpoint': (endpoint) =>
    ObjectStorage.azureBlob({ ...azure, endpoint }),
  'objectStorage.azureBlob, the account': (accountName) =>
    ObjectStorage.azureBlob({ ...azure, accountName }),
  'objectStorage.azureBlob, the container': (container) =>
    ObjectStorage.azureBlob({ ...azure, container }),
  'objectStorage.azureBlob, the folder': (basePath) =>
    ObjectStorage.azureBlob({ ...azure, basePath }),
  'otherConfigSources, a Secret': (name) =>
    registry({ otherConfigSources: [ConfigSource.secret(name)] }),
  'otherConfigSources, a ConfigMap': (name) =>
    registry({ otherConfigSources: [ConfigSource.configMap(name)] }),
  'replicas.redisSecret': (name) => registry({ replicas: { count: 1, redisSecret: { name } } }),
  'cleanup.schedule': (schedule) => registry({ cleanup: { schedule } }),
  'verifiedImages.repository': (repository) =>
    registry({ handoff: { verifiedImages: [{ ...image, repository }] } }),
  'verifiedImages.digest': (digest) =>
    registry({ handoff: { verifiedImages: [{ ...image, digest }] } }),
  'limits.others': (type) => registry({ limits: { others: { [type]: gib } } }),
  'PackageSize.parse': (text) => PackageSize.parse(text),
  'PackageOwner.organization': (name) => PackageOwner.organization(name, { visibility }),
  'PackageOwner.user': (name) => PackageOwner.user(name, { visibility }),
  'PackageOwner visibility': (text) =>
    PackageOwner.organization('a', { visibility: text as Visibility }),
  'release.name': (name) => ForgeRelease.gitea({ ...RELEASE, name }),
  'release.namespace': (namespace) => ForgeRelease.gitea({ ...RELEASE, namespace }),
  'release.chartVersion': (chartVersion) => ForgeRelease.gitea({ ...RELEASE, chartVersion }),
  'release.appVersion': (appVersion) => ForgeRelease.forgejo({ ...RELEASE, appVersion }),
  'release.chart': (chart) => ForgeRelease.gitea({ ...RELEASE, chart }),
  'release.valuesFiles': (file) => ForgeRelease.gitea({ ...RELEASE, valuesFiles: ['a', file] }),
  'release.httpService.name': (name) =>
    ForgeRelease.gitea({ ...RELEASE, httpService: { name, port: 1 } }),
  'release.liveConfig, a key': (path) =>
    ForgeRelease.gitea({ ...RELEASE, liveConfig: { [path]: 'x' } }),
  'release.liveConfig, a value': (value) =>
    ForgeRelease.gitea({ ...RELEASE, liveConfig: { 'server.DOMAIN': value } }),
  'release.liveConfig, key and value': (text) =>
    ForgeRelease.gitea({ ...RELEASE, liveConfig: { [text]: text } }),
  'a prop nobody knows': (text) => ForgeRelease.gitea({ ...RELEASE, [text]: text } as never),
  'IssuerRef.clusterIssuer': (name) => IssuerRef.clusterIssuer(name),
  'IssuerRef.issuer': (name) => IssuerRef.issuer(name),
  'IssuerRef.external, the group': (group) => IssuerRef.external(group, 'Issuer', 'a'),
  'IssuerRef.external, the kind': (kind) => IssuerRef.external('a.io', kind, 'a'),
  'IssuerRef.external, the name': (name) => IssuerRef.external('a.io', 'Issuer', name),
  'RegistryTls.certificate, the secret': (secretName) =>
    RegistryTls.certificate({ secretName, issuer }),
  'RegistryTls.certificate, the name': (name) =>
    RegistryTls.certificate({ secretName: 'tls', issuer, name }),
  'RegistryTls.ingressShim': (secretName) => RegistryTls.ingressShim({ secretName, issuer }),
  'RegistryTls.existingSecret, the secret': (secretName) =>
    RegistryTls.existingSecret({ secretName, producer: 'x' }),
  'RegistryTls.existingSecret, the producer': (producer) =>
    RegistryTls.existingSecret({ secretName: 'tls', producer }),
  'V2Route name': (name) => registry().exposeV2(V2Route.traefikIngress({ tls, name })),
  'V2Route ingressClassName': (ingressClassName) =>
    registry().exposeV2(V2Route.traefikIngress({ tls, ingressClassName })),
  'V2Route entryPoints': (point) =>
    registry().exposeV2(V2Route.traefikIngress({ tls, entryPoints: [point] })),
  'addPullSecret id': (id) => registry().addPullSecret(id, PullSecret.fromSecretName('a', 'b')),
  'PullSecret.fromSecretName, the namespace': (text) => PullSecret.fromSecretName(text, 'b'),
  'PullSecret.fromSecretName, the name': (text) => PullSecret.fromSecretName('a', text),
  'PullSecret.fromSecretName, the account': (name) =>
    PullSecret.fromSecretName('a', 'b', { serviceAccount: { name } }),
  'PullSecret.fromSecret, the namespace': (text) =>
    PullSecret.fromSecret(text, { name: 'a' } as never),
  'PullSecret.fromSecret, the secret': (name) => PullSecret.fromSecret('a', { name } as never),
  'PullSecret.externalSecret, the namespace': (namespace) =>
    PullSecret.externalSecret({ namespace, name: 'b', store, credential }),
  'PullSecret.externalSecret, the name': (name) =>
    PullSecret.externalSecret({ namespace: 'a', name, store, credential }),
  'SecretStoreRef.clusterSecretStore': (name) => SecretStoreRef.clusterSecretStore(name),
  'SecretStoreRef.secretStore': (name) => SecretStoreRef.secretStore(name),
  'RemoteCredential.accessToken, the key': (key) =>
    RemoteCredential.accessToken({ key, username: 'a' }),
  'RemoteCredential.accessToken, the username': (username) =>
    RemoteCredential.accessToken({ key: 'a', username }),
  'RemoteCredential.accessToken, the property': (tokenProperty) =>
    RemoteCredential.accessToken({ key: 'a', username: 'a', tokenProperty }),
  'RemoteCredential.dockerConfig, the key': (key) => RemoteCredential.dockerConfig({ key }),
  'RemoteCredential.dockerConfig, the property': (property) =>
    RemoteCredential.dockerConfig({ key: 'a', property }),
  'addConfig, the section': (section) => registry().addConfig(section, 'KEY', 'x'),
  'addConfig, the key': (key) => registry().addConfig('ui', key, 'x'),
  'addConfig, the value': (value) => registry().addConfig('ui', 'KEY', value),
  'addConfig, all of it': (text) => registry().addConfig(text, text, text),
  'addConfig, the value of an owned key': (value) =>
    registry().addConfig('server', 'ROOT_URL', value),
  'addConfig, the value of a secret key': (value) =>
    registry().addConfig('security', 'SECRET_KEY', value),
  'resetConfig, the section': (section) => registry().resetConfig(section, 'KEY', 'x'),
  'resetConfig, the key': (key) => registry().resetConfig('ui', key, 'x'),
  'resetConfig, the value': (value) => registry().resetConfig('ui', 'KEY', value),
  'namespace of the chart': (namespace) =>
    registry({}, new Chart(new App(), 'chart', { namespace })),
  'sideFiles.folder': (folder) =>
    new RegistryApp({ sideFiles: { root: '/srv/root', folder: `../${folder}` } }).synth(),
};

/** Places where forty hex digits are a revision and allowed; every other shape is refused there too. */
const REVISION_PLACES: { readonly [place: string]: Use } = {
  'verifiedImages.tag': (tag) => registry({ handoff: { verifiedImages: [{ ...image, tag }] } }),
  'verifiedImages.provenance': (provenance) =>
    registry({ handoff: { verifiedImages: [{ ...image, provenance }] } }),
  references: (text) => registry({ handoff: { references: [text] } }),
  'the hash of a Secret': (hash) =>
    registry({ otherConfigSources: [ConfigSource.secret('mail', { hash })] }),
};

const CASES = [
  ...Object.entries(PLACES).map(([place, use]) => ({ place, use, canaries: anyShape })),
  ...Object.entries(REVISION_PLACES).map(([place, use]) => ({ place, use, canaries: noRevision })),
];

describe.each(CASES)('a credential given as $place', ({ use, canaries }) => {
  it('is refused, and the message shows nothing of it', () => {
    fc.assert(
      fc.property(canaries, (canary) => {
        expectHidden(canary, thrown(() => use(canary.text)).message);
      }),
      { numRuns: 15 },
    );
  });

  it('is refused, and what Node prints of the uncaught error shows nothing of it', () => {
    fc.assert(
      fc.property(canaries, (canary) => {
        expectHidden(
          canary,
          inspect(
            thrown(() => use(canary.text)),
            { depth: null },
          ),
        );
      }),
      { numRuns: 5 },
    );
  });
});

it('lets a revision of forty hex digits be a tag, a provenance and a reference', () => {
  fc.assert(
    fc.property(hex, ({ text }) => {
      for (const use of Object.values(REVISION_PLACES)) {
        expect(() => use(text)).not.toThrow();
      }
    }),
    { numRuns: 5 },
  );
});

it('shows a value of addConfig in the values and nowhere else', () => {
  fc.assert(
    fc.property(alphanumeric(12), (word) => {
      const chart = emptyChart();
      const added = registry({}, chart);
      added.addConfig('ui', 'THEMES', word);
      expect(added.values).toContain(word);
      for (const text of [added.declaration, added.handoff, JSON.stringify(manifests(chart))]) {
        expect(text).not.toContain(word);
      }
    }),
    { numRuns: 10 },
  );
});

describe('the environment', () => {
  const NAMES = ['GITEA_REGISTRY_TOKEN', 'GITEA_TOKEN', 'USER', 'HOME', 'KUBECONFIG', 'CI_JOB'];
  const setters = NAMES.map(environmentVariable);

  it('appears in no output', () => {
    const values = fc.sample(alphanumeric(24), NAMES.length);
    setters.forEach((set, index) => set(values[index]));
    for (const { build } of REGISTRIES) {
      const chart = emptyChart();
      const built = build(chart, (id) => id);
      const outputs = [built.values, built.handoff, built.declaration, ...manifests(chart)];
      const text = JSON.stringify(outputs);
      for (const value of values) {
        expect(text).not.toContain(value);
      }
    }
  });
});
