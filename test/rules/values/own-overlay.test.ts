import { parse } from 'yaml';
import type { RegistryDeclaration } from '../../../src/declaration/model';
import { asDeclaration } from '../../../src/declaration/parse';
import { valuesFile } from '../../../src/delivery/values-file';
import { Estate } from '../../../src/rules/estate';
import { asManifest, asValues } from '../../../src/rules/manifest';
import { registriesOf } from '../../../src/rules/registries';
import { ownOverlays } from '../../../src/rules/values/own-overlay';
import { registryJson } from '../../support/registry-json';

type Values = { gitea: { config: { [section: string]: { [key: string]: unknown } } } };

const declaration = (parts: object = {}): RegistryDeclaration =>
  asDeclaration(registryJson(parts as { [name: string]: unknown }));

const EVERYTHING = {
  limits: {
    perType: { container: '-1', generic: '5 GiB' },
    totalOwnerSize: '-1',
    totalOwnerCount: 100,
  },
  config: {
    added: [{ section: 'cron.cleanup_packages', key: 'OLDER_THAN' }],
    reset: [{ section: 'service', key: 'REQUIRE_SIGNIN_VIEW', value: 'false' }],
  },
};

const STORE_AND_PODS = {
  objectStorage: {
    type: 's3',
    endpoint: 's3.example.org',
    bucket: 'packages',
    region: 'us-east-1',
    useSsl: true,
    basePath: 'packages/',
    serveDirect: false,
    checksumAlgorithm: 'default',
    bucketLookup: 'auto',
    credentialsSecret: { name: 'gitea-s3', hash: 'v1', reloader: true },
  },
  replicas: { count: 1 },
  cleanup: { enabled: true, olderThan: '24h', schedule: '@midnight', runAtStart: true },
};

/** Whether a values file is taken for the overlay of a declaration. */
function isOwn(of: RegistryDeclaration, values: unknown, isFile = true): boolean {
  const wrapped = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'gitea', namespace: 'git' },
    spec: { values },
  };
  const file = isFile ? asValues(values, { file: 'overlay.yaml' }) : asManifest(wrapped, {});
  const [registry] = registriesOf(new Estate([asManifest(of, {}), file]));
  return ownOverlays(registry).has(file);
}

const overlay = (of: RegistryDeclaration): Values =>
  parse(
    valuesFile(
      of,
      of.config.added.map((key) => ({ ...key, value: '24h' })),
    ),
  ) as Values;

describe('the overlay of a registry', () => {
  test.each([
    ['the smallest declaration', {}],
    ['one with limits and settings', EVERYTHING],
    ['one with a bucket, replicas and a cleanup', STORE_AND_PODS],
  ])('is recognised as it is printed, for %s', (_, parts) => {
    const of = declaration(parts);
    expect(isOwn(of, overlay(of))).toBe(true);
  });

  test('is recognised after somebody changed a value', () => {
    const changed = overlay(declaration());
    changed.gitea.config.packages.ENABLED = false;
    expect(isOwn(declaration(), changed)).toBe(true);
  });

  test.each(
    Object.entries({ packages: 'ENABLED', server: 'ROOT_URL', repository: 'DISABLED_REPO_UNITS' }),
  )('is none without [%s] %s', (section, key) => {
    const changed = overlay(declaration());
    delete changed.gitea.config[section][key];
    expect(isOwn(declaration(), changed)).toBe(false);
  });

  test('is none with anything else in it', () => {
    const more = overlay(declaration());
    more.gitea.config.ui = { SHOW_USER_EMAIL: 'false' };
    expect(isOwn(declaration(), more)).toBe(false);
    expect(isOwn(declaration(), { ...overlay(declaration()), replicaCount: 1 })).toBe(false);
    const pods = overlay(declaration(STORE_AND_PODS));
    expect(isOwn(declaration(STORE_AND_PODS), { ...pods, image: {} })).toBe(false);
    expect(isOwn(declaration(STORE_AND_PODS), { ...pods, deployment: { env: [] } })).toBe(false);
    const admin = overlay(declaration());
    expect(isOwn(declaration(), { gitea: { ...admin.gitea, admin: {} } })).toBe(false);
  });

  test('is no part of a wrapper object', () => {
    expect(isOwn(declaration(), overlay(declaration()), false)).toBe(false);
  });

  test('is none without a declaration', () => {
    const file = asValues(overlay(declaration()), { file: 'overlay.yaml' });
    const [registry] = registriesOf(new Estate([file]));
    expect(ownOverlays(registry).size).toBe(0);
  });
});
