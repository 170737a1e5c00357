export * from './app/registry-app';
export * from './app/registry-policy';
export type { CleanupCron } from './constructs/cleanup-cron';
export { ConfigSource } from './constructs/config-source';
export type { ConfigSecret, ConfigSourceOptions } from './constructs/config-source';
export type { BaseValues } from './constructs/delivery/base-values';
export type { ArgoCdDeliveryProps } from './constructs/delivery/argo-cd-delivery';
export { ArgoCdOverlay } from './constructs/delivery/argo-cd-delivery';
export type {
  HelmfileDeliveryProps,
  KustomizeDeliveryProps,
} from './constructs/delivery/file-delivery';
export type {
  FluxDeliveryProps,
  FluxValuesDeliveryProps,
} from './constructs/delivery/flux-delivery';
export { FluxDriftDetection, FluxOverlay } from './constructs/delivery/flux-delivery';
export type {
  K3sHelmChartConfigDeliveryProps,
  K3sHelmChartDeliveryProps,
} from './constructs/delivery/k3s-delivery';
export { K3sFailurePolicy } from './constructs/delivery/k3s-delivery';
export * from './constructs/delivery/registry-delivery';
export * from './constructs/forge-release';
export * from './constructs/gitea-registry';
export * from './constructs/gitea-registry-props';
export type { HandoffOptions, VerifiedImage } from './constructs/handoff';
export * from './constructs/issuer-ref';
export * from './constructs/object-storage';
export * from './constructs/layers/node-files';
export * from './constructs/layers/traefik-entry-points';
export type { TraefikSettings } from './constructs/layers/traefik-settings';
export type { AddNetworkPolicyOptions, NetworkPeer } from './constructs/network-policy';
export type { PackageLinks } from './constructs/package-links';
export * from './constructs/package-owner';
export * from './constructs/package-size';
export type { ClusterExternalPullSecretProps } from './constructs/pull-secret/cluster-external-secret';
export type { CommittedPullSecretProps } from './constructs/pull-secret/committed-file';
export type { ExternalPullSecretProps } from './constructs/pull-secret/external-secret';
export type {
  PullSecretOptions,
  PullServiceAccount,
} from './constructs/pull-secret/namespaced-pull-secret';
export { NodeDistribution } from './constructs/pull-secret/node-registries';
export type { NodeRegistriesProps } from './constructs/pull-secret/node-registries';
export * from './constructs/pull-secret/pull-secret';
export { SecretCopier } from './constructs/pull-secret/reflected-secret';
export type { ReflectedPullSecretProps } from './constructs/pull-secret/reflected-secret';
export type { AttachPullSecretOptions } from './constructs/pull-secret-attachment';
export type { RegistryLimits } from './constructs/registry-limits';
export * from './constructs/registry-tls';
export * from './constructs/registry-tunnel';
export * from './constructs/remote-credential';
export type { ReplicaFacts } from './constructs/replica-facts';
export type { ForeignRouteProps } from './constructs/route/foreign-route';
export type { GatewayHttpRouteProps } from './constructs/route/gateway-http-route';
export * from './constructs/route/gateway-listener';
export type { NginxIngressProps } from './constructs/route/nginx-ingress';
export type { TraefikIngressProps } from './constructs/route/traefik-ingress';
export type { TraefikIngressRouteProps } from './constructs/route/traefik-ingress-route';
export type { RuleSuppression } from './constructs/rule-suppression';
export * from './constructs/secret-store-ref';
export { StorageAccessMode } from './constructs/storage-facts';
export type { StorageFacts } from './constructs/storage-facts';
export * from './constructs/v2-route';
