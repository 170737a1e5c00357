/** What serves the Gateway. Implementations differ in time and body limits. */
export enum GatewayController {
  /** Traefik. */
  TRAEFIK = 'traefik',
  /** Envoy Gateway. */
  ENVOY = 'envoy',
  /** NGINX Gateway Fabric. */
  NGINX_FABRIC = 'nginx-fabric',
}

/** Namespaces whose routes a listener takes (`allowedRoutes.namespaces.from`). */
export enum ListenerNamespaces {
  /** That of the Gateway only; the default of the Gateway API. */
  SAME = 'Same',
  /** All. */
  ALL = 'All',
  /** Those a selector names; it must take the namespace of the release. */
  SELECTOR = 'Selector',
}

/** One https listener of an existing Gateway, as `kubectl get gateway -o yaml` shows it. */
export interface GatewayListener {
  /** Name of the Gateway. */
  readonly gateway: string;

  /** Namespace of the Gateway. */
  readonly namespace: string;

  /** Name of the listener. */
  readonly listener: string;

  /**
   * Port of the listener. With Traefik it is the port the entry point has inside the pod, `8443`; elsewhere it is the
   * port of the registry host.
   */
  readonly port: number;

  /**
   * Host name or wildcard of the listener.
   * @default - it takes every host
   */
  readonly hostname?: string;

  /**
   * Namespaces whose routes it takes.
   * @default ListenerNamespaces.SAME
   */
  readonly allowedNamespaces?: ListenerNamespaces;
}
