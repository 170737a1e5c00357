import type { Credential } from './http/credential';
import type { Transport } from './http/transport';

/** The server a client speaks to, and on whose behalf. Clients are light: make one for each signal or credential. */
export interface RegistryTarget {
  /** Scheme, host and port: `https://git.example.org`. */
  readonly origin: URL;
  /**
   * Path before `/api`, such as `/git`, where ROOT_URL has one that the proxy strips; `/v2` is at the root in any case.
   * @default - none
   */
  readonly apiPath?: string;
  readonly transport: Transport;
  /** Goes to its own origin only. @default - anonymous */
  readonly credential?: Credential;
  /**
   * Further hosts (`host[:port]`) a token may be asked from, when the registry names another realm.
   * @default - none: a realm on another origin gets no credential
   */
  readonly allowedRealms?: readonly string[];
  /** Ends what is under way. @default - nothing does */
  readonly signal?: AbortSignal;
}
