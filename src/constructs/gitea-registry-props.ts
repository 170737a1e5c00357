import type { ForgeRelease } from './forge-release';
import type { HandoffOptions } from './handoff';
import type { PackageOwner } from './package-owner';
import type { RegistryLimits } from './registry-limits';
import type { RegistryTunnel } from './registry-tunnel';
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

  /** The release, as found. */
  readonly release: ForgeRelease;

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
