import { Duration, Size } from 'cdk8s';
import type { GiteaRegistryProps } from 'cdk8s-gitea-registry';
import {
  ConfigSource,
  GiteaRegistry,
  ObjectStorage,
  PackageOwner,
  PackageSize,
  S3BucketLookup,
  S3Checksum,
  StorageAccessMode,
  Visibility,
} from 'cdk8s-gitea-registry';
import { RULES } from '../../src/rules/catalogue';
import { Estate } from '../../src/rules/estate';
import { judge } from '../../src/rules/judge';
import { asManifest } from '../../src/rules/manifest';
import { emptyChart, minimalProps, registryCase } from '../support/registries';

const registry = (props: Partial<GiteaRegistryProps>): GiteaRegistry =>
  new GiteaRegistry(emptyChart(), 'Registry', { ...minimalProps(), ...props });

const S3 = {
  endpoint: 's3.example.net',
  bucket: 'example-packages',
  credentialsSecret: { name: 'gitea-s3' },
};

it('S3 has defaults that keep clients away from the store and the wire encrypted', () => {
  expect(ObjectStorage.s3(S3)._toDeclaration()).toEqual({
    type: 's3',
    ...S3,
    region: 'us-east-1',
    useSsl: true,
    basePath: 'packages/',
    serveDirect: false,
    checksumAlgorithm: 'default',
    bucketLookup: 'auto',
  });
});

it('S3 takes all its props', () => {
  const props = {
    ...S3,
    region: 'eu-central-1',
    useSsl: false,
    basePath: 'gitea/',
    serveDirect: true,
    checksumAlgorithm: S3Checksum.MD5,
    bucketLookup: S3BucketLookup.PATH,
    credentialsSecret: { name: 'gitea-s3', hash: 'v1', reloader: true },
  };
  expect(ObjectStorage.s3(props)._toDeclaration()).toEqual({ type: 's3', ...props });
});

it('Azure takes all its props', () => {
  const props = {
    endpoint: 'https://account.blob.core.windows.net',
    accountName: 'account',
    container: 'packages',
    basePath: 'gitea/',
    serveDirect: true,
    credentialsSecret: { name: 'gitea-azure' },
  };
  expect(ObjectStorage.azureBlob(props)._toDeclaration()).toEqual({ type: 'azure-blob', ...props });
});

it('names the missing Secret where JavaScript leaves it out', () => {
  expect(() => ObjectStorage.s3({ ...S3, credentialsSecret: undefined as never })).toThrow(
    /^objectStorage\.credentialsSecret\.name is missing.*\(REG660\)$/,
  );
});

it.each<[string, Partial<GiteaRegistryProps>, RegExp]>([
  [
    'an internal endpoint that clients are sent to',
    { objectStorage: ObjectStorage.s3({ ...S3, endpoint: 'minio.s3.svc', serveDirect: true }) },
    /^objectStorage\.serveDirect true .*\(REG712\)$/,
  ],
  [
    'several replicas on a volume for one node',
    {
      replicas: { count: 2, redisSecret: { name: 'redis' }, fixedSecrets: true },
      storage: {
        claim: 'data',
        size: Size.gibibytes(10),
        accessMode: StorageAccessMode.READ_WRITE_ONCE,
      },
    },
    /^replicas\.count 2 .*\(REG632\)$/,
  ],
  ['no replica', { replicas: { count: 0 } }, /^replicas\.count 0 .*\(REG632\)$/],
  [
    'an age a push can outlive',
    { cleanup: { olderThan: Duration.minutes(10) } },
    /^cleanup\.olderThan '10m' .*\(REG720\)$/,
  ],
  ['a schedule of words', { cleanup: { schedule: 'daily' } }, /^cleanup\.schedule .*\(REG621\)$/],
  [
    'a source twice',
    { otherConfigSources: [ConfigSource.secret('mail'), ConfigSource.secret('mail')] },
    /^configSources\[1\]\.name 'mail' .*\(REG636\)$/,
  ],
])('a registry is refused with %s', (_, props, message) => {
  expect(() => registry(props)).toThrow(message);
});

it('a budget without an end is none', () => {
  const options = { visibility: Visibility.PUBLIC, budget: PackageSize.unlimited() };
  expect(() => PackageOwner.organization('mosaic', options)).toThrow(
    /^owner\.budget '-1' .*\(REG621\)$/,
  );
});

it('a budget stands in declaration and handoff page, and in no setting', () => {
  const { registry: one } = registryCase('object-storage');
  expect(JSON.parse(one.declaration).owners[0].budget).toBe('200 GiB');
  expect(one.handoff).toContain('| 200 GiB |');
  expect(one.values).not.toContain('200 GiB');
});

describe('the cleanup', () => {
  it('has the defaults of Gitea, written out', () => {
    expect(JSON.parse(registry({ cleanup: {} }).declaration).cleanup).toEqual({
      enabled: true,
      olderThan: '24h',
      schedule: '@midnight',
      runAtStart: true,
    });
  });

  it('owns its keys: addConfig may repeat their values and not change them', () => {
    const one = registry({ cleanup: { olderThan: Duration.hours(36) } });
    const before = one.values;
    one.addConfig('cron.cleanup_packages', 'OLDER_THAN', '36h');
    expect(one.values).toBe(before);
    expect(() => one.addConfig('cron.cleanup_packages', 'OLDER_THAN', '24h')).toThrow(
      /^cron\.cleanup_packages\.OLDER_THAN '24h' is already set to '36h'.*change its prop instead \(REG660\)$/,
    );
  });

  it('leaves the keys to addConfig where it is not declared', () => {
    const one = registry({});
    one.addConfig('cron.cleanup_packages', 'OLDER_THAN', '24h');
    expect(one.values).toContain('OLDER_THAN: "24h"');
  });
});

describe('the handoff page', () => {
  it('takes back what no volume keeps, and warns of images that lie elsewhere', () => {
    const { handoff } = registryCase('object-storage').registry;
    expect(handoff).toContain(
      'which no volume keeps: `gitea.additionalConfigSources`, `gitea.podAnnotations`, `deployment`, `replicaCount`, `strategy`.',
    );
    expect(handoff).toContain('copy them back with `gitea migrate-storage` first');
    const plain = registry({}).handoff;
    expect(plain).not.toContain('no volume keeps');
    expect(plain).toContain('Images already pushed stay on the volume.');
  });

  it('says what the Secrets must hold, by key, and how they count', () => {
    const { handoff } = registryCase('replicas').registry;
    const section = /## Secrets with settings\n([^]*?)\n## /.exec(handoff)![1];
    for (const [key, lines] of [
      ['storage.packages', '`MINIO_ACCESS_KEY_ID=…`, `MINIO_SECRET_ACCESS_KEY=…`'],
      ['global_lock', '`SERVICE_CONN_STR=…`'],
      ['cache', '`HOST=…`'],
      ['queue', '`CONN_STR=…`'],
      ['session', '`PROVIDER_CONFIG=…`'],
    ]) {
      expect(section).toContain(`| \`git/gitea-shared\` | \`${key}\` | ${lines} |`);
      expect(section).toContain(` --from-file=${key}`);
    }
    expect(section.match(/kubectl create secret/g)).toHaveLength(1);
    expect(section).toContain('a new hash in the declaration');
  });

  it('names the bucket where blobs lie, and the cleanup', () => {
    const { handoff } = registryCase('object-storage').registry;
    expect(handoff).toContain('bucket `example-packages`');
    expect(handoff).toContain('clients are redirected there');
    expect(handoff).toContain(
      '| Cleanup | `@midnight`: blobs no version refers to, older than 36h |',
    );
    expect(registryCase('object-storage-azure').registry.handoff).toContain('container `packages`');
    expect(registry({ cleanup: { enabled: false } }).handoff).toContain('| Cleanup | off:');
  });

  it('has no such section where nothing needs a Secret', () => {
    expect(registry({}).handoff).not.toContain('Secrets with settings');
  });
});

describe('all rules', () => {
  const findings = (name: string): string[] => {
    const { registry: one } = registryCase(name);
    const declaration = one._toDeclaration();
    const at = asManifest(declaration, {}).root;
    const estate = new Estate([one._overlay()], { declared: [{ declaration, at }] });
    return judge(estate, RULES)
      .findings.filter(({ severity }) => severity !== 'info')
      .map(({ code, observed }) => `${code} ${observed}`);
  };

  it.each(['object-storage', 'object-storage-azure', 'replicas'])(
    'find in %s what they find in the smallest registry, and no more',
    (name) => {
      expect(findings(name)).toEqual(findings('minimal'));
    },
  );

  it('miss what restarts the pods where a Secret has neither hash nor Reloader', () => {
    const one = registry({ objectStorage: ObjectStorage.s3(S3) });
    const declaration = one._toDeclaration();
    const at = asManifest(declaration, {}).root;
    const estate = new Estate([one._overlay()], { declared: [{ declaration, at }] });
    expect(judge(estate, RULES).findings.map(({ code }) => code)).toContain('REG623');
  });
});
