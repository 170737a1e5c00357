/**
 * The pure model of a package registry: what one existing Gitea or Forgejo release offers, to whom,
 * and where. Every value is JSON; `registry.json` in the cluster and in Git is this, printed.
 *
 * The model is an allow-list: names of secrets appear, values never do.
 */

import type { CleanupDeclaration } from './cleanup';
import type { ConfigSourceDeclaration } from './config-source';
import type { DeliveryDeclaration } from './delivery';
import type { NetworkPolicyDeclaration } from './network-policy';
import type { ObjectStorageDeclaration } from './object-storage';
import type { PullSecretDeclaration } from './pull-secret';
import type { ReplicasDeclaration } from './replicas';
import type { RouteDeclaration } from './route';
import type { StorageDeclaration } from './storage';

export type * from './cleanup';
export type * from './config-source';
export type * from './delivery';
export type * from './network-policy';
export type * from './object-storage';
export type * from './gateway-listener';
export type * from './pull-secret';
export type * from './replicas';
export type * from './route';
export type * from './storage';
export type * from './tls';

/** The only version of the document this package writes and reads. */
export const API_VERSION = 'gitea-registry/v1';

/** The only kind of the document this package writes and reads. */
export const KIND = 'RegistryDeclaration';

/** Which product the release runs. Forgejo is a fork: same ini, other chart, other realm rules. */
export type Flavor = 'gitea' | 'forgejo';

/** Who may see an owner and with it every package of that owner (Gitea: visibility is the owner's). */
export type OwnerVisibility = 'public' | 'limited' | 'private';

/** The HTTP Service of the release, as it stands in the cluster. */
export interface HttpServiceDeclaration {
  /** Name of the Service. */
  readonly name: string;
  /** Port of the Service, 1 to 65535. */
  readonly port: number;
  /** Port Gitea itself listens on; `server.HTTP_PORT`. */
  readonly appPort: number;
  /** NodePort of the Service, where it has one. */
  readonly nodePort?: number;
}

/** The existing Helm release the registry belongs to. */
export interface ReleaseDeclaration {
  readonly flavor: Flavor;
  /** Helm release name. */
  readonly name: string;
  /** Namespace of the release and of everything rendered beside it. */
  readonly namespace: string;
  /** Chart as `helm` takes it: an `oci://` reference or `repository/chart`. */
  readonly chart: string;
  /** Exact chart version, such as `12.5.0`. */
  readonly chartVersion: string;
  /** Version of Gitea or Forgejo itself, such as `1.25.4` or `11.0.1+gitea-1.22.0`. */
  readonly appVersion: string;
  /** Values files the overlay is layered after, in order; `*.sops.yaml` is decrypted on the way. */
  readonly valuesFiles: string[];
  readonly httpService: HttpServiceDeclaration;
  /** What app.ini says today for keys the overlay writes, as `section.KEY` → value. */
  readonly liveConfig: { readonly [sectionAndKey: string]: string };
}

/** A further way to the same Gitea that the user declared by hand. */
export interface TunnelDeclaration {
  /** Name of the path in reports. */
  readonly name: string;
  /** Origin of the path, `http` or `https`, without a path: `http://127.0.0.1:3000`. */
  readonly url: string;
}

/** A Gitea user or organization that holds packages. */
export interface OwnerDeclaration {
  readonly kind: 'organization' | 'user';
  readonly name: string;
  readonly visibility: OwnerVisibility;
  /** Size of all packages above which somebody is told; nothing on the server enforces it (REG462). */
  readonly budget?: string;
}

/**
 * A package and the repository that shows it. Both have one owner: Gitea links no package to a repository of another.
 * A link hides nothing and opens nothing; visibility is the owner's.
 */
export interface LinkDeclaration {
  /** Declared user or organization of the package and of the repository. */
  readonly owner: string;
  /** Package type in lower case, `container` for images. */
  readonly type: string;
  /** Name below the owner; may hold `/` for some types, and begins with `@` for a scope of npm. */
  readonly name: string;
  /** Repository of the same owner, without the owner. */
  readonly repository: string;
}

/** Sizes are written in Gitea's own grammar (`5 GiB`, `-1` = unlimited), durations in Go's (`1h30m`). */
export interface LimitsDeclaration {
  /** `[packages] LIMIT_SIZE_<TYPE>` by package type in lower case. `container` is always present. */
  readonly perType: { readonly [packageType: string]: string };
  /** `[packages] LIMIT_TOTAL_OWNER_SIZE`, when declared. */
  readonly totalOwnerSize?: string;
  /** `[packages] LIMIT_TOTAL_OWNER_COUNT`, when declared; -1 = unlimited. */
  readonly totalOwnerCount?: number;
  /** The largest layer or file anyone pushes, when known. */
  readonly largestLayer?: string;
  /** How long the slowest push of one layer may take. */
  readonly pushBudget: string;
}

/** Section and key of one app.ini setting; its value is not part of the model. */
export interface ConfigKeyDeclaration {
  readonly section: string;
  readonly key: string;
}

/** A setting that was removed from the values and is written back to its default. */
export interface ConfigResetDeclaration extends ConfigKeyDeclaration {
  readonly value: string;
}

/** What `addConfig` and `resetConfig` were called with. */
export interface ConfigDeclaration {
  readonly added: ConfigKeyDeclaration[];
  readonly reset: ConfigResetDeclaration[];
}

/** An image somebody pulled and checked. */
export interface VerifiedImageDeclaration {
  /** `owner/image`, without the host. */
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  /** Record that tells how it was verified. */
  readonly provenance?: string;
}

/** What the page for downstream teams says beyond the rest of the declaration. */
export interface HandoffDeclaration {
  readonly verifiedImages: VerifiedImageDeclaration[];
  /** Records and documents the page points to. */
  readonly references: string[];
}

/** A finding somebody accepts for now, with the reason and the day it ends. */
export interface SuppressionDeclaration {
  /** Code such as `REG631`. */
  readonly code: string;
  /** Object as findings name it, `Deployment git/gitea`; `*` stands for any text. */
  readonly object: string;
  readonly reason: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly until: string;
}

/** The package registry of one existing release. */
export interface RegistryDeclaration {
  readonly apiVersion: typeof API_VERSION;
  readonly kind: typeof KIND;
  /** Public `host[:port]` of the registry; https. */
  readonly host: string;
  /** Public `host[:port]` of the web pages (ROOT_URL), where it is not `host`. */
  readonly uiHost?: string;
  /** Path of ROOT_URL, `/git`, where Gitea does not live at the root of its host. */
  readonly uiPath?: string;
  /** Whether `uiHost` leads the token endpoint to the release, where the version sends clients there. */
  readonly uiServesRealm?: boolean;
  /** Names behind a CDN that caps the body of a request, without port; `host` is none of them. */
  readonly cdnProxied?: string[];
  /** `[server] SSH_DOMAIN`: the name in clone URLs. */
  readonly sshDomain: string;
  readonly release: ReleaseDeclaration;
  /** How the overlay reaches the release; absent: a values file for `helm upgrade`. */
  readonly delivery?: DeliveryDeclaration;
  readonly route?: RouteDeclaration;
  /** Who may reach the pods of the release; absent: nothing isolates them here. */
  readonly networkPolicy?: NetworkPolicyDeclaration;
  readonly tunnels: TunnelDeclaration[];
  readonly owners: OwnerDeclaration[];
  /** Which package belongs to which repository, when there are any. */
  readonly links?: LinkDeclaration[];
  readonly limits: LimitsDeclaration;
  readonly pullSecrets: PullSecretDeclaration[];
  readonly config: ConfigDeclaration;
  readonly storage?: StorageDeclaration;
  /** Where package blobs lie, where that is no volume. */
  readonly objectStorage?: ObjectStorageDeclaration;
  /** Entries of `gitea.additionalConfigSources` that the values below the overlay list already. */
  readonly configSources?: ConfigSourceDeclaration[];
  /** How many pods serve the registry; absent: the values say it. */
  readonly replicas?: ReplicasDeclaration;
  /** Gitea's own cleanup of packages; absent: the values or Gitea's defaults. */
  readonly cleanup?: CleanupDeclaration;
  /** State of the backup, in one line of text. */
  readonly backup?: string;
  readonly handoff: HandoffDeclaration;
  /** Findings that are accepted, when there are any. */
  readonly suppressions?: SuppressionDeclaration[];
}
