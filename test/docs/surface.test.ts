import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as surface from 'cdk8s-gitea-registry';

const root = join(__dirname, '../..');

interface Documented {
  readonly name: string;
  readonly optional?: boolean;
  readonly docs?: { readonly summary?: string; readonly default?: string };
}

interface JsiiType extends Documented {
  readonly kind: string;
  readonly datatype?: boolean;
  readonly properties?: readonly Documented[];
  readonly methods?: readonly Documented[];
  readonly members?: readonly Documented[];
}

/** The jsii assembly of the build: the public API as data. */
const types: readonly JsiiType[] = Object.values(
  JSON.parse(gunzipSync(readFileSync(join(root, '.jsii.gz'))).toString()).types,
);

it('is this list of names', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'ArgoCdOverlay',
    'ConfigSource',
    'FluxDriftDetection',
    'FluxOverlay',
    'ForgeRelease',
    'GatewayController',
    'GiteaRegistry',
    'IssuerRef',
    'K3sFailurePolicy',
    'ListenerNamespaces',
    'NodeDistribution',
    'NodeFiles',
    'ObjectStorage',
    'PackageOwner',
    'PackageSize',
    'PullSecret',
    'RegistryApp',
    'RegistryDelivery',
    'RegistryPolicy',
    'RegistryTls',
    'RemoteCredential',
    'S3BucketLookup',
    'S3Checksum',
    'SecretCopier',
    'SecretStoreRef',
    'StorageAccessMode',
    'TraefikEntryPoints',
    'V2Route',
    'Visibility',
  ]);
});

it('says of everything exported what it is', () => {
  const undocumented = types.flatMap((type) => [
    ...(type.docs?.summary ? [] : [type.name]),
    ...[...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])]
      .filter(({ docs }) => !docs?.summary)
      .map(({ name }) => `${type.name}.${name}`),
  ]);
  expect(undocumented).toEqual([]);
});

it('says of every optional prop what happens without it', () => {
  const silent = types
    .filter(({ datatype }) => datatype)
    .flatMap((type) =>
      (type.properties ?? [])
        .filter(({ optional, docs }) => optional && !docs?.default)
        .map(({ name }) => `${type.name}.${name}`),
    );
  expect(silent).toEqual([]);
});

it('takes no password, token or key as a prop', () => {
  const props = types
    .filter(({ datatype }) => datatype)
    .flatMap(({ properties }) => properties ?? []);
  const names = props.map(({ name }) => name);
  expect(names.filter((name) => /password|passwd|secretValue|apiKey|^token$/i.test(name))).toEqual(
    [],
  );
});
