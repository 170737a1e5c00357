/** A further way to the same Gitea: an ssh or VPN tunnel, a second proxy. It is probed, never rendered. */
export interface RegistryTunnel {
  /** Name in reports; not `ingress`, `service` or `nodePort`. */
  readonly name: string;

  /** Origin without a path, `http` or `https`: `http://127.0.0.1:3000`. */
  readonly url: string;
}
