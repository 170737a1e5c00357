import { INI_KEY, INI_SECTION, INI_VALUE } from './app-ini';
import { CHART_SOURCE, FILE_PATH, LABEL, LINE_OF_TEXT, RECORD } from './free-text';
import { DURATION } from './go-duration';
import type { Grammar } from './grammar';
import { cdnProxiedSchema } from './cdn';
import { cleanupSchema } from './cleanup';
import { configSourcesSchema } from './config-source';
import { deliverySchema } from './delivery';
import { ORIGIN, REGISTRY_HOST, SSH_DOMAIN, URL_PATH } from './host';
import { pullSecretSchema } from './pull-secret';
import { networkPolicySchema } from './network-policy';
import { objectStorageSchema } from './object-storage';
import { replicasSchema } from './replicas';
import { routeSchema } from './route';
import { storageSchema } from './storage';
import { DIGEST, REPOSITORY, TAG } from './image-reference';
import { NAMESPACE, RELEASE_NAME, SERVICE_NAME } from './kubernetes-name';
import type * as model from './model';
import { API_VERSION, KIND } from './model';
import { OWNER_NAME } from './owner-name';
import { linksSchema } from './package-link';
import { PACKAGE_TYPE } from './package-type';
import type { JsonSchema } from './schema';
import { integer, list, map, object, oneOf, optional, text, yesOrNo } from './schema';
import { FINITE_SIZE, SIZE } from './size';
import { suppressionsSchema } from './suppression';
import { APP_VERSION, CHART_VERSION } from './version';

const INI_PATH: Grammar = {
  allowed: "must be 'section.KEY', such as 'server.ROOT_URL'",
  code: 'REG620',
  pattern: /^[a-z][a-z0-9]*([._-][a-z0-9]+)*\.[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/,
  maxLength: 201,
};

/** Most entries of each list that users extend; together they keep the document below a ConfigMap's 1 MiB. */
export const MOST = {
  owners: 200,
  pullSecrets: 500,
  addedSettings: 200,
  resetSettings: 50,
} as const;

/** A value the document repeats; bounded, so that the whole fits a ConfigMap. Its key may be that of a password. */
export const SHORT_INI_VALUE: Grammar = { ...INI_VALUE, maxLength: 256, hidden: true };

const port = integer(1, 65535, 'REG220');

/** An existing Helm release. */
export const releaseSchema = object<model.ReleaseDeclaration>({
  flavor: oneOf<model.Flavor>('gitea', 'forgejo'),
  name: text(RELEASE_NAME),
  namespace: text(NAMESPACE),
  chart: text(CHART_SOURCE),
  chartVersion: text(CHART_VERSION),
  appVersion: text(APP_VERSION),
  valuesFiles: list(text(FILE_PATH), 20),
  httpService: object<model.HttpServiceDeclaration>({
    name: text(SERVICE_NAME),
    port,
    appPort: port,
    nodePort: optional(port),
  }),
  liveConfig: map(INI_PATH, text(SHORT_INI_VALUE), 50),
});

/** Further access paths. */
export const tunnelsSchema = list(
  object<model.TunnelDeclaration>({ name: text(LABEL), url: text(ORIGIN) }),
  20,
);

/** A user or organization. */
export const ownerSchema = object<model.OwnerDeclaration>({
  kind: oneOf<model.OwnerDeclaration['kind']>('organization', 'user'),
  name: text(OWNER_NAME),
  visibility: oneOf<model.OwnerVisibility>('public', 'limited', 'private'),
  budget: optional(text(FINITE_SIZE)),
});

/** All owners of a registry. */
export const ownersSchema = list(ownerSchema, MOST.owners);

/** Limits of uploads and owners. */
export const limitsSchema = object<model.LimitsDeclaration>({
  perType: map(PACKAGE_TYPE, text(SIZE), 50),
  totalOwnerSize: optional(text(SIZE)),
  totalOwnerCount: optional(integer(-1, Number.MAX_SAFE_INTEGER, 'REG461')),
  largestLayer: optional(text(FINITE_SIZE)),
  pushBudget: text(DURATION),
});

/** State of the backup. */
export const backupSchema = text(LINE_OF_TEXT);

/** What the page for downstream teams adds. */
export const handoffSchema = object<model.HandoffDeclaration>({
  verifiedImages: list(
    object<model.VerifiedImageDeclaration>({
      repository: text(REPOSITORY),
      tag: text(TAG),
      digest: text(DIGEST),
      provenance: optional(text(RECORD)),
    }),
    100,
  ),
  references: list(text(RECORD), 50),
});

const iniKey = { section: text(INI_SECTION), key: text(INI_KEY) };

/** Section and key of one setting. */
export const configKeySchema = object<model.ConfigKeyDeclaration>(iniKey);

/** A setting with its value. */
export const configResetSchema = object<model.ConfigResetDeclaration>({
  ...iniKey,
  value: text(SHORT_INI_VALUE),
});

/** The whole declaration. */
export const registrySchema = object<model.RegistryDeclaration>({
  apiVersion: oneOf<typeof API_VERSION>(API_VERSION),
  kind: oneOf<typeof KIND>(KIND),
  host: text(REGISTRY_HOST),
  uiHost: optional(text(REGISTRY_HOST)),
  uiPath: optional(text(URL_PATH)),
  uiServesRealm: optional(yesOrNo),
  cdnProxied: optional(cdnProxiedSchema),
  sshDomain: text(SSH_DOMAIN),
  release: releaseSchema,
  delivery: optional(deliverySchema),
  route: optional(routeSchema),
  networkPolicy: optional(networkPolicySchema),
  tunnels: tunnelsSchema,
  owners: ownersSchema,
  links: optional(linksSchema),
  limits: limitsSchema,
  pullSecrets: list(pullSecretSchema, MOST.pullSecrets),
  config: object<model.ConfigDeclaration>({
    added: list(configKeySchema, MOST.addedSettings),
    reset: list(configResetSchema, MOST.resetSettings),
  }),
  storage: optional(storageSchema),
  objectStorage: optional(objectStorageSchema),
  configSources: optional(configSourcesSchema),
  replicas: optional(replicasSchema),
  cleanup: optional(cleanupSchema),
  backup: optional(backupSchema),
  handoff: handoffSchema,
  suppressions: optional(suppressionsSchema),
});

/** JSON Schema of `registry.json`, as committed in `docs/registry.schema.json`. */
export function registryJsonSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:gitea-registry:v1',
    title: 'Declaration of a Gitea or Forgejo package registry',
    ...registrySchema.json(),
  };
}
