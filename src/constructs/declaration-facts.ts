import { cdnProxiedSchema } from '../declaration/cdn';
import { REGISTRY_HOST, splitHost, SSH_DOMAIN, URL_PATH } from '../declaration/host';
import type { RegistryDeclaration } from '../declaration/model';
import { API_VERSION, KIND } from '../declaration/model';
import { checked } from '../declaration/checked';
import { refuseIncoherent } from '../declaration/parse';
import { DeclarationError } from '../declaration/problem';
import { backupSchema, ownersSchema, tunnelsSchema } from '../declaration/registry-schema';
import { text } from '../declaration/schema';
import { cleanupDeclaration } from './cleanup-cron';
import { configSourcesDeclaration } from './config-source';
import type { RegistryDelivery } from './delivery/registry-delivery';
import type { ForgeRelease } from './forge-release';
import type { GiteaRegistryProps } from './gitea-registry-props';
import { handoffDeclaration } from './handoff';
import { limitsDeclaration } from './registry-limits';
import { replicasDeclaration } from './replica-facts';
import { suppressionsDeclaration } from './rule-suppression';
import { storageDeclaration } from './storage-facts';

/**
 * The declaration as far as the props go; route, pull secrets and settings are added by methods.
 *
 * @throws DeclarationError naming the refused prop, its value, what is allowed and the code of the broken truth
 */
export function declarationFacts(props: GiteaRegistryProps): RegistryDeclaration {
  const host = checked(text(REGISTRY_HOST), props.host, 'host');
  const {
    release,
    uiHost,
    uiPath,
    uiServesRealm,
    sshDomain = splitHost(uiHost ?? host).name,
    owners = [],
    tunnels = [],
    storage,
    backup,
  } = props;
  if (typeof release?._toDeclaration !== 'function') {
    throw new DeclarationError([
      {
        path: 'release',
        allowed: 'is missing: describe it with ForgeRelease.gitea or ForgeRelease.forgejo',
        code: 'REG660',
      },
    ]);
  }
  // Each part is checked where it is made; checking the whole once more would only cost time.
  const facts: RegistryDeclaration = {
    apiVersion: API_VERSION,
    kind: KIND,
    host,
    ...(uiHost !== undefined &&
      uiHost !== host && { uiHost: checked(text(REGISTRY_HOST), uiHost, 'uiHost') }),
    ...(uiPath !== undefined && { uiPath: checked(text(URL_PATH), uiPath, 'uiPath') }),
    ...(uiServesRealm !== undefined && { uiServesRealm }),
    ...(props.cdnProxied?.length && {
      cdnProxied: checked(cdnProxiedSchema, [...props.cdnProxied], 'cdnProxied'),
    }),
    sshDomain: checked(text(SSH_DOMAIN), sshDomain, 'sshDomain'),
    ...releaseAndDelivery(release, props.delivery),
    tunnels: checked(tunnelsSchema, [...tunnels], 'tunnels'),
    owners: checked(
      ownersSchema,
      owners.map((owner) => owner._toDeclaration()),
      'owners',
    ),
    limits: limitsDeclaration(props.limits),
    pullSecrets: [],
    config: { added: [], reset: [] },
    ...(storage && { storage: storageDeclaration(storage) }),
    ...storeAndPods(props),
    ...(backup !== undefined && { backup: checked(backupSchema, backup, 'backup') }),
    handoff: handoffDeclaration(props.handoff),
    ...(props.suppressions?.length && {
      suppressions: suppressionsDeclaration(props.suppressions),
    }),
  };
  refuseIncoherent(facts);
  return facts;
}

/** Object store, config sources, replicas and cleanup, as far as declared. */
function storeAndPods({
  objectStorage,
  otherConfigSources,
  replicas,
  cleanup,
}: GiteaRegistryProps): Pick<
  RegistryDeclaration,
  'objectStorage' | 'configSources' | 'replicas' | 'cleanup'
> {
  return {
    ...(objectStorage && { objectStorage: objectStorage._toDeclaration() }),
    ...(otherConfigSources?.length && {
      configSources: configSourcesDeclaration(otherConfigSources),
    }),
    ...(replicas && { replicas: replicasDeclaration(replicas) }),
    ...(cleanup && { cleanup: cleanupDeclaration(cleanup) }),
  };
}

/** The release and, where it is no values file for `helm upgrade`, how the overlay reaches it. */
function releaseAndDelivery(
  release: ForgeRelease,
  delivery: RegistryDelivery | undefined,
): Pick<RegistryDeclaration, 'release' | 'delivery'> {
  const found = release._toDeclaration();
  const declared = delivery?._toDeclaration(found);
  return { release: found, ...(declared && { delivery: declared }) };
}
