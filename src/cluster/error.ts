/**
 * Why a fact of the cluster is not known.
 *
 * `no-kubectl`: the program is missing. `no-config`: no kubeconfig, or no such context in it. `unreachable`: no
 * Kubernetes API answers there, or its certificate is not trusted. `timeout`: no answer in time. `credential`: the API
 * does not know the caller. `forbidden`: it does, and says no. `no-kind`: the API does not serve this kind. `not-found`:
 * no such object, container or file. `no-shell`: the container has no `cat` or `df`. `failed`: anything else.
 */
export type ClusterReason =
  | 'no-kubectl'
  | 'no-config'
  | 'unreachable'
  | 'timeout'
  | 'credential'
  | 'forbidden'
  | 'no-kind'
  | 'not-found'
  | 'no-shell'
  | 'failed';

/** A question to the cluster without an answer, in words for people, without credentials. */
export class ClusterError extends Error {
  public constructor(
    message: string,
    public readonly reason: ClusterReason,
    /** The right that is missing, such as `list secrets in namespace default`; for `forbidden`. */
    public readonly right?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ClusterError';
  }
}
