import type { Credential } from '../client/http/credential';
import type { DialOptions } from '../client/http/dial';
import type { Recorder } from '../client/http/recording';
import type { Cluster } from '../cluster';
import type { RegistryDeclaration } from '../declaration/model';
import type { PackageReference } from '../declaration/package-reference';

/** One way to the registry that is probed. */
export interface ProbedPath {
  /** `ingress`, `service`, the name of a tunnel, or the name given with `--path`. */
  readonly name: string;
  /** Scheme, host and port. */
  readonly origin: URL;
  /**
   * Whether image references name this way, so that it must speak https.
   * @default true
   */
  readonly isImageHost?: boolean;
  /** The credential that belongs to this origin. @default - anonymous */
  readonly credential?: Credential;
}

/** An access path that is declared and cannot be probed from here. */
export interface UnprobedPath {
  readonly name: string;
  /** What is missing, in words: `a cluster: …`. */
  readonly missing: string;
}

/** An image somebody fails to publish: `doctor --publish`. */
export interface PublishSubject {
  /** `owner/image`; the image may have further slashes. */
  readonly repository: string;
  /** Tag or digest. @default - only the right to push is looked at */
  readonly reference?: string;
}

/** A link that fails: `doctor --link`. */
export interface LinkSubject {
  readonly reference: PackageReference;
  /** Bare name of a repository of the same owner. */
  readonly repository: string;
}

/** What a run shall look at. */
export interface DoctorRequest {
  /** `host[:port]` as image references have it. */
  readonly host: string;
  /** In the order of the report; the first is the way of the clients. */
  readonly paths: readonly ProbedPath[];
  readonly unprobed?: readonly UnprobedPath[];
  readonly declaration?: RegistryDeclaration;
  /** Owners to look at beside the declared ones. @default - none */
  readonly owners?: readonly string[];
  /** Credential of a pull secret (`--pull-config`), belonging to the first path's origin. @default - none */
  readonly pullCredential?: Credential;
  readonly publish?: PublishSubject;
  readonly link?: LinkSubject;
  /** Whether limits are probed, which takes up to 75 s. @default false */
  readonly limits?: boolean;
  /** Whether every manifest and layer is asked for. @default false */
  readonly blobs?: boolean;
  /** The cluster the registry runs in. @default - what needs one is not asked */
  readonly cluster?: Cluster;
}

/** How a run works. */
export interface DoctorOptions {
  readonly dial?: DialOptions;
  /** Hosts a token may be asked from beside the registry. */
  readonly allowedRealms?: readonly string[];
  /** Milliseconds until one request must have ended, body included. @default 10000 */
  readonly requestTimeoutMs?: number;
  /** Ends the run; what is known by then is reported. */
  readonly signal?: AbortSignal;
  /** Sees every request, redacted. */
  readonly record?: Recorder;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** Lookup of names. @default - node:dns */
  readonly resolve?: (host: string, family: 4 | 6) => Promise<readonly string[]>;
  /** Told of long work, a line each. @default - nobody */
  readonly progress?: (line: string) => void;
  /** Waits. Tests skip the time. @default - timers */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly userAgent?: string;
}
