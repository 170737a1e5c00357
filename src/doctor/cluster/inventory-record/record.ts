import type { Backup } from '../capacity/backups';
import type { Missing } from '../missing';

/** Version of {@link Inventory}. */
export const INVENTORY_VERSION = '1';

/** A Helm release of Gitea, Forgejo or Traefik. */
export interface InventoryRelease {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly chartVersion: string;
  /** Version of the program, as the chart says. */
  readonly appVersion?: string;
  readonly revision: number;
  /** Helm's word, such as `deployed`. */
  readonly status: string;
  /** RFC 3339. */
  readonly deployedAt?: string;
  /** Whether it is the release of this registry. */
  readonly isOwn: boolean;
}

/** Something that decides over the values of the release. */
export interface ValuesSource {
  /** `Helm release`, or the kind of a wrapper: `HelmRelease`, `Application`, `HelmChart`, `HelmChartConfig`. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Given values as `path: value`, secrets hidden; of a Helm release. */
  readonly values?: readonly string[];
  /** What its tool says of it, such as `Ready=True`. */
  readonly state?: string;
}

/** The sections of app.ini the registry depends on, or why they cannot be read. */
export type InventoryAppIni =
  | {
      readonly path: string;
      /** By section and key as written; secrets are hidden. */
      readonly settings: { readonly [section: string]: { readonly [key: string]: string } };
      /** Sections that are looked for and are not there. */
      readonly absent: readonly string[];
    }
  | { readonly unread: string };

/** A Service in front of Gitea's pods. */
export interface InventoryService {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: string;
    readonly nodePort?: number;
  }[];
}

/** One rule of a route that takes the host. */
export interface InventoryRoute {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly host: string;
  readonly path: string;
  readonly className?: string;
  readonly entryPoints?: readonly string[];
  /** `namespace/service:port` */
  readonly backends: readonly string[];
  readonly tlsSecrets: readonly string[];
}

/** A Certificate of cert-manager for the host. */
export interface InventoryCertificate {
  readonly namespace: string;
  readonly name: string;
  readonly secretName?: string;
  readonly dnsNames: readonly string[];
  readonly issuer?: string;
  readonly isReady: boolean;
  /** What the condition Ready says. */
  readonly reason?: string;
  /** RFC 3339. */
  readonly notAfter?: string;
}

/** A claim of Gitea's pods or of the database. */
export interface InventoryVolume {
  readonly namespace: string;
  readonly claim: string;
  /** As Kubernetes writes it, `10Gi`. */
  readonly requested?: string;
  readonly capacity?: string;
  readonly storageClass?: string;
  readonly accessModes: readonly string[];
  readonly phase?: string;
  /** `df` in words, of the volume the packages are on. */
  readonly use?: string;
}

/** An image of this registry that runs. */
export interface InventoryImage {
  /** As written. */
  readonly image: string;
  /** `sha256:…`, where kubelet told. */
  readonly digest?: string;
  readonly namespace: string;
  readonly pods: number;
}

/** What one way answers to an anonymous `GET /v2/`. */
export interface InventoryPath {
  readonly name: string;
  readonly url: string;
  /** Absent when no answer came. */
  readonly status?: number;
  /** Who answered, or why nobody did. */
  readonly responder: string;
  readonly realm?: string;
  readonly certificate?: string;
  /** `Name: value`, without credentials. */
  readonly headers: readonly string[];
}

/** What is declared, released and running differs: REG622, REG623 or REG635. */
export interface InventoryDrift {
  readonly code: string;
  readonly observed: string;
}

/** The state of a registry before (or after) a change: plain JSON without any secret. */
export interface Inventory {
  readonly schemaVersion: typeof INVENTORY_VERSION;
  /** ISO 8601 in UTC. */
  readonly takenAt: string;
  /** `host[:port]` of image references. */
  readonly host: string;
  /** Product and version, as the API says. */
  readonly server?: string;
  /** Whether anything of the cluster could be read. */
  readonly isClusterRead: boolean;
  /** Of Gitea and Forgejo; more than one is worth a look. Traefik's stand beside them. */
  readonly releases: readonly InventoryRelease[];
  readonly valuesSources: readonly ValuesSource[];
  readonly appIni: InventoryAppIni;
  /** ROOT_URL as running, else as given to Helm. */
  readonly rootUrl?: string;
  readonly services: readonly InventoryService[];
  /** Of the whole cluster. */
  readonly routes: readonly InventoryRoute[];
  readonly certificates: readonly InventoryCertificate[];
  readonly volumes: readonly InventoryVolume[];
  /** Bytes of the package folder: only `cat` and `df` run in a pod. */
  readonly packageDirectory: 'not measured';
  readonly backups: readonly Backup[];
  readonly images: readonly InventoryImage[];
  readonly accessPaths: readonly InventoryPath[];
  /** Absent where it was not looked at. */
  readonly drift?: readonly InventoryDrift[];
  readonly unread: readonly Missing[];
}
