import type { CleanupCron } from './cleanup-cron';
import type { ConfigSource } from './config-source';
import type { RegistryDelivery } from './delivery/registry-delivery';
import type { ForgeRelease } from './forge-release';
import type { HandoffOptions } from './handoff';
import type { ObjectStorage } from './object-storage';
import type { PackageOwner } from './package-owner';
import type { RegistryLimits } from './registry-limits';
import type { RegistryTunnel } from './registry-tunnel';
import type { ReplicaFacts } from './replica-facts';
import type { RuleSuppression } from './rule-suppression';
import type { StorageFacts } from './storage-facts';

/** The package registry of one existing release. */
export interface GiteaRegistryProps {
  /** Public `host[:port]` of the registry, as it stands in image references. Always https. */
  readonly host: string;

  /**
   * Public `host[:port]` of the web pages, where it is not `host`. ROOT_URL, DOMAIN and SSH_DOMAIN follow it; route,
   * certificate, image references and pull secrets follow `host`.
   * @default - `host`
   */
  readonly uiHost?: string;

  /**
   * Path of the web pages (ROOT_URL), such as `/git`, where Gitea does not live at the root of its host. `/v2` stays at the root
   * of `host` in any case.
   * @default - the root of the host
   */
  readonly uiPath?: string;

  /**
   * Whether `uiHost` leads the token endpoint, `/v2/token` below `uiPath`, to the release as `/v2/token`. Forgejo, and Gitea
   * before 1.22, send clients there, and no route of this package serves that host.
   * @default false
   */
  readonly uiServesRealm?: boolean;

  /**
   * Host names, without port, behind a CDN that caps the body of a request (100 MB on common plans) and its duration. The
   * registry `host` cannot be one of them: pages may stay behind the CDN as `uiHost`, pushes go past it.
   * @default - none
   */
  readonly cdnProxied?: string[];

  /** The release, as found. */
  readonly release: ForgeRelease;

  /**
   * How the overlay reaches the release.
   * @default RegistryDelivery.helmValues()
   */
  readonly delivery?: RegistryDelivery;

  /**
   * Owners whose packages this registry is for.
   * @default - none is declared; visibility is not checked
   */
  readonly owners?: PackageOwner[];

  /**
   * Limits of uploads and owners.
   * @default - containers are unlimited, nothing else is written
   */
  readonly limits?: RegistryLimits;

  /**
   * Name in ssh clone URLs (`server.SSH_DOMAIN`).
   * @default - the name in `uiHost`
   */
  readonly sshDomain?: string;

  /**
   * Further ways to the same Gitea, beside ingress, Service and NodePort.
   * @default - none
   */
  readonly tunnels?: RegistryTunnel[];

  /**
   * The volume that holds the blobs, as found.
   * @default - not declared; the handoff page asks for it
   */
  readonly storage?: StorageFacts;

  /**
   * A bucket that holds the blobs. The overlay writes its settings; keys and passwords come from a Secret by name.
   * @default - blobs lie where the values of the release say, which is a volume by default
   */
  readonly objectStorage?: ObjectStorage;

  /**
   * What the values below the overlay list in `gitea.additionalConfigSources`, in order. The overlay writes that list
   * where it needs a Secret of its own, and Helm replaces lists whole: what is not named here is lost then (REG636).
   * @default - none
   */
  readonly otherConfigSources?: ConfigSource[];

  /**
   * How many pods serve the registry. One, declared, is recreated instead of rolled on a volume for one node.
   * @default - the values of the release say it; the overlay writes no count and no strategy
   */
  readonly replicas?: ReplicaFacts;

  /**
   * Gitea's own cleanup of packages.
   * @default - not written
   */
  readonly cleanup?: CleanupCron;

  /**
   * State of the backup, in one line for downstream teams.
   * @default - none declared
   */
  readonly backup?: string;

  /**
   * What the handoff page says beyond the rest.
   * @default - no verified images, no references
   */
  readonly handoff?: HandoffOptions;

  /**
   * Whether the declaration goes into the cluster as a ConfigMap. Everyone with the `view` role can read it; it
   * holds names of secrets and no values. Otherwise `RegistryApp` writes it beside the values.
   * @default true
   */
  readonly publishDeclaration?: boolean;

  /**
   * Name of that ConfigMap.
   * @default - `<release>-registry`
   */
  readonly declarationName?: string;

  /**
   * Findings of the rules that are accepted for now, here, in the plugin and by the command. Past its day a
   * suppression fails `check` and the plugin; synth itself reads no clock.
   * @default - none
   */
  readonly suppressions?: RuleSuppression[];
}
